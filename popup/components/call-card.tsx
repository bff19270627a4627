// One call: who, which way, in what state, since when, and what is odd about it.
import type { QualityLevel } from '../../src/domain/quality';
import type { CallCard, Mark } from '../view-model/cards';
import { initialOf, partyLabel, partyLines } from '../view-model/cards';
import { say } from '../view-model/text';
import { Icon, type IconName } from './icon';
import { IncomingButtons } from './incoming-buttons';
import { OtherCallButtons } from './other-call-buttons';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';
import { CallTimer } from './timer';

const MARKS: Readonly<Record<Mark['kind'], IconName>> = {
  muted: 'micOff',
  heldByRemote: 'pause',
  signallingLost: 'unplug',
  silenced: 'bellOff',
  transfer: 'transfer',
  transferRefused: 'warning',
  speakingWhileMuted: 'micOff',
  noSoundFromThere: 'noSound',
  microphoneSilent: 'mic',
  weakNetwork: 'warning',
};
/** A shape for each, beside its colour and its word. */
const LEVELS: Readonly<Record<QualityLevel, IconName>> = { good: 'circleCheck', fair: 'warning', poor: 'fault' };

interface Props {
  card: CallCard;
  size: 'large' | 'row';
  /** The verbs below act on this one, so it needs no buttons of its own. */
  steered: boolean;
}
export function CallCardView({ card, size, steered }: Props) {
  const { words } = usePhone();
  const { call, tone } = card;
  const { title, number } = partyLines(call.remote, words.value);
  const way = call.direction === 'inbound' ? 'recent_incoming' : 'recent_outgoing';
  return (
    <div class="card" role="group" aria-label={partyLabel(call.remote, words.value)} data-tone={tone} data-size={size}>
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
        <p class="card-state">
          <span title={words.value(way)}>
            <Icon name={call.direction === 'inbound' ? 'incoming' : 'outgoing'} size={14} />
            <span class="unseen">{words.value(way)}, </span>
          </span>
          {say(words.value, card.state)}
          {card.quality && <QualitySign {...card.quality} />}
        </p>
      </div>
      <CallTimer from={card.timerFrom} />
      {card.marks.length > 0 && (
        <ul class="marks">
          {card.marks.map((mark) => (
            <li key={mark.kind} data-kind={mark.kind}>
              <Icon name={MARKS[mark.kind]} size={mark.kind === 'muted' ? 24 : 16} />
              {say(words.value, mark.text)}
            </li>
          ))}
        </ul>
      )}
      {tone === 'ringing' && <IncomingButtons call={call} />}
      {tone !== 'ringing' && !steered && <OtherCallButtons call={call} />}
      <RefusalLine place={`call:${call.id}`} />
    </div>
  );
}

function QualitySign({ level, text, figures }: NonNullable<CallCard['quality']>) {
  const { words } = usePhone();
  return (
    <span class="quality" data-level={level} title={say(words.value, figures)}>
      <Icon name={LEVELS[level]} size={14} />
      {say(words.value, text)}
    </span>
  );
}

function Portrait({ card, size }: { card: CallCard; size: 'large' | 'row' }) {
  return (
    <span class="portrait" aria-hidden="true">
      {initialOf(card.call.remote) ?? <Icon name="user" size={size === 'large' ? 36 : 20} />}
    </span>
  );
}
