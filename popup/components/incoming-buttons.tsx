// Answer and Decline of a ringing call, and a way to stop its noise. While one talks, Answer says what becomes of the other.
import type { LiveCall } from '../../src/domain/calls';
import { talkedCall } from '../view-model/cards';
import { CommandButton } from './command-button';
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function IncomingButtons({ call }: { call: LiveCall }) {
  const { state, words } = usePhone();
  const callId = call.id;
  const place = `call:${callId}` as const;
  const talking = state.value && talkedCall(state.value);
  const silenced = state.value?.silenced.includes(callId) === true;
  return (
    <div class="incoming-buttons">
      <CommandButton class="big decline" command={{ type: 'decline', callId }} place={place} shortcut="D">
        <Icon name="hangUp" size={22} />
        {words.value('decline')}
      </CommandButton>
      <CommandButton class="big answer" command={{ type: 'answer', callId }} place={place} shortcut="A">
        {!talking && <Icon name="phone" size={22} />}
        {words.value(talking ? 'holdAndAnswer' : 'answer')}
      </CommandButton>
      {talking && (
        <CommandButton
          class="big end-answer"
          command={{ type: 'clearAndAnswer', callId, clearId: talking.id }}
          place={place}
          shortcut="E"
        >
          {words.value('endAndAnswer')}
        </CommandButton>
      )}
      {!silenced && (
        <CommandButton class="plain silence" command={{ type: 'silenceRing', callId }} place={place}>
          <Icon name="bellOff" size={16} />
          {words.value('silenceRing')}
        </CommandButton>
      )}
    </div>
  );
}
