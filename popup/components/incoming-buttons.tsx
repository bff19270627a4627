// Answer and Decline of a ringing call, and a way to stop its noise.
import type { LiveCall } from '../../src/domain/calls';
import { CommandButton } from './command-button';
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function IncomingButtons({ call }: { call: LiveCall }) {
  const { state, words } = usePhone();
  const callId = call.id;
  const place = `call:${callId}` as const;
  const silenced = state.value?.silenced.includes(callId) === true;
  return (
    <div class="incoming-buttons">
      <CommandButton class="big decline" command={{ type: 'decline', callId }} place={place} shortcut="D">
        <Icon name="hangUp" size={22} />
        {words.value('decline')}
      </CommandButton>
      <CommandButton class="big answer" command={{ type: 'answer', callId }} place={place} shortcut="A">
        <Icon name="phone" size={22} />
        {words.value('answer')}
      </CommandButton>
      {!silenced && (
        <CommandButton class="plain silence" command={{ type: 'silenceRing', callId }} place={place}>
          <Icon name="bellOff" size={16} />
          {words.value('silenceRing')}
        </CommandButton>
      )}
    </div>
  );
}
