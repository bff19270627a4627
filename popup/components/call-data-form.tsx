// Sets one entry of the attached data: a name and a value. What is there under the same name is replaced.
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { LiveCall } from '../../src/domain/calls';
import { dataRows } from '../view-model/call-data';
import { busyWith } from '../working';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

const NAMES_ID = 'data-names';

export function CallDataForm({ call }: { call: LiveCall }) {
  const { words, working, perform } = usePhone();
  const key = useSignal('');
  const value = useSignal('');
  const saved = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const rows = dataRows(call.details);
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const name = key.value.trim();
    if (name === '') return field.current?.focus();
    saved.value = await perform({ type: 'setCallData', callId: call.id, data: { [name]: value.value } }, 'transfer');
    if (!saved.value) return;
    key.value = '';
    value.value = '';
    field.current?.focus();
  }
  function name(text: string): void {
    saved.value = false;
    key.value = text;
    value.value = rows.find((row) => row.key === text)?.value ?? value.value;
  }
  return (
    <form class="panel" aria-label={words.value('more_callData')} onSubmit={(event) => void submit(event)}>
      <div class="data-fields">
        <input
          ref={field}
          class="field"
          list={NAMES_ID}
          autocomplete="off"
          maxLength={64}
          aria-label={words.value('data_name')}
          placeholder={words.value('data_name')}
          value={key.value}
          onInput={(event) => name(event.currentTarget.value)}
        />
        <datalist id={NAMES_ID}>
          {rows.map((row) => (
            <option key={row.key} value={row.key} />
          ))}
        </datalist>
        <input
          class="field"
          autocomplete="off"
          maxLength={1000}
          aria-label={words.value('data_value')}
          placeholder={words.value('data_value')}
          value={value.value}
          onInput={(event) => (value.value = event.currentTarget.value)}
        />
        <button type="submit" class="small" {...busyWith(working.value, ['setCallData'])}>
          {words.value('data_set')}
        </button>
      </div>
      <p class="hint" role="status">
        {words.value(saved.value ? 'data_sent' : 'data_hint')}
      </p>
      <RefusalLine place="transfer" />
    </form>
  );
}
