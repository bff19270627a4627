// Why the last call ended: what happened, then what to do. Stays until it was read or something else is done.
import { sentence } from '../../src/words';
import { partyLines } from '../view-model/cards';
import { timerText } from '../view-model/duration';
import { isPlain } from '../view-model/ended';
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function EndedStrip() {
  const { ended, words, clearEnded } = usePhone();
  const call = ended.value;
  if (!call) return null;
  const { title } = partyLines(call.remote, words.value);
  const plain = isPlain(call.cause);
  return (
    <section class="ended" data-plain={plain}>
      <Icon name={plain ? 'hangUp' : 'warning'} size={18} />
      <div>
        <p class="ended-cause">
          {sentence(words.value, 'cause', call.cause)}
          {call.talkMs > 0 && <span class="timer"> {timerText(call.talkMs)}</span>}
        </p>
        <p class="ended-who">
          <bdi>{title}</bdi>
        </p>
      </div>
      <button type="button" class="plain" aria-label={words.value('close')} onClick={clearEnded}>
        <Icon name="close" size={16} />
      </button>
    </section>
  );
}
