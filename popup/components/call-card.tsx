// One call: who, which way, in what state, since when, and what is odd about it.
import { useState } from 'preact/hooks';
import type { LiveCall } from '../../src/domain/calls';
import { partyNumbers, queueName } from '../view-model/call-data';
import type { CallCard, CardQuality, Mark } from '../view-model/cards';
import { initialOf, partyLabel, partyLines } from '../view-model/cards';
import { say } from '../view-model/text';
import { AutoAnswerLine } from './auto-answer-line';
import { CallData } from './call-data';
import { Icon, type IconName } from './icon';
import { IncomingButtons } from './incoming-buttons';
import { LostSound } from './lost-sound';
import { OtherCallButtons } from './other-call-buttons';
import { usePhone } from './phone-context';
import { QualityDetails, QualityIcon } from './quality-details';
import { RefusalLine } from './refusal-line';
import { CallTimer } from './timer';

const MARKS: Readonly<Record<Mark['kind'], IconName>> = {
  endsConference: 'people',
  muted: 'micOff',
  unheard: 'micOff',
  heldByRemote: 'pause',
  signallingLost: 'unplug',
  unconfirmed: 'warning',
  silenced: 'bellOff',
  soundLost: 'noSound',
  answeredItself: 'timer',
  recordingPaused: 'pauseRecord',
  transfer: 'transfer',
  transferRefused: 'warning',
  speakingWhileMuted: 'micOff',
  noSoundFromThere: 'noSound',
  microphoneSilent: 'mic',
  weakNetwork: 'warning',
};

interface Props {
  card: CallCard;
  size: 'large' | 'row';
  /** The verbs below act on this one, so it needs no buttons of its own. */
  steered: boolean;
}
export function CallCardView({ card, size, steered }: Props) {
  const { words } = usePhone();
  const { call, tone } = card;
  const [opened, open] = useState(false);
  const details = opened ? card.quality : undefined;
  const detailsId = `quality-${call.id}`;
  const { title, number } = partyLines(call.remote, words.value);
  const way = call.direction === 'inbound' ? 'recent_incoming' : 'recent_outgoing';
  return (
    <div
      class="card"
      role="group"
      aria-label={partyLabel(call.remote, words.value)}
      data-tone={tone}
      data-size={size}
      data-details={details !== undefined}
    >
      <Portrait card={card} size={size} />
      <div class="card-who">
        <h2 title={title}>
          <bdi>{title}</bdi>
        </h2>
        {number !== undefined && (
          <p class="card-number">
            <bdi>{number}</bdi>
          </p>
        )}
        <Origin card={card} />
        <p class="card-state">
          <span title={words.value(way)}>
            <Icon name={call.direction === 'inbound' ? 'incoming' : 'outgoing'} size={14} />
            <span class="unseen">{words.value(way)}, </span>
          </span>
          {say(words.value, card.state)}
          {card.recording && <RecordingSign />}
          {card.quality && <QualitySign quality={card.quality} opened={opened} open={open} controls={detailsId} />}
        </p>
      </div>
      <CallTimer from={card.timerFrom} />
      {details && <QualityDetails id={detailsId} figures={details.details} course={details.course} />}
      <Marks call={call} marks={card.marks} />
      <CallData call={call} size={size} />
      <AutoAnswerLine call={call} />
      {tone === 'ringing' && <IncomingButtons call={call} />}
      {tone !== 'ringing' && !steered && <OtherCallButtons call={call} />}
      <RefusalLine place={`call:${call.id}`} />
    </div>
  );
}

/** The queue it came from, and who else talks on the server. */
function Origin({ card: { call } }: { card: CallCard }) {
  const { words } = usePhone();
  const queue = queueName(call.details);
  const { shown, more } = partyNumbers(call.details);
  return (
    <>
      {queue !== undefined && (
        <p class="card-queue" title={words.value('call_queue', { queue })}>
          <Icon name="queue" size={14} />
          <bdi>{words.value('call_queue', { queue })}</bdi>
        </p>
      )}
      {shown.length > 0 && (
        <p class="card-queue" title={shown.join(', ')}>
          <Icon name="people" size={14} />
          <span>
            {shown.map((number, at) => (
              <bdi key={number}>{at === 0 ? number : `, ${number}`}</bdi>
            ))}
            {more > 0 && ` +${more}`}
          </span>
        </p>
      )}
    </>
  );
}

function RecordingSign() {
  const { words } = usePhone();
  return (
    <span class="recording" title={words.value('recording_on')}>
      <Icon name="record" size={14} />
      {words.value('recording_on')}
    </span>
  );
}

/** @param call of which they tell, where it is one call. */
export function Marks({ call, marks }: { call?: LiveCall; marks: readonly Mark[] }) {
  const { now, words } = usePhone();
  const shown = marks.filter(({ until }) => until === undefined || now.value < until);
  if (shown.length === 0) return null;
  return (
    <ul class="marks">
      {shown.map((mark) => (
        <li key={mark.kind} data-kind={mark.kind}>
          <Icon name={MARKS[mark.kind]} size={mark.kind === 'muted' || mark.kind === 'speakingWhileMuted' ? 24 : 16} />
          {call && mark.since !== undefined ? (
            <LostSound call={call} since={mark.since} />
          ) : (
            say(words.value, mark.text)
          )}
        </li>
      ))}
    </ul>
  );
}

interface SignProps {
  quality: CardQuality;
  opened: boolean;
  open: (wanted: boolean) => void;
  controls: string;
}
export function QualitySign({ quality: { level, text, figures }, opened, open, controls }: SignProps) {
  const { words } = usePhone();
  return (
    <>
      <span class="quality" data-level={level} title={say(words.value, figures)}>
        <QualityIcon level={level} />
        {say(words.value, text)}
      </span>
      <button
        type="button"
        class="plain unfold"
        aria-label={words.value('callQuality')}
        title={words.value('callQuality')}
        aria-expanded={opened}
        {...(opened && { 'aria-controls': controls })}
        onClick={() => open(!opened)}
      >
        <Icon name="unfold" size={16} />
      </button>
    </>
  );
}

export function Portrait({ card, size }: { card: CallCard; size: 'large' | 'row' }) {
  return (
    <span class="portrait" aria-hidden="true">
      {initialOf(card.call.remote) ?? (
        <Icon name={card.call.remote.conference ? 'people' : 'user'} size={size === 'large' ? 36 : 20} />
      )}
    </span>
  );
}
