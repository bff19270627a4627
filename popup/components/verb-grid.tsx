// The verbs of the profile. None ever moves; one that cannot be used now is grey and says why.
import { useId } from 'preact/hooks';
import type { LiveCall } from '../../src/domain/calls';
import { sentence } from '../../src/words';
import type { PhoneStore } from '../store';
import { PhoneError } from '../../src/domain/phone-error';
import { VERB_KEYS } from '../view-model/keys';
import { verbsOf, type Verb, type VerbId } from '../view-model/verbs';
import { Icon, type IconName } from './icon';
import { usePhone } from './phone-context';

const ICONS: Readonly<Record<VerbId, { off: IconName; on: IconName }>> = {
  mute: { off: 'mic', on: 'micOff' },
  hold: { off: 'pause', on: 'play' },
  keypad: { off: 'keypad', on: 'keypad' },
  transfer: { off: 'transfer', on: 'transfer' },
};

export function VerbGrid({ call }: { call: LiveCall }) {
  const store = usePhone();
  const verbs = store.state.value ? verbsOf(store.state.value, call) : [];
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
  } else if (verb.command) void store.perform(verb.command, 'verbs');
  else store.open(verb.id === 'keypad' ? 'keypad' : 'transfer');
}

function VerbCell({ verb, call }: { verb: Verb; call: LiveCall }) {
  const store = usePhone();
  const { words, panel } = store;
  const reasonId = useId();
  const key = VERB_KEYS[verb.id];
  const opened = verb.command ? undefined : panel.value === verb.id;
  const reason = verb.can.ok ? undefined : sentence(words.value, 'error', verb.can.reason);
  return (
    <button
      type="button"
      class="verb"
      style={{ gridColumn: verb.column }}
      data-verb={verb.id}
      data-on={verb.on || opened === true}
      onClick={() => pressVerb(store, verb, call)}
      {...(key !== undefined && { 'aria-keyshortcuts': key, title: `${words.value(verb.label)} (${key})` })}
      {...(opened !== undefined && { 'aria-expanded': opened })}
      {...(reason !== undefined && { 'aria-disabled': true, title: reason, 'aria-describedby': reasonId })}
    >
      <Icon name={ICONS[verb.id][verb.on ? 'on' : 'off']} size={22} />
      {words.value(verb.label)}
      {reason !== undefined && (
        <span class="unseen" id={reasonId} aria-hidden="true">
          {reason}
        </span>
      )}
    </button>
  );
}
