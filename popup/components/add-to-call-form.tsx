// Brings a third party into the call at once: heard by all, or a silent listener.
import { useSignal } from '@preact/signals';
import type { LiveCall } from '../../src/domain/calls';
import { usePhone } from './phone-context';
import { ThirdPartyForm } from './third-party-form';

export function AddToCallForm({ call }: { call: LiveCall }) {
  const { words, transfer } = usePhone();
  const part = useSignal<'active' | 'silent'>('active');
  const type = 'singleStepConference';
  return (
    <ThirdPartyForm
      field="numberToAdd"
      submit="add"
      hint="add_hint"
      icon="addPerson"
      type={type}
      onNumber={(number) => void transfer({ type, callId: call.id, number, part: part.value })}
    >
      <fieldset class="choices">
        <legend class="unseen">{words.value('more_addToCall')}</legend>
        {(['active', 'silent'] as const).map((each) => (
          <label class="check" key={each}>
            <input type="radio" name="part" checked={part.value === each} onChange={() => (part.value = each)} />
            {words.value(`part_${each}`)}
          </label>
        ))}
      </fieldset>
    </ThirdPartyForm>
  );
}
