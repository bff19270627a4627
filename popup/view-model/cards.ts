// The call board: which call stands first, and what each card says. Pure.
import { liveCalls, type LiveCall, type Party, type Transfer } from '../../src/domain/calls';
import { isRinging } from '../../src/domain/can';
import type { PhoneState } from '../../src/domain/phone';
import type { QualityLevel, QualityWarning } from '../../src/domain/quality';
import type { QualityCourse } from '../../src/domain/quality-course';
import type { MonotonicMs } from '../../src/domain/time';
import { isWordKey, type Words } from '../../src/words';
import { partyNumbers } from './call-data';
import { cutText } from './cut-text';
import { liveFigures, type Figure } from './quality-figures';
import type { Text } from './text';

export type CardTone = 'dialling' | 'ringing' | 'talking' | 'held';

export interface Mark {
  readonly kind:
    | 'endsConference'
    | 'muted'
    | 'unheard'
    | 'heldByRemote'
    | 'signallingLost'
    | 'unconfirmed'
    | 'silenced'
    | 'soundLost'
    | 'answeredItself'
    | 'recordingPaused'
    | 'transfer'
    | 'transferRefused'
    | QualityWarning;
  readonly text: Text;
  /** Its text tells the time that has passed since then. */
  readonly since?: MonotonicMs;
  /** News for a moment: it goes then. */
  readonly until?: MonotonicMs;
}

export interface CallCard {
  readonly call: LiveCall;
  readonly tone: CardTone;
  readonly state: Text;
  /** What the timer counts from: the answer, or before it the first sign of the call. */
  readonly timerFrom: MonotonicMs;
  readonly marks: readonly Mark[];
  /** The server records it. */
  readonly recording: boolean;
  /** How the sound is, in a word and in figures, while one talks. */
  readonly quality?: CardQuality;
}
export interface CardQuality {
  readonly level: QualityLevel;
  readonly text: Text;
  readonly figures: Text;
  readonly details: readonly Figure[];
  readonly course: QualityCourse;
}

/** The cards in the order of the board: ringing here (it waits for an answer), talking, dialling, held; the oldest first among equals. */
export function cardsOf(state: PhoneState): CallCard[] {
  const live = liveCalls(state.calls);
  const others = live.some((call) => !isRinging(call));
  return live.toSorted((a, b) => rank(a) - rank(b)).map((call) => cardOf(state, call, others));
}

/** The call that the verbs and Hang up act on; a ringing one has its own buttons. */
export function steeredCall(state: PhoneState): LiveCall | undefined {
  return cardsOf(state).find((card) => card.tone !== 'ringing')?.call;
}

/** The call that one speaks in. */
export function talkedCall(state: PhoneState): LiveCall | undefined {
  const steered = steeredCall(state);
  return steered?.state === 'connected' ? steered : undefined;
}

const LISTENED_SHOWN = 32;
const ANSWERED_ITSELF_SHOWN_MS = 10_000;

function rank(call: LiveCall): number {
  if (isRinging(call)) return 0;
  if (call.state === 'connected') return call.unheard ? 2 : 1;
  return call.state === 'held' ? 4 : 3;
}

function cardOf(state: PhoneState, call: LiveCall, others: boolean): CallCard {
  const answered = call.state === 'connected' || call.state === 'held';
  return {
    call,
    tone: toneOf(call),
    state: stateOf(call, others),
    timerFrom: answered ? call.establishedAt : call.createdAt,
    marks: marksOf(state, call),
    recording: answered && call.details?.recording === true,
    ...qualityOf(call),
  };
}

function isTalked(call: LiveCall): boolean {
  return call.state === 'connected' && !call.heldByRemote;
}

function qualityOf(call: LiveCall): Pick<CallCard, 'quality'> {
  if (!call.quality || !isTalked(call) || call.soundLostSince !== undefined) return {};
  const { level, mos, lossPercent: loss, jitterMs: jitter, roundTripMs: trip = '–', codec = '–' } = call.quality;
  const figures: Text = { key: 'quality_figures', params: { mos: mos.toFixed(1), loss, jitter, trip, codec } };
  const { course } = call.quality;
  return { quality: { level, text: { key: `quality_${level}` }, figures, details: liveFigures(call.quality), course } };
}

function toneOf(call: LiveCall): CardTone {
  if (call.state === 'connected') return 'talking';
  if (call.state === 'held') return 'held';
  return isRinging(call) ? 'ringing' : 'dialling';
}

function stateOf(call: LiveCall, besides: boolean): Text {
  if (call.forwards) return { key: call.forwards.number === null ? 'call_endsForwarding' : 'call_asksForwarding' };
  const { progress } = call.transfer ?? {};
  if (progress === 'pending' || progress === 'ringing') return { key: 'call_transferring' };
  const others = partyNumbers(call.details);
  const { listening } = call.details ?? {};
  if (call.state === 'connected' && listening !== undefined) {
    return { key: 'call_listening', params: { extension: cutText(listening, LISTENED_SHOWN) } };
  }
  if (call.state === 'connected' && others.shown.length > 0) {
    return { key: 'conference', params: { count: others.shown.length + others.more } };
  }
  if (call.state === 'connected') return { key: 'call_talking' };
  if (call.state === 'held') return { key: 'call_held' };
  if (isRinging(call)) return { key: besides ? 'call_waiting' : 'call_incoming' };
  if (call.earlyMedia) return { key: 'call_earlyMedia' };
  return { key: call.state === 'alerting' ? 'call_ringingThere' : 'call_dialling' };
}

