// What the view knows, as signals: the feed, the clock, and what the agent has opened, asked and been refused.
// Nothing of the phone is kept here that a snapshot could hold.
import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { liveCalls, type CallId } from '../src/domain/calls';
import { isRinging } from '../src/domain/can';
import type { Command, CommandOf } from '../src/domain/commands';
import { linePrefixes } from '../src/domain/line-prefixes';
import type { PhoneState, Snapshot } from '../src/domain/phone';
import { toPhoneError, type PhoneError } from '../src/domain/phone-error';
import type { MonotonicMs } from '../src/domain/time';
import type { HistoryRecord } from '../src/messaging/contract';
import { wordsFor, type Language, type Words } from '../src/words';
import type { PhonePort } from './phone-port';
import { announcementsOf } from './view-model/announcements';
import { engineNow } from './view-model/duration';
import { NOBODY, type Supervised } from './view-model/supervisor';
import {
  endedFromHistory,
  isPlain,
  isStillShown,
  newlyEnded,
  nextShown,
  vanished,
  type EndedCall,
} from './view-model/ended';
import { watchWorking } from './working';

/** `waiting`: the first snapshot has not come yet, so nothing is claimed. `nobody`: the phone is not running. */
export type Feed =
  | { readonly heard: 'waiting' | 'nobody' }
  | { readonly heard: 'live'; readonly snapshot: Snapshot; readonly receivedAt: number };
/** Where something was pressed: a refusal is told beside it. */
export type Place =
  | 'reach'
  | 'dial'
  | 'recent'
  | 'verbs'
  | 'transfer'
  | 'keypad'
  | 'end'
  | 'ended'
  | 'line'
  | 'supervisor'
  | `call:${string}`;
export interface Refusal {
  readonly place: Place;
  readonly error: PhoneError;
  readonly command: Command;
}
/** What the agent has unfolded during a call; `dialler` is the number field for a further one. */
export type Panel =
  'none' | 'keypad' | 'devices' | 'transfer' | 'consult' | 'dialler' | 'more' | 'addToCall' | 'callData' | 'supervisor';

export interface PhoneStore {
  readonly port: PhonePort;
  readonly feed: ReadonlySignal<Feed>;
  readonly state: ReadonlySignal<PhoneState | undefined>;
  /** The engine's clock, moving on twice a second. */
  readonly now: ReadonlySignal<MonotonicMs>;
  readonly language: ReadonlySignal<Language>;
  readonly words: ReadonlySignal<Words>;
  readonly recent: ReadonlySignal<readonly HistoryRecord[] | undefined>;
  readonly ended: ReadonlySignal<EndedCall | undefined>;
  readonly refusal: ReadonlySignal<Refusal | undefined>;
  /** Commands that wait for their answer so long that one wants to see it. */
  readonly working: ReadonlySignal<readonly Command[]>;
  /** The text of the live region. */
  readonly announced: ReadonlySignal<string>;
  readonly panel: ReadonlySignal<Panel>;
  /** What stands in the number field: a call that comes between takes nothing of it away. */
  readonly number: Signal<string>;
  /** The prefix of an outside line, where the agent has chosen one; what is typed next goes by it. */
  readonly prefix: Signal<string | undefined>;
  /** Whom the supervisor's panel is about, kept while it is folded. */
  readonly supervised: Signal<Supervised>;
  /** Tones sent to one call, as the agent typed them. */
  readonly sent: ReadonlySignal<{ readonly callId: CallId; readonly digits: string }>;
  /** @returns whether the phone took it; where not, the refusal stands beside `place`. */
  perform(command: Command, place: Place, confirmed?: boolean): Promise<boolean>;
  /** Dials; while one dial waits for its answer, a second press is the same press. */
  dial(number: string, place: Place, confirmed?: boolean): Promise<boolean>;
  /** Ends a call that is no good any more, and calls its number again. */
  callBack(call: { readonly id: CallId; readonly remote: { readonly number: string } }): Promise<void>;
  /** Hands a call over, or asks a third party first; the form closes once the phone took it. */
  transfer(
    command: CommandOf<'singleStepTransfer' | 'singleStepConference' | 'consult'>,
    confirmed?: boolean,
  ): Promise<void>;
  /** Tones go one after the other, in the order they were typed. */
  sendDigits(command: CommandOf<'sendDtmf'>): void;
  /** A verb that may not be used now was pressed: its reason is told like a refusal. */
  refuse(error: PhoneError, command: Command, place: Place): void;
  clearRefusal(): void;
  dismiss(noticeId: string): void;
  open(panel: Panel): void;
  clearEnded(): void;
  /** Language and history may have been changed in the options meanwhile. */
  refresh(): void;
}

