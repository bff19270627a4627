// The lower half of a call: verbs in their fixed places, what a verb has opened, and the end.
import type { LiveCall } from '../../src/domain/calls';
import { partyLines } from '../view-model/cards';
import { CommandButton } from './command-button';
import { Icon } from './icon';
import { Keypad } from './keypad';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';
import { TransferForm } from './transfer-form';
import { VerbGrid } from './verb-grid';

export function CallControls({ call }: { call: LiveCall }) {
  const { panel, words } = usePhone();
  const tip = words.value('hangUpWith', { party: partyLines(call.remote, words.value).title });
  return (
    <section class="controls" aria-label={words.value('region_verbs')}>
      {panel.value === 'keypad' && <Keypad call={call} />}
      {panel.value === 'transfer' && <TransferForm call={call} />}
      <RefusalLine place="verbs" />
      <VerbGrid call={call} />
      <RefusalLine place="end" />
      <CommandButton class="big hang-up" command={{ type: 'clear', callId: call.id }} place="end" tip={tip}>
        <Icon name="hangUp" size={22} />
        {words.value('hangUp')}
      </CommandButton>
    </section>
  );
}
