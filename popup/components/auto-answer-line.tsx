// A call that the phone will take by itself: when, and the way to prevent it.
import type { LiveCall } from '../../src/domain/calls';
import { secondsUntil } from '../view-model/reach';
import { CommandButton } from './command-button';
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function AutoAnswerLine({ call }: { call: LiveCall }) {
  const { now, words } = usePhone();
  const plan = call.autoAnswer;
  if (plan?.phase !== 'waiting' && plan?.phase !== 'beeping') return null;
  const seconds = secondsUntil(plan.at, now.value);
  return (
    <div class="auto-answer">
      <Icon name="timer" size={16} />
      <p>{seconds > 0 ? words.value('autoAnswer_in', { seconds }) : words.value('autoAnswer_now')}</p>
      <CommandButton class="small" command={{ type: 'stopAutoAnswer', callId: call.id }} place={`call:${call.id}`}>
        {words.value('doNotAnswer')}
      </CommandButton>
    </div>
  );
}
