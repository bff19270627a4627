// The engine: runs the profile's back ends and is the only writer of the state. Knows no chrome, so Node can run it.
// A command is checked, given to a back end, and answered; what happened comes back as events.
import { callLink, can } from '../src/domain/can';
import { isLive, liveCalls, type Call } from '../src/domain/calls';
import type { Command, CommandOf } from '../src/domain/commands';
import type { LinkId } from '../src/domain/links';
import { LINK_IDS } from '../src/domain/links';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from '../src/domain/phone';
import { PhoneError } from '../src/domain/phone-error';
import type { Backend } from '../src/backends/backend';
import type { Ordered } from '../src/messaging/contract';
import { activeProfile, type EngineSettings, type Profile } from '../src/settings/schema';
import type { OpenedBackEnds } from './back-ends';
import { openAutoAnswer } from './auto-answer';
import { withFacts } from './event-facts';
import { forwardingNews } from './forwarding';
import { answeringRules, profileFacts, sameLinks } from './profile';
import type { EngineWorld } from './engine-world';
import { rememberAnswers } from './remember-answers';

/** How long an ended call stays in the state, so that every view can say why it ended. */
const CLEARED_SHOWN_MS = 5_000;
/** Two presses on Call within this time mean one call, even where no rule may refuse a second. */
const DOUBLE_PRESS_MS = 1_000;

export interface Engine {
  /** Resolves once the command was accepted. @throws PhoneError why it was not. */
  perform(ordered: Ordered): Promise<null>;
  /** Applied at once, or, where it would cut a live call, as soon as that has ended. */
  configure(settings: EngineSettings): void;
  emit(event: DomainEvent): void;
  state(): PhoneState;
}

const NONE_OPENED: OpenedBackEnds = { backEnds: {}, close: () => undefined };

