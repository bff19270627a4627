// The two things one does to a call that is not the one talked in: take it back, or end it. Hang up says which call it ends.
import type { LiveCall } from '../../src/domain/calls';
import { partyLines } from '../view-model/cards';
import { CommandButton } from './command-button';
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function OtherCallButtons({ call }: { call: LiveCall }) {
  const { words } = usePhone();
  const callId = call.id;
  const { title } = partyLines(call.remote, words.value);
  const tip = words.value('hangUpWith', { party: title });
  const place = `call:${callId}` as const;
  return (
    <div class="other-buttons">
      {call.state === 'held' && (
        <CommandButton class="small" command={{ type: 'retrieve', callId }} place={place}>
          <Icon name="play" size={16} />
          {words.value('resume')}
        </CommandButton>
      )}
      <CommandButton class="small danger" command={{ type: 'clear', callId }} place={place} tip={tip}>
        <Icon name="hangUp" size={16} />
        {words.value('hangUp')}
      </CommandButton>
    </div>
  );
}
