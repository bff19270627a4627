// Can a call reach me now, since when, if not why, and what to do: one bar, by colour, shape and word.
import type { PhoneState } from '../../src/domain/phone';
import { PhoneError } from '../../src/domain/phone-error';
import { can } from '../../src/domain/can';
import { agentFace, type AgentFace } from '../view-model/agent';
import { ageText, timerText } from '../view-model/duration';
import { reachOf, secondsUntil, type Reach, type Tone } from '../view-model/reach';
import { say } from '../view-model/text';
import { AgentControl } from './agent-control';
import { Icon, type IconName } from './icon';
import { busyWith } from '../working';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

const SHAPES: Readonly<Record<Tone, IconName>> = {
  offline: 'circle',
  connecting: 'circleDashed',
  ready: 'circleCheck',
  notReady: 'square',
  wrapUp: 'clock',
  allocated: 'phoneCall',
  unknown: 'circleQuestion',
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
  const agent = agentFace(state.value);
  return (
    <section class="reach" data-tone={reach.tone} aria-label={label}>
      <Icon name={SHAPES[reach.tone]} />
      <ReachText reach={reach} agent={agent} />
      {agent && !agent.lastKnown && <AgentControl face={agent} />}
      {state.value.profile?.unencrypted && (
        <p class="unencrypted" title={words.value('reach_unencryptedHelp')}>
          <Icon name="lockOpen" size={14} />
          {words.value('reach_unencrypted')}
        </p>
      )}
      <ReachActions reach={reach} state={state.value} agent={agent?.lastKnown ? agent : undefined} />
      <RefusalLine place="reach" />
    </section>
  );
}

function ReachText({ reach, agent }: { reach: Reach; agent: AgentFace | undefined }) {
  const { now, words } = usePhone();
  const { since, note, ofAgent, detail } = reach;
  const title = say(words.value, reach.title);
  const line = agent && !ofAgent && (agent.lastKnown || agent.tone !== 'talking') ? agent : undefined; // “In a call” says it
  const age = since === undefined ? undefined : say(words.value, ageText(now.value - since));
  return (
    <div class="reach-text">
      <p class="reach-title">
        {note === undefined ? title : words.value('agent_withReason', { state: title, reason: note })}
        {ofAgent && since !== undefined && <span class="reach-age">{timerText(now.value - since)}</span>}
        {!ofAgent && age !== undefined && <span class="reach-age">{words.value('reach_for', { time: age })}</span>}
      </p>
      {detail && (ofAgent || line?.lastKnown !== false) && <p class="reach-detail">{say(words.value, detail)}</p>}
      {line && <AgentLine face={line} />}
      {agent?.pending && (
        <p class="reach-pending">
          <Icon name="clock" size={14} />
          {say(words.value, agent.pending)}
        </p>
      )}
    </div>
  );
}

/** The agent's state, where the bar has something more urgent to say. */
function AgentLine({ face: { text, reason, since, lastKnown } }: { face: AgentFace }) {
  const { now, words } = usePhone();
  const plain = say(words.value, text);
  const state = reason === undefined ? plain : words.value('agent_withReason', { state: plain, reason });
  if (lastKnown) return <p class="reach-detail">{words.value('agent_lastKnown', { state })}</p>;
  return (
    <p class="reach-detail">
      {state} <span class="reach-clock">{timerText(now.value - since)}</span>
    </p>
  );
}

function NextTry({ at }: { at: number }) {
  const { now, words } = usePhone();
  const seconds = secondsUntil(at, now.value);
  return (
    <p class="reach-next">{seconds === 0 ? words.value('reach_trying') : words.value('reach_nextTry', { seconds })}</p>
  );
}

interface ActionsProps {
  reach: Reach;
  state: PhoneState;
  /** Grey while the server cannot be heard. */
  agent: AgentFace | undefined;
}
function ReachActions({ reach, state, agent }: ActionsProps) {
  const { port, words, working, perform, refuse } = usePhone();
  const { tryLink: link, help } = reach;
  function tryNow(): void {
    if (!link) return;
    const command = { type: 'tryNow', link } as const;
    const may = can(state, command);
    if (may.ok) void perform(command, 'reach');
    else refuse(new PhoneError(may.reason, 'not now'), command, 'reach');
  }
  if (!link && !help && !agent) return null;
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
        <button type="button" class="small" onClick={tryNow} {...busyWith(working.value, ['tryNow'])}>
          {words.value('tryNow')}
        </button>
      )}
      {agent && <AgentControl face={agent} />}
    </div>
  );
}
