// What holds for the line: the switch for do not disturb, forwarding, and the lamp for voice messages.
import { useSignal } from '@preact/signals';
import { lineFace, showsLine, type LineFace } from '../view-model/line';
import { say } from '../view-model/text';
import { ForwardForm } from './forward-form';
import { Icon } from './icon';
import { busyWith } from '../working';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

export function LineRow() {
  const { state, panel, words, working, perform } = usePhone();
  const forwarding = useSignal(false);
  const face = state.value && lineFace(state.value);
  if (!face || !state.value || !showsLine(state.value, panel.value)) return null;
  const { doNotDisturb: on, lamp, forwardKinds, forwarded } = face;
  const always = forwarded.find(({ kind }) => kind === 'always') ?? forwarded[0];
  return (
    <section class="line" aria-label={words.value('region_line')}>
      <div class="line-row">
        {on !== undefined && (
          <button
            type="button"
            class="chip"
            role="switch"
            aria-checked={on}
            data-on={on}
            onClick={() => void perform({ type: 'setDoNotDisturb', on: !on }, 'line')}
            {...busyWith(working.value, ['setDoNotDisturb'])}
          >
            <Icon name="bellOff" size={16} />
            {words.value('doNotDisturb')}
          </button>
        )}
        {forwardKinds.length > 0 && (
          <button
            type="button"
            class="chip"
            aria-expanded={forwarding.value}
            data-on={always !== undefined}
            onClick={() => (forwarding.value = !forwarding.value)}
          >
            <Icon name="transfer" size={16} />
            {always ? words.value('forward_on', { number: always.number }) : words.value('forwardCalls')}
          </button>
        )}
      </div>
      {lamp && <Lamp {...lamp} />}
      {forwarding.value && forwardKinds.length > 0 && <ForwardForm face={face} />}
      <RefusalLine place="line" />
    </section>
  );
}

function Lamp({ text, number }: NonNullable<LineFace['lamp']>) {
  const { words, dial } = usePhone();
  const said = say(words.value, text);
  if (number === undefined) {
    return (
      <p class="lamp" role="status" title={words.value('messages_noNumber')}>
        <Icon name="voicemail" size={18} />
        {said}
      </p>
    );
  }
  return (
    <button type="button" class="lamp" onClick={() => void dial(number, 'line')}>
      <Icon name="voicemail" size={18} />
      {said}
      <span class="lamp-do">{words.value('messages_listen')}</span>
    </button>
  );
}