export function startEngine(world: EngineWorld): Engine {
  let state = NO_PHONE;
  let settings: EngineSettings | undefined;
  let next: EngineSettings | undefined;
  let opened = NONE_OPENED;
  const dialling = new Set<string>();

  function emit(event: DomainEvent): void {
    const before = state;
    state = reducePhone(before, withFacts(event, settings?.settings.country ?? 'CN', world.formatNumber));
    if (state === before) return;
    world.onChange(before, state);
    if ('callId' in event) callChanged(before.calls.byId[event.callId], state.calls.byId[event.callId]);
    if (event.type === 'forwardingAsked') world.forwarding.keep(state.profile?.id ?? '', state.line.forwarding);
    if (event.type === 'originated') dialling.clear(); // from here on the state itself tells
    if (event.type === 'capabilitiesChanged') void keepDoNotDisturb(event.link);
    answerByRule();
    // Never inside the event of a back end: it is still at work on the call that has just ended.
    if (next && liveCalls(state.calls).length === 0) world.later(0, applyNext);
  }

  const answerByRule = openAutoAnswer({
    state: () => state,
    rules: () => answeringRules(settings),
    emit,
    answer: (callId) => accept({ type: 'answer', callId }),
    beepHeard: world.beepHeard,
    later: world.later,
    monotonic: () => world.backEndWorld.monotonic(),
  });

  function applyNext(): void {
    if (next && liveCalls(state.calls).length === 0) apply(next);
  }

  function callChanged(before: Call | undefined, call: Call | undefined): void {
    if (call?.state === 'cleared' && before?.state !== 'cleared') void file(call);
    const news = forwardingNews(before, call);
    if (news) emit(news);
  }

  async function file(call: Call | undefined): Promise<void> {
    if (call?.state !== 'cleared') return;
    const profileId = state.profile?.id ?? '';
    await world.file(call, profileId);
    world.later(CLEARED_SHOWN_MS, () => emit({ type: 'filed', callId: call.id }));
  }

  function configure(wanted: EngineSettings): void {
    world.useSettings(wanted.settings);
    const links = !settings || !sameLinks(settings, wanted);
    if (links && liveCalls(state.calls).length > 0) next = wanted;
    else apply(wanted);
  }

  function apply(wanted: EngineSettings): void {
    const links = !settings || !sameLinks(settings, wanted);
    settings = wanted;
    next = undefined;
    const profile = activeProfile(wanted.settings);
    if (!links) return describe(profile);
    opened.close();
    opened = NONE_OPENED; // what those to come say while they are opened is not for these
    emit({ type: 'profileChanged', profile: profile && profileFacts(profile) });
    emit({ type: 'forwardingRecalled', forwarding: profile ? world.forwarding.recall(profile.id) : {} });
    opened = world.openBackEnds(wanted, { ...world.backEndWorld, emit }, () => settings ?? wanted);
    for (const link of LINK_IDS) void keepDoNotDisturb(link);
  }

  /** Another name or other labels of the profile in use. */
  function describe(profile: Profile | null): void {
    const facts = profile && profileFacts(profile);
    if (JSON.stringify(facts) !== JSON.stringify(state.profile)) emit({ type: 'profileDescribed', profile: facts });
  }

  /** The agent's wish goes along to the next account: to each back end that can, once it has said so. */
  async function keepDoNotDisturb(link: LinkId): Promise<void> {
    if (!state.line.doNotDisturb) return;
    const off: DomainEvent = { type: 'doNotDisturbChanged', on: false };
    const links = LINK_IDS.filter((id) => opened.backEnds[id]);
    const able = links.filter((id) => state.capabilities[id]?.commands.includes('setDoNotDisturb'));
    const allSaid = links.length > 0 && links.every((id) => state.capabilities[id]);
    if (allSaid && able.length === 0) emit(off);
    if (able.includes(link))
      await opened.backEnds[link]?.perform({ type: 'setDoNotDisturb', on: true }).catch(() => emit(off));
  }

  async function accept(command: Command): Promise<null> {
    const may = can(state, command);
    if (!may.ok) throw new PhoneError(may.reason, `${command.type} refused: ${may.reason}`);
    if (command.type === 'silenceRing') {
      emit({ type: 'ringSilenced', callId: command.callId });
      return null;
    }
    if (command.type === 'stopAutoAnswer') {
      emit({ type: 'autoAnswerChanged', callId: command.callId, to: { phase: 'heldBack' } });
      return null;
    }
    if (command.type === 'makeCall') return dial(command);
    if (command.type === 'clearAndAnswer') return endAndAnswer(command);
    await backEnd(command).perform(command);
    return null;
  }

  /** Whatever the end of the one meets with, the other is answered. */
  async function endAndAnswer({ callId, clearId }: CommandOf<'clearAndAnswer'>): Promise<null> {
    const clear: Command = { type: 'clear', callId: clearId, everyone: true };
    const answer: Command = { type: 'answer', callId };
    const answering = backEnd(answer);
    const ended = backEnd(clear).perform(clear);
    await ended.catch(() => undefined);
    await answering.perform(answer);
    return null;
  }

  /** Two clicks at once are one call: the second is told so. Only the same emergency number, twice at once, is held back. */
  async function dial(command: CommandOf<'makeCall'>): Promise<null> {
    const twice = command.emergency ? dialling.has(command.number) || justDialled(command.number) : dialling.size > 0;
    if (twice) throw new PhoneError('callInSetup', 'another call is being set up');
    dialling.add(command.number);
    try {
      await backEnd(command).perform(command);
    } finally {
      dialling.delete(command.number);
    }
    return null;
  }

  function justDialled(number: string): boolean {
    const since = world.backEndWorld.monotonic() - DOUBLE_PRESS_MS;
    return liveCalls(state.calls).some((call) => call.remote.number === number && call.createdAt > since);
  }

  function backEnd(command: Command): Backend {
    const link = linkOf(state, command);
    const found = link && opened.backEnds[link];
    if (!found) throw new PhoneError('notSupported', `no back end for ${command.type}`);
    return found;
  }

  const perform = rememberAnswers(async ({ command }) => {
    // Pressed in the moment in which the phone answers by itself: just what was asked for.
    const done = command.type === 'answer' && isAnsweredByItself(state.calls.byId[command.callId]);
    return done ? null : accept(command);
  });
  return { perform, configure, emit, state: () => state };
}

function linkOf(state: PhoneState, command: Command): LinkId | undefined {
  const callId = 'callId' in command ? command.callId : 'activeId' in command ? command.activeId : undefined;
  if (callId !== undefined) {
    const call = Object.hasOwn(state.calls.byId, callId) ? state.calls.byId[callId] : undefined;
    return isLive(call) ? call.link : undefined;
  }
  if (command.type === 'tryNow') return command.link;
  if (command.type === 'makeCall') return callLink(state);
  return LINK_IDS.find((id) => state.capabilities[id]?.commands.includes(command.type));
}

function isAnsweredByItself(call: Call | undefined): boolean {
  return isLive(call) && (call.autoAnswer?.phase === 'answering' || call.autoAnswer?.phase === 'answered');
}
