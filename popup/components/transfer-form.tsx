// Brings in a third party: a number and Enter. The call is handed over unannounced, or waits while one asks first.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LiveCall } from '../../src/domain/calls';
import { TRANSFER_FIELD_ID } from './focus-field';
import { Icon } from './icon';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

const LOOKS = {
  singleStepTransfer: { field: 'numberToTransferTo', submit: 'handOver', hint: 'transfer_hint', icon: 'transfer' },
  consult: { field: 'numberToConsult', submit: 'call', hint: 'consult_hint', icon: 'phone' },
} as const;

interface Props {
  call: LiveCall;
  type: keyof typeof LOOKS;
}
export function TransferForm({ call, type }: Props) {
  const { words, transfer } = usePhone();
  const look = LOOKS[type];
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []); // before the next key: a digit typed elsewhere would be a tone
  function submit(event: Event): void {
    event.preventDefault();
    void transfer({ type, callId: call.id, number: field.current?.value.trim() ?? '' });
  }
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
          aria-label={words.value(look.field)}
          placeholder={words.value(look.field)}
        />
        <button type="submit" class="go">
          <Icon name={look.icon} size={18} />
          {words.value(look.submit)}
        </button>
      </div>
      <p class="hint">{words.value(look.hint)}</p>
      <RefusalLine place="transfer" />
    </form>
  );
}