const TICK_MS = 500;
const RECENT_SHOWN = 20;
/** A feed that says nothing for so long is no feed. */
const SILENCE_MS = 1_500;
const LIVE_REGION_LINES = 3;
const HISTORY_TRIES = 10;
const HISTORY_RETRY_MS = 100;

export function createStore(
  port: PhonePort,
  stop: AbortSignal,
  clock: () => number = () => performance.now(),
): PhoneStore {
  const feed = signal<Feed>({ heard: 'waiting' });
  const localNow = signal(clock());
  const language = signal(port.firstLanguage);
  const words = computed(() => wordsFor(language.value));
  const recent = signal<readonly HistoryRecord[] | undefined>(undefined);
  const lastEnded = signal<EndedCall | undefined>(undefined);
  const refusal = signal<Refusal | undefined>(undefined);
  const working = watchWorking();
  const announced = signal('');
  const panel = signal<Panel>('none');
  const number = signal('');
  const prefix = signal<string | undefined>(undefined);
  const supervised = signal(NOBODY);
  const sent = signal({ callId: '', digits: '' });
  let dialling = false;
  let pending: Promise<unknown> = Promise.resolve();

  const state = computed(() => (feed.value.heard === 'live' ? feed.value.snapshot.state : undefined));
  const now = computed(() =>
    feed.value.heard === 'live' ? engineNow(feed.value.snapshot, feed.value.receivedAt, localNow.value) : 0,
  );
  const ended = computed(() =>
    lastEnded.value && isStillShown(lastEnded.value, localNow.value) ? lastEnded.value : undefined,
  );

  function announce(...lines: readonly string[]): void {
    if (lines.length > 0) announced.value = lines.slice(-LIVE_REGION_LINES).join('\n');
  }

  function hear(snapshot: Snapshot | undefined): void {
    localNow.value = clock();
    if (!snapshot || isStarting(snapshot)) {
      feed.value = { heard: 'nobody' };
      return;
    }
    const before = feed.peek().heard === 'live' ? (feed.peek() as { snapshot: Snapshot }).snapshot : undefined;
    const end = newlyEnded(before, snapshot, clock());
    const gone = vanished(before, snapshot);
    feed.value = { heard: 'live', snapshot, receivedAt: clock() };
    if (!sameCalls(before, snapshot) && isOfDialling(refusal.peek())) refusal.value = undefined;
    if (end) lastEnded.value = nextShown(lastEnded.peek(), end);
    announce(...announcementsOf(before?.state, snapshot.state, words.peek()));
    const awaited = end ? [end.id, ...gone] : gone;
    if (before?.epoch !== snapshot.epoch || awaited.length > 0) void loadRecent(awaited, gone);
  }

  /** @param awaited calls that just ended: the engine may still be writing them down. */
  async function loadRecent(awaited: readonly CallId[], gone: readonly CallId[], tries = HISTORY_TRIES): Promise<void> {
    try {
      recent.value = await port.recent(RECENT_SHOWN);
    } catch {
      recent.value ??= []; // the list is a comfort; the reach bar tells when the phone does not answer
    }
    const written = recent.value?.filter(({ id }) => awaited.includes(id)) ?? [];
    const record = written.find(({ id }) => gone.includes(id));
    if (record && record.cause !== 'conferenced') lastEnded.value = endedFromHistory(record, clock());
    const missing = awaited.filter((id) => !written.some((each) => each.id === id));
    if (missing.length > 0 && tries > 1 && !stop.aborted) {
      setTimeout(() => void loadRecent(missing, gone, tries - 1), HISTORY_RETRY_MS);
    }
  }

  async function refreshLanguage(): Promise<void> {
    try {
      language.value = await port.language();
    } catch {
      language.value = port.firstLanguage; // no answer from the worker: the browser's language serves
    }
  }

  async function dial(to: string, place: Place, confirmed = false): Promise<boolean> {
    if (dialling) return false;
    dialling = true;
    forgetGonePrefix();
    const extras = place === 'dial' && prefix.value !== undefined ? { extras: { prefix: prefix.value } } : {};
    const taken = await perform({ type: 'makeCall', number: to, ...extras }, place, confirmed);
    dialling = false;
    if (taken && place === 'dial') number.value = '';
    if (taken && panel.peek() === 'dialler') panel.value = 'none';
    return taken;
  }

  /** The server gives other lines at another login: the field shows its first then, and that is what is dialled. */
  function forgetGonePrefix(): void {
    const choices = state.value ? linePrefixes(state.value) : [];
    const isChoice = prefix.value !== undefined && ['', ...choices].includes(prefix.value);
    if (choices.length === 0 || !isChoice) prefix.value = undefined;
  }

  async function perform(command: Command, place: Place, confirmed = false): Promise<boolean> {
    refusal.value = undefined;
    if (command.type === 'makeCall' && place !== 'ended') lastEnded.value = undefined; // of an earlier try
    try {
      await working.during(command, port.perform(command, confirmed));
      if (command.type === 'makeCall') {
        lastEnded.value = undefined;
        refusal.value = undefined;
      }
      return true;
    } catch (thrown) {
      refusal.value = { place, error: toPhoneError(thrown), command };
      return false;
    }
  }

  port.follow(hear, stop);
  void refreshLanguage();
  const ticking = setInterval(() => (localNow.value = clock()), TICK_MS);
  const silence = setTimeout(() => feed.peek().heard === 'waiting' && hear(undefined), SILENCE_MS);
  const noPanelWithoutCall = effect(() => {
    const answered = Object.values(state.value?.calls.byId ?? {}).some((call) => call.state !== 'cleared');
    if (!answered && panel.peek() !== 'supervisor') panel.value = 'none';
  });
  let rang = 0;
  const roomForARing = effect(() => {
    const ringing = state.value ? liveCalls(state.value.calls).filter(isRinging).length : 0;
    // What can be opened again without loss makes room for who wants to be answered.
    if (ringing > rang && ['keypad', 'devices', 'more'].includes(panel.peek())) panel.value = 'none';
    const old = lastEnded.peek();
    if (ringing > rang && old && !isPlain(old.cause)) lastEnded.value = undefined; // who calls now comes first
    rang = ringing;
  });
  stop.addEventListener('abort', () => {
    clearInterval(ticking);
    clearTimeout(silence);
    noPanelWithoutCall();
    roomForARing();
  });

  return {
    port,
    feed,
    state,
    now,
    language,
    words,
    recent,
    ended,
    refusal,
    working: working.commands,
    announced,
    panel,
    number,
    prefix,
    supervised,
    sent,
    perform,
    dial,
    async callBack({ id, remote }) {
      if (await perform({ type: 'clear', callId: id }, `call:${id}`)) await dial(remote.number, 'ended');
    },
    async transfer(command, confirmed = false) {
      const taken = await perform(command, 'transfer', confirmed);
      if (taken && ['transfer', 'consult', 'addToCall'].includes(panel.peek())) panel.value = 'none';
    },
    sendDigits(command) {
      const { callId, digits } = sent.peek();
      sent.value = { callId: command.callId, digits: (callId === command.callId ? digits : '') + command.digits };
      pending = pending.then(() => perform(command, 'keypad'));
    },
    refuse: (error, command, place) => (refusal.value = { place, error, command }),
    clearRefusal: () => (refusal.value = undefined),
    dismiss: (noticeId) => void port.dismiss(noticeId).catch(() => undefined), // it stays shown, and can be pressed again
    open: (next) => {
      refusal.value = undefined;
      panel.value = panel.peek() === next ? 'none' : next;
    },
    clearEnded: () => (lastEnded.value = undefined),
    refresh: () => {
      void refreshLanguage();
      if (feed.peek().heard === 'live') void loadRecent([], []);
    },
  };
}

/** The phone runs, and has not been told of its account yet: that there is none is not known. */
function isStarting({ state }: Snapshot): boolean {
  return !state.configured && !state.profile;
}

/** @returns whether the same calls live in both; `true` while nothing was known before. */
function sameCalls(before: Snapshot | undefined, now: Snapshot): boolean {
  if (!before) return true;
  const ids = ({ state }: Snapshot): string =>
    liveCalls(state.calls)
      .map(({ id }) => id)
      .toSorted()
      .join();
  return ids(before) === ids(now);
}

/** What was said of dialling may be untrue once another call has come or gone. */
function isOfDialling(refusal: Refusal | undefined): boolean {
  return refusal?.command.type === 'makeCall';
}
