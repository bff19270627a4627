// Hands the call over unannounced: a number and Enter.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LiveCall } from '../../src/domain/calls';
import { TRANSFER_FIELD_ID } from './focus-field';
import { Icon } from './icon';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

export function TransferForm({ call }: { call: LiveCall }) {
  const { words, transfer } = usePhone();
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []); // before the next key: a digit typed elsewhere would be a tone
  function submit(event: Event): void {
    event.preventDefault();
    void transfer({ type: 'singleStepTransfer', callId: call.id, number: field.current?.value.trim() ?? '' });
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
          aria-label={words.value('numberToTransferTo')}
          placeholder={words.value('numberToTransferTo')}
        />
        <button type="submit" class="go">
          <Icon name="transfer" size={18} />
          {words.value('handOver')}
        </button>
      </div>
      <p class="hint">{words.value('transfer_hint')}</p>
      <RefusalLine place="transfer" />
    </form>
  );
}
