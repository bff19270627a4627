// What one does to a call that is not the one talked in: take it back, bring it in, or end it. Hang up says which call it ends.
import type { LiveCall } from '../../src/domain/calls';
import { mergeOf } from '../view-model/board';
import { partyLines, steeredCall } from '../view-model/cards';
import { CommandButton } from './command-button';
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function OtherCallButtons({ call }: { call: LiveCall }) {
  const { state, words } = usePhone();
  const merge = state.value && mergeOf(state.value, call, steeredCall(state.value));
  const callId = call.id;
  const { title } = partyLines(call.remote, words.value);
  const tip = words.value('hangUpWith', { party: title });
  const place = `call:${callId}` as const;
  return (
    <div class="other-buttons">
      {merge && (
        <CommandButton class="small" command={merge} place={place}>
          <Icon name="merge" size={16} />
          {words.value('merge')}
        </CommandButton>
      )}
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
