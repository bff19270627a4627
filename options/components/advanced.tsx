// What few need: closed at first, and opened by itself when an error lies in it.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

interface Props {
  title: string;
  /** The names of all that are wrong, and which of them are in here. */
  wrong: readonly string[];
  fields: RegExp;
  children: ComponentChildren;
}
export function Advanced({ title, wrong, fields, children }: Props) {
  const hasError = wrong.some((field) => fields.test(field));
  const [open, setOpen] = useState(hasError);
  useEffect(() => {
    if (hasError) setOpen(true); // stays open when the error is mended: the person is still in there
  }, [hasError]);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