function marksOf(state: PhoneState, call: LiveCall): Mark[] {
  const marks: Mark[] = [];
  const warnings = warningsOf(call);
  const unheard = warnings.includes('speakingWhileMuted'); // says that it is muted, and more
  if (call.muted && !unheard) marks.push({ kind: 'muted', text: { key: 'mark_muted' } });
  if (call.unheard) marks.push({ kind: 'unheard', text: { key: 'mark_unheard' } });
  if (call.autoAnswer?.phase === 'answered') {
    const until = call.state === 'connected' ? { until: call.establishedAt + ANSWERED_ITSELF_SHOWN_MS } : {};
    marks.push({ kind: 'answeredItself', text: { key: 'mark_answeredItself' }, ...until });
  }
  if (call.heldByRemote) marks.push({ kind: 'heldByRemote', text: { key: 'mark_heldByRemote' } });
  if (call.transfer) {
    const kind = call.transfer.progress === 'refused' ? 'transferRefused' : 'transfer';
    marks.push({ kind, text: transferText(call.transfer) });
  }
  const lostSince = soundLostSince(call);
  const lost = lostText(state, call);
  if (lostSince !== undefined) marks.push({ kind: 'soundLost', text: { key: 'mark_soundLost' }, since: lostSince });
  else if (lost) marks.push({ kind: 'signallingLost', text: { key: lost } });
  else if (call.details?.unconfirmed) marks.push({ kind: 'unconfirmed', text: { key: 'mark_unconfirmed' } });
  if (isRinging(call) && hasConference(state)) {
    marks.push({ kind: 'endsConference', text: { key: 'mark_endsConference' } });
  }
  if (isRinging(call) && state.silenced.includes(call.id)) {
    marks.push({ kind: 'silenced', text: { key: 'mark_silenced' } });
  }
  if (isPaused(call)) marks.push({ kind: 'recordingPaused', text: { key: 'mark_recordingPaused' } });
  return [...marks, ...warnings.map((kind): Mark => ({ kind, text: { key: `mark_${kind}` } }))];
}

/** How a transfer goes; of a refused one why, where the server says so. */
export function transferText({ to, progress, cause = 'refused' }: Transfer): Text {
  const key = `transfer_refused_${cause}`;
  return { key: progress === 'refused' && isWordKey(key) ? key : `transfer_${progress}`, params: { to } };
}

/** What the agent cannot do for now: without call control no more than the server's buttons, without the line no answer. */
function lostText(state: PhoneState, { link, signalling, voice }: LiveCall): Text['key'] | undefined {
  const lineLost = voice?.signalling === 'lost';
  if (signalling !== 'lost') return lineLost ? 'mark_lineLost' : undefined;
  const controlOnly = voice ? !lineLost : state.capabilities[link]?.media === 'external';
  return controlOnly ? 'mark_controlLost' : 'mark_signallingLost';
}

/** It was recorded, and is not now. */
export function isPaused({ state, details }: LiveCall): boolean {
  return (state === 'connected' || state === 'held') && details?.recording === false;
}

/** Another call puts its parties on hold. */
export function hasConference(state: PhoneState): boolean {
  return liveCalls(state.calls).some(({ conference }) => conference !== undefined);
}

/** Nothing arrives since then; undefined where all is well, or where nothing is due. */
export function soundLostSince(call: LiveCall): MonotonicMs | undefined {
  return isTalked(call) ? call.soundLostSince : undefined;
}

/** What is wrong with the sound now; nothing of it is said while it is not due. */
export function warningsOf(call: LiveCall): readonly QualityWarning[] {
  if (!call.quality || !isTalked(call) || call.soundLostSince !== undefined) return []; // one sentence for one trouble
  const { warnings } = call.quality;
  return call.muted ? warnings : warnings.filter((warning) => warning !== 'speakingWhileMuted'); // a second old
}

/** Name first, number under it; a nameless party is its number. */
export function partyLines(remote: Party, words: Words): { title: string; number: string | undefined } {
  const number = remote.shown ?? remote.number;
  const name = remote.conference ? words('conferenceRoom') : remote.name?.trim();
  if (name && name !== number) return { title: name, number: number || undefined };
  return { title: number || words('call_unknownNumber'), number: undefined };
}

/** Accessible name of a call's group. */
export function partyLabel(remote: Party, words: Words): string {
  const { title, number } = partyLines(remote, words);
  return number === undefined ? title : `${title}, ${number}`;
}

/** What stands in the round mark: the first letter or character of a name; nothing for a bare number. */
export function initialOf(remote: Party): string | undefined {
  const first = [...(remote.name?.trim() ?? '')].find((character) => /\p{L}/u.test(character));
  return first?.toLocaleUpperCase();
}
