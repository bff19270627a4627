// The number field of an idle phone: type, paste or press, then Enter.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './icon';
import { Pad } from './pad';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

export const NUMBER_FIELD_ID = 'number';

export function Dialler() {
  const { words, perform, clearRefusal } = usePhone();
  const number = useSignal('');
  const padShown = useSignal(false);
  const asking = useRef(false);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);

  async function dial(event: Event): Promise<void> {
    event.preventDefault();
    if (asking.current) return; // a second Enter before the first was answered
    asking.current = true;
    const taken = await perform({ type: 'makeCall', number: number.value }, 'dial');
    asking.current = false;
    if (taken) number.value = '';
  }
  function write(text: string): void {
    number.value = text;
    clearRefusal();
  }
  return (
    <form class="dialler" onSubmit={(event) => void dial(event)}>
      <div class="field-row">
        <div class="field-box">
          <input
            id={NUMBER_FIELD_ID}
            ref={field}
            type="tel"
            class="field"
            autocomplete="off"
            spellcheck={false}
            aria-label={words.value('numberToCall')}
            placeholder={words.value('numberToCall')}
            value={number.value}
            onInput={(event) => write(event.currentTarget.value)}
          />
          <button
            type="button"
            class="plain"
            aria-label={words.value('keypad')}
            title={words.value('keypad')}
            aria-expanded={padShown.value}
            onClick={() => (padShown.value = !padShown.value)}
          >
            <Icon name="keypad" size={18} />
          </button>
        </div>
        <button type="submit" class="go">
          <Icon name="phone" size={18} />
          {words.value('call')}
        </button>
      </div>
      <RefusalLine place="dial" />
      {padShown.value && <Pad plus onDigit={(digit) => write(number.value + digit)} />}
    </form>
  );
}
