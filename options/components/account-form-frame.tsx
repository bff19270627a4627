// The account form itself, the same in the wizard and among the settings: fields, what a refused attempt says, and below
// it whatever the page puts there.
import type { ComponentChildren } from 'preact';
import { useModel } from '../model-context';
import type { AccountFormAtWork } from '../use-account-form';
import { AccountFields } from './account-fields';

interface Props {
  readonly work: AccountFormAtWork;
  /** Above the fields. */
  readonly heading?: ComponentChildren;
  readonly onSaved?: () => void;
  readonly children: ComponentChildren;
}
export function AccountFormFrame({ work, heading, onSaved, children }: Props) {
  const { words } = useModel();
  return (
    <form
      ref={work.formRef}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void work.submit().then((saved) => saved && onSaved?.());
      }}
    >
      {heading}
      <AccountFields work={work} />
      {work.refused && (
        <p class="error" role="alert">
          {words('options_fixFields')}
        </p>
      )}
      {children}
    </form>
  );
}
