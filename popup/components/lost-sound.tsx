// How long nothing has been heard, and after a while the other way out: end the call and call the number again.
import type { LiveCall } from '../../src/domain/calls';
import { PhoneError } from '../../src/domain/phone-error';
import type { MonotonicMs } from '../../src/domain/time';
import { sentence } from '../../src/words';
import { callBackOf } from '../view-model/call-back';
import { timerText } from '../view-model/duration';
import { usePhone } from './phone-context';

export function LostSound({ call, since }: { call: LiveCall; since: MonotonicMs }) {
  const { now, state, words, callBack, refuse } = usePhone();
  const { number } = call.remote;
  const place = `call:${call.id}` as const;
  const may = state.value && callBackOf(state.value, call, now.value - since);
  function press(): void {
    if (may?.ok === false) refuse(new PhoneError(may.reason, 'not now'), { type: 'makeCall', number }, place);
    else void callBack(call);
  }
  return (
    <>
      <span class="mark-text">{words.value('mark_soundLost', { time: timerText(now.value - since) })}</span>
      {may && (
        <button
          type="button"
          class="small"
          title={may.ok ? words.value('callBackTip') : sentence(words.value, 'error', may.reason)}
          onClick={press}
          {...(!may.ok && { 'aria-disabled': true })}
        >
          {words.value('callBack')}
        </button>
      )}
    </>
  );
}
