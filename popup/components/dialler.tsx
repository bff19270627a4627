// The number field: type, paste or press, then Enter. During a call it is unfolded for a further one.
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { linePrefixes } from '../../src/domain/line-prefixes';
import { hasConference } from '../view-model/cards';
import { busyWith } from '../working';
import { NUMBER_FIELD_ID } from './focus-field';
import { Icon } from './icon';
import { Pad } from './pad';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

export function Dialler({ inCall = false }: { inCall?: boolean }) {
  const { state, words, working, number, dial, clearRefusal } = usePhone();
  const padShown = useSignal(false);
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);

  const padName = words.value(inCall ? 'region_dialPad' : 'keypad'); // in a call, Keypad is the verb that sends tones
  function submit(event: Event): void {
    event.preventDefault();
    void dial(number.value, 'dial');
  }
  function write(text: string): void {
    number.value = text;
    clearRefusal();
  }
  return (
    <form class="dialler" onSubmit={submit}>
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
            aria-label={padName}
            title={padName}
            aria-expanded={padShown.value}
            onClick={() => (padShown.value = !padShown.value)}
          >
            <Icon name="keypad" size={18} />
          </button>
        </div>
        <button type="submit" class="go" {...busyWith(working.value, ['makeCall'])}>
          <Icon name="phone" size={18} />
          {words.value('call')}
        </button>
      </div>
      <LinePrefix />
      <RefusalLine place="dial" />
      {inCall && state.value && hasConference(state.value) && (
        <p class="hint">{words.value('newCall_endsConference')}</p>
      )}
      {padShown.value && <Pad plus onDigit={(digit) => write(number.value + digit)} />}
    </form>
  );
}

/** Which outside line the number goes out by, where the server gives more than one. */
function LinePrefix() {
  const { state, words, prefix } = usePhone();
  const choices = state.value ? linePrefixes(state.value) : [];
  if (choices.length === 0) return null;
  const chosen = prefix.value !== undefined && choices.includes(prefix.value) ? prefix.value : (choices[0] ?? '');
  return (
    <label class="prefix">
      {words.value('linePrefix')}
      <select
        class="field"
        value={prefix.value === '' ? '' : chosen}
        onChange={(event) => (prefix.value = event.currentTarget.value)}
      >
        {choices.map((each) => (
          <option key={each} value={each}>
            {each}
          </option>
        ))}
        <option value="">{words.value('linePrefix_none')}</option>
      </select>
    </label>
  );
}
