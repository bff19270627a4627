// Brings a third party into a call: a number and Enter. What becomes of the call is for the form that uses this one.
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { CommandType } from '../../src/domain/commands';
import type { WordKey } from '../../src/words';
import { busyWith } from '../working';
import { TRANSFER_FIELD_ID } from './focus-field';
import { Icon, type IconName } from './icon';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

interface Props {
  field: WordKey;
  submit: WordKey;
  icon: IconName;
  hint: WordKey;
  /** Of the command that `onNumber` gives. */
  type: CommandType;
  onNumber(number: string): void;
  children?: ComponentChildren;
}
export function ThirdPartyForm({ field: name, submit, icon, hint, type, onNumber, children }: Props) {
  const { words, working } = usePhone();
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []); // before the next key: a digit typed elsewhere would be a tone
  return (
    <form
      class="panel transfer"
      onSubmit={(event) => {
        event.preventDefault();
        onNumber(field.current?.value.trim() ?? '');
      }}
    >
      <div class="field-row">
        <input
          id={TRANSFER_FIELD_ID}
          ref={field}
          type="tel"
          class="field"
          autocomplete="off"
          spellcheck={false}
          aria-label={words.value(name)}
          placeholder={words.value(name)}
        />
        <button type="submit" class="go" {...busyWith(working.value, [type])}>
          <Icon name={icon} size={18} />
          {words.value(submit)}
        </button>
      </div>
      {children}
      <p class="hint">{words.value(hint)}</p>
      <RefusalLine place="transfer" />
    </form>
  );
}
