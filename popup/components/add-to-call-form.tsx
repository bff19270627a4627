// Brings a third party into the call at once: heard by all, or a silent listener.
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LiveCall } from '../../src/domain/calls';
import { TRANSFER_FIELD_ID } from './focus-field';
import { Icon } from './icon';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

export function AddToCallForm({ call }: { call: LiveCall }) {
  const { words, transfer } = usePhone();
  const part = useSignal<'active' | 'silent'>('active');
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []); // a digit typed elsewhere would be a tone
  function submit(event: Event): void {
    event.preventDefault();
    const number = field.current?.value.trim() ?? '';
    void transfer({ type: 'singleStepConference', callId: call.id, number, part: part.value });
  }
  const name = words.value('numberToAdd');
  return (
    <form class="panel transfer" onSubmit={submit}>
      <div class="field-row">
        <input
          id={TRANSFER_FIELD_ID}
          ref={field}
          type="tel"
          class="field"
          autocomplete="off"
          spellcheck={false}
          aria-label={name}
          placeholder={name}
        />
        <button type="submit" class="go">
          <Icon name="addPerson" size={18} />
          {words.value('add')}
        </button>
      </div>
      <fieldset class="choices">
        <legend class="unseen">{words.value('more_addToCall')}</legend>
        {(['active', 'silent'] as const).map((each) => (
          <label class="check" key={each}>
            <input type="radio" name="part" checked={part.value === each} onChange={() => (part.value = each)} />
            {words.value(`part_${each}`)}
          </label>
        ))}
      </fieldset>
      <p class="hint">{words.value('add_hint')}</p>
      <RefusalLine place="transfer" />
    </form>
  );
}
