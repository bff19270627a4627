// Why the last call ended: what happened, then what to do. Stays until it was read or something else is done.
// A call that was lost with the server before its answer can be dialled again from here.
import { endSentence } from '../../src/words';
import { partyLines } from '../view-model/cards';
import { timerText } from '../view-model/duration';
import { isPlain, stillHeld } from '../view-model/ended';
import { focusField } from './focus-field';
import { Icon } from './icon';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

const WHO_ID = 'ended-who';

export function EndedStrip() {
  const { state, ended, words, dial, clearEnded } = usePhone();
  const call = ended.value;
  if (!call) return null;
  const { title } = partyLines(call.remote, words.value);
  const plain = isPlain(call.cause);
  const held = stillHeld(state.value, call);
  const { number } = call.remote;
  const lost = call.cause === 'linkLost' && number !== '';
  function close(): void {
    clearEnded();
    focusField();
  }
  return (
    <section class="ended" data-plain={plain}>
      <Icon name={plain ? 'hangUp' : 'warning'} size={18} />
      <div>
        <p class="ended-cause">
          {call.to === undefined
            ? endSentence(words.value, call.cause, call.direction)
            : words.value('transfer_done', { to: call.to })}
          {call.talkMs > 0 && <span class="timer"> {timerText(call.talkMs)}</span>}
        </p>
        <p class="ended-who" id={WHO_ID}>
          <bdi>{title}</bdi>
        </p>
        {held && <p>{words.value('ended_stillHeld', { party: partyLines(held.remote, words.value).title })}</p>}
        {lost && (
          <button type="button" class="small" aria-describedby={WHO_ID} onClick={() => void dial(number, 'ended')}>
            {words.value('redial')}
          </button>
        )}
      </div>
      <button type="button" class="plain" aria-label={words.value('close')} onClick={close}>
        <Icon name="close" size={16} />
      </button>
      <RefusalLine place="ended" />
    </section>
  );
}
