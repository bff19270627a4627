// Tones for the other side's menu: pressed, typed or pasted. It never covers who one talks to.
import type { LiveCall } from '../../src/domain/calls';
import { readDigits } from '../view-model/verbs';
import { Pad } from './pad';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

export function Keypad({ call }: { call: LiveCall }) {
  const { words, sent, sendDigits } = usePhone();
  const shown = sent.value.callId === call.id ? sent.value.digits : '';
  function send(text: string): void {
    const digits = readDigits(text);
    if (digits !== '') sendDigits({ type: 'sendDtmf', callId: call.id, digits });
  }
  function onBeforeInput(event: InputEvent): void {
    event.preventDefault(); // the field shows what was sent, and nothing sent can be taken back
    send(event.data ?? event.dataTransfer?.getData('text/plain') ?? '');
  }
  function onPaste(event: ClipboardEvent): void {
    event.preventDefault();
    send(event.clipboardData?.getData('text/plain') ?? '');
  }
  return (
    <div class="panel keypad">
      <input
        type="tel"
        class="field sent"
        autocomplete="off"
        aria-label={words.value('digitsToSend')}
        placeholder={words.value('keypad_hint')}
        value={shown}
        onBeforeInput={onBeforeInput}
        onPaste={onPaste}
        ref={(field) => field?.scrollTo({ left: field.scrollWidth })}
      />
      <Pad onDigit={send} />
      <RefusalLine place="keypad" />
    </div>
  );
}
