// Hands the call over unannounced: a number and Enter.
import { useEffect, useRef } from 'preact/hooks';
import type { LiveCall } from '../../src/domain/calls';
import { Icon } from './icon';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

export function TransferForm({ call }: { call: LiveCall }) {
  const { words, perform, open } = usePhone();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const number = field.current?.value.trim() ?? '';
    const taken = await perform({ type: 'singleStepTransfer', callId: call.id, number }, 'transfer');
    if (taken) open('none');
  }
  return (
    <form class="panel transfer" onSubmit={(event) => void submit(event)}>
      <div class="field-row">
        <input
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
