// Can a call reach me now, since when, if not why, and what to do: one bar, by colour, shape and word.
import type { PhoneState } from '../../src/domain/phone';
import { PhoneError } from '../../src/domain/phone-error';
import { can } from '../../src/domain/can';
import { ageText } from '../view-model/duration';
import { reachOf, secondsUntil, type Reach, type Tone } from '../view-model/reach';
import { say } from '../view-model/text';
import { Icon, type IconName } from './icon';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

const SHAPES: Readonly<Record<Tone, IconName>> = {
  offline: 'circle',
  connecting: 'circleDashed',
  ready: 'circleCheck',
  ringing: 'bellRing',
  talking: 'audioLines',
  held: 'pause',
  quiet: 'bellOff',
  warning: 'warning',
  fault: 'fault',
};

export function ReachBar() {
  const { feed, state, words } = usePhone();
  const label = words.value('region_reach');
  if (!state.value) {
    const starting = feed.value.heard === 'nobody';
    return (
      <section class="reach" data-tone={starting ? 'connecting' : 'waiting'} aria-label={label} aria-busy={!starting}>
        <Icon name="circleDashed" />
        {starting ? <p class="reach-title">{words.value('reach_starting')}</p> : <span class="skeleton-line" />}
      </section>
    );
  }
  const reach = reachOf(state.value);
  return (
    <section class="reach" data-tone={reach.tone} aria-label={label}>
      <Icon name={SHAPES[reach.tone]} />
      <ReachText reach={reach} />
      {state.value.profile?.unencrypted && (
        <p class="unencrypted" title={words.value('reach_unencryptedHelp')}>
          <Icon name="lockOpen" size={14} />
          {words.value('reach_unencrypted')}
        </p>
      )}
      <ReachActions reach={reach} state={state.value} />
      <RefusalLine place="reach" />
    </section>
  );
}

function ReachText({ reach }: { reach: Reach }) {
  const { now, words } = usePhone();
  const age = reach.since === undefined ? undefined : say(words.value, ageText(now.value - reach.since));
  return (
    <div class="reach-text">
      <p class="reach-title">
        {say(words.value, reach.title)}
        {age !== undefined && <span class="reach-age">{words.value('reach_for', { time: age })}</span>}
      </p>
      {reach.detail && <p class="reach-detail">{say(words.value, reach.detail)}</p>}
    </div>
  );
}

function NextTry({ at }: { at: number }) {
  const { now, words } = usePhone();
  const seconds = secondsUntil(at, now.value);
  return (
    <p class="reach-next">{seconds === 0 ? words.value('reach_trying') : words.value('reach_nextTry', { seconds })}</p>
  );
}

function ReachActions({ reach, state }: { reach: Reach; state: PhoneState }) {
  const { port, words, perform, refuse } = usePhone();
  const { tryLink: link, help } = reach;
  function tryNow(): void {
    if (!link) return;
    const command = { type: 'tryNow', link } as const;
    const may = can(state, command);
    if (may.ok) void perform(command, 'reach');
    else refuse(new PhoneError(may.reason, 'not now'), command, 'reach');
  }
  if (!link && !help) return null;
  return (
    <div class="reach-actions">
      {reach.nextTryAt !== undefined && <NextTry at={reach.nextTryAt} />}
      {help && (
        <button
          type="button"
          class="small strong"
          onClick={() => port.openOptions(help === 'microphone' ? help : undefined)}
        >
          {words.value(help === 'microphone' ? 'allowMicrophone' : 'openSettings')}
        </button>
      )}
      {link && (
        <button type="button" class="small" onClick={tryNow}>
          {words.value('tryNow')}
        </button>
      )}
    </div>
  );
}
