// The lower half of a call: verbs in their fixed places, what a verb has opened, and the end.
import { everyoneIn } from '../../src/domain/call-roles';
import type { LiveCall } from '../../src/domain/calls';
import { partiesOf } from '../../src/domain/conference';
import { partyLines } from '../view-model/cards';
import { verbsOf } from '../view-model/verbs';
import { AddToCallForm } from './add-to-call-form';
import { CallDataForm } from './call-data-form';
import { CommandButton } from './command-button';
import { DeviceMenu } from './device-menu';
import { Icon } from './icon';
import { Keypad } from './keypad';
import { MorePanel } from './more-panel';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';
import { TransferForm } from './transfer-form';
import { VerbGrid } from './verb-grid';

export function CallControls({ call }: { call: LiveCall }) {
  const { state, panel, words } = usePhone();
  const parties = state.value ? partiesOf(state.value.calls, call) : [call];
  const names = parties.map(({ remote }) => partyLines(remote, words.value).title);
  const listens = call.details?.listening !== undefined;
  const ends = listens ? 'stopListeningTip' : names.length > 1 ? 'hangUpAll' : 'hangUpWith';
  const tip = words.value(ends, { party: names.join(', ') });
  const verbs = state.value ? verbsOf(state.value, call) : [];
  const open = verbs.find((verb) => verb.panel === panel.value)?.panel; // with a second call the forms go
  const mayMore = verbs.some(({ id }) => id === 'more');
  return (
    <section class="controls" aria-label={words.value('region_verbs')}>
      {panel.value === 'keypad' && <Keypad call={call} />}
      {panel.value === 'devices' && <DeviceMenu />}
      {open === 'transfer' && <TransferForm key="transfer" call={call} type="singleStepTransfer" />}
      {open === 'more' && <MorePanel call={call} />}
      {mayMore && panel.value === 'addToCall' && <AddToCallForm call={call} />}
      {mayMore && panel.value === 'callData' && <CallDataForm call={call} />}
      {open === 'consult' && <TransferForm key="consult" call={call} type="consult" />}
      <RefusalLine place="verbs" />
      <VerbGrid verbs={verbs} call={call} />
      <RefusalLine place="end" />
      <CommandButton
        class="big hang-up"
        command={{ type: 'clear', callId: call.id, ...everyoneIn(call) }}
        place="end"
        tip={tip}
      >
        <Icon name="hangUp" size={22} />
        {words.value(listens ? 'stopListening' : 'hangUp')}
      </CommandButton>
    </section>
  );
}
