// The verbs of the profile. None ever moves; one that cannot be used now is grey and says why.
import { useId } from 'preact/hooks';
import type { LiveCall } from '../../src/domain/calls';
import { sentence } from '../../src/words';
import type { PhoneStore } from '../store';
import { PhoneError } from '../../src/domain/phone-error';
import { VERB_KEYS } from '../view-model/keys';
import type { Verb, VerbLabel } from '../view-model/verbs';
import { busyWith } from '../working';
import { Icon, type IconName } from './icon';
import { usePhone } from './phone-context';

const ICONS: Readonly<Record<VerbLabel, IconName>> = {
  mute: 'mic',
  unmute: 'micOff',
  hold: 'pause',
  resume: 'play',
  keypad: 'keypad',
  transfer: 'transfer',
  completeTransfer: 'transfer',
  consult: 'people',
  swap: 'swap',
  merge: 'merge',
  cancelConsult: 'undo',
  record: 'record',
  stopRecording: 'pauseRecord',
  more: 'more',
};

export function VerbGrid({ verbs, call }: { verbs: readonly Verb[]; call: LiveCall }) {
  return (
    <div class="verbs">
      {verbs.map((verb) => (
        <VerbCell key={verb.id} verb={verb} call={call} />
      ))}
    </div>
  );
}

/** Also what the single letters do. */
export function pressVerb(store: PhoneStore, verb: Verb, call: LiveCall): void {
  if (!verb.can.ok) {
    const command = verb.command ?? { type: 'sendDtmf', callId: call.id, digits: '' };
    store.refuse(new PhoneError(verb.can.reason, 'not now'), command, 'verbs');
  } else if (verb.command && verb.joinsStrangers) {
    store.refuse(new PhoneError('needsConfirmation', 'two who were not brought together'), verb.command, 'verbs');
  } else if (verb.command) void store.perform(verb.command, 'verbs');
  else if (verb.panel) store.open(verb.panel);
}

function VerbCell({ verb, call }: { verb: Verb; call: LiveCall }) {
  const store = usePhone();
  const { words, panel, working } = store;
  const reasonId = useId();
  const key = VERB_KEYS[verb.id];
  const under = verb.panel === 'more' && ['addToCall', 'callData'].includes(panel.value);
  const opened = verb.panel && (panel.value === verb.panel || under);
  const tip = verb.tip === undefined ? words.value(verb.label) : words.value(verb.tip);
  const reason = verb.can.ok ? undefined : sentence(words.value, 'error', verb.can.reason);
  return (
    <button
      type="button"
      class="verb"
      style={{ gridArea: `${verb.row} / ${verb.column}` }}
      data-verb={verb.id}
      data-on={verb.on || opened === true}
      onClick={() => pressVerb(store, verb, call)}
      {...busyWith(working.value, verb.command)}
      {...(key !== undefined && { 'aria-keyshortcuts': key, title: `${tip} (${key})` })}
      {...(opened !== undefined && { 'aria-expanded': opened })}
      {...(reason !== undefined && { 'aria-disabled': true, title: reason, 'aria-describedby': reasonId })}
    >
      <Icon name={ICONS[verb.label]} size={22} />
      {words.value(verb.label)}
      {reason !== undefined && (
        <span class="unseen" id={reasonId} aria-hidden="true">
          {reason}
        </span>
      )}
    </button>
  );
}
