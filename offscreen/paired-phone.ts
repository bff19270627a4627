// wellCloud and SIP as one phone: the CTI server steers the calls, this browser is the agent's phone (design.md §2).
// What is shown and which link a command goes to is decided in src/domain/pair; here the two back ends are held together.
import type { Backend, World } from '../src/backends/backend';
import type { Steered } from '../src/backends/sip/steered';
import { deniesCall } from '../src/backends/wellcloud/refusals';
import type { CallId } from '../src/domain/calls';
import type { ClearCause } from '../src/domain/clear-cause';
import type { Command, CommandOf } from '../src/domain/commands';
import { isAskedFor } from '../src/domain/pair/matching';
import {
  ctiOf,
  isEnding,
  legsOf,
  NO_PAIR,
  type AskedFor,
  type LegCommand,
  type OwnDevice,
  type Pair,
  type PairLink,
} from '../src/domain/pair/pair';
import { cardOf } from '../src/domain/pair/cards';
import { routeCommand } from '../src/domain/pair/routes';
import { nextDueAt, stepPair, type PairInput } from '../src/domain/pair/step';
import type { DomainEvent } from '../src/domain/phone';
import { toPhoneError } from '../src/domain/phone-error';
import { openHeldFirst } from './held-first';

const CLEARS_WITHIN_MS = 1_000;
/** Whoever is called has not heard of it. */
const NOT_LET_THROUGH: ReadonlySet<ClearCause> = new Set([
  ...(['notAllowed', 'wrongCredentials', 'notFound', 'unavailable', 'incompleteNumber', 'redirected'] as const),
  ...(['noResponse', 'noCircuit', 'serverFailure', 'refused'] as const),
]);

interface TwoLinks {
  wellcloud(world: World): Backend;
  sip(world: World, steered: Steered): Backend;
}

/** @returns one back end that stands for both links. */
export function pairPhone(open: TwoLinks, own: OwnDevice, world: World): Backend {
  let pair: Pair = NO_PAIR;
  /** The agent link can be used at all; the agent is logged in, and it is up. */
  let steers = false;
  let steersNow = false;
  const waiting: PairInput[] = [];
  /** Told when the server has cleared what was hung up here. */
  const cleared = new Set<() => void>();
  let due: ReturnType<typeof setTimeout> | undefined;
  /** Dialled by our own line, and not answered yet. */
  let emergency:
    { readonly command: CommandOf<'makeCall'>; readonly callId?: CallId; readonly dialled: boolean } | undefined;

  /** One step after the other: what is told may lead to what is to be taken next. */
  function take(input: PairInput): void {
    waiting.push(input);
    if (waiting.length > 1) return; // taken by the loop further up
    for (let next = waiting[0]; next; next = waiting[0]) {
      const step = stepPair(pair, next, own, world.monotonic());
      pair = step.pair;
      try {
        for (const event of step.events) world.emit(event);
      } finally {
        waiting.shift();
      }
      for (const command of step.commands) void performAlone(command);
    }
    if (!isClearing(pair)) for (const tell of cleared) tell();
    watch();
  }

  function watch(): void {
    clearTimeout(due);
    const at = world.signal.aborted ? undefined : nextDueAt(pair);
    if (at !== undefined) due = setTimeout(() => take({ type: 'timePassed' }), Math.max(0, at - world.monotonic()) + 1);
  }

  const heldFirst = openHeldFirst((command) => links.wellcloud.perform(command));
  const worldOf = (from: PairLink): World => ({
    ...world,
    emit(event) {
      if (event.type === 'linkChanged' && from === 'wellcloud') steersNow = event.to.state === 'open';
      if (event.type === 'capabilitiesChanged' && from === 'wellcloud') steers = true;
      if (from === 'wellcloud') heldFirst.heard(event);
      take({ type: 'heard', from, event });
      if (from === 'sip') void retryEmergency(event);
    },
  });
  const steered: Steered = {
    isSteered(callId) {
      const card = cardOf(pair, callId);
      return card !== undefined && (ctiOf(pair, card) !== undefined || pair.asked?.card === card);
    },
    isOwnRing: ({ number }) =>
      pair.asked !== undefined && isAskedFor({ ...pair, own, at: world.monotonic() }, pair.asked, number),
  };

  /** What nobody pressed just now. A ring of our own that cannot be answered is a call that cannot be made. */
  async function performAlone({ link, command }: LegCommand): Promise<void> {
    try {
      await links[link].perform(command);
    } catch (thrown) {
      const { code } = toPhoneError(thrown);
      world.log('warning', `pair: ${command.type}: ${code}`);
      if (link === 'wellcloud' && command.type === 'clear' && code !== 'outcomeUnknown' && !deniesCall(thrown)) {
        take({ type: 'notCleared', callId: command.callId });
      }
      const card = 'callId' in command && command.callId !== undefined ? cardOf(pair, command.callId) : undefined;
      if (command.type !== 'answer' || card === undefined) return;
      world.emit({ type: 'noticed', notice: { id: crypto.randomUUID(), code, at: world.monotonic(), callId: card } });
      void performAlone({ link, command: { type: 'clear', callId: command.callId } });
    }
  }

  const perform: Backend['perform'] = async (command) => {
    switch (command.type) {
      case 'makeCall':
        return makeCall(command);
      case 'consult':
        return ctiOf(pair, command.callId) ? consult(command) : steer(command);
      case 'answer':
        return answer(command);
      case 'clear':
        return clear(command);
      default:
        return steer(command);
    }
  };
  const steer = async (command: Command): Promise<void> => {
    const { link, command: named } = routeCommand(pair, command);
    await links[link].perform(named);
  };

  /** Its SIP leg may come a moment later, and is answered then; not where the agent is told that nothing was done. */
  async function answer(command: Command & { readonly callId: CallId }): Promise<void> {
    const { callId } = command;
    if (legsOf(pair, callId).length === 0) take({ type: 'answering', callId });
    try {
      if (steersNow && ctiOf(pair, callId)) await heldFirst.holdAll((id) => isToWait(id, callId));
      await steer(command);
    } catch (error) {
      take({ type: 'notAnswering', callId });
      throw error;
    }
  }

  /** One that is hung up here is over for the agent, though the server has still to hear of it. */
  function isToWait(ctiId: CallId, answered: CallId): boolean {
    const call = [...pair.cti.values()].find(({ id }) => id === ctiId);
    if (!call || call.card === answered) return false;
    return call.letGoAt === undefined && call.hiddenUntil === undefined;
  }

  async function makeCall(command: CommandOf<'makeCall'>): Promise<void> {
    if (!steers) return links.sip.perform(command);
    if (command.emergency) return makeEmergencyCall(command);
    await serverIsFree();
    return askForCall(command);
  }

  /** Our own line dials it at once; a server may be slow, or say yes and ring nobody. It is asked where the line cannot. */
  async function makeEmergencyCall(command: CommandOf<'makeCall'>): Promise<void> {
    try {
      emergency = { command, dialled: false };
      await links.sip.perform(command);
      if (emergency) emergency = { ...emergency, dialled: true };
    } catch (noLine) {
      emergency = undefined;
      if (!steersNow) throw noLine;
      await askForCall(command).catch((error: unknown) => {
        world.log('warning', `pair: emergency call: ${toPhoneError(error).code}`);
        throw noLine; // it says what to do now
      });
    }
  }

  /** A SIP server may let an agent's line call nobody by itself: the other is asked then, once. */
  async function retryEmergency(event: DomainEvent): Promise<void> {
    if (!emergency) return;
    if (event.type === 'originated' && event.emergency) emergency = { ...emergency, callId: event.callId };
    if (!('callId' in event) || event.callId !== emergency.callId) return;
    if (event.type === 'established') return void (emergency = undefined);
    if (event.type !== 'connectionCleared') return;
    const { command, dialled } = emergency;
    emergency = undefined;
    if (!dialled || !steersNow || event.by === 'local' || !NOT_LET_THROUGH.has(event.cause)) return;
    await askForCall(command).catch((error: unknown) => {
      world.log('warning', `pair: emergency call: ${toPhoneError(error).code}`);
      const notice = { id: crypto.randomUUID(), code: 'emergencyNotPossible', at: world.monotonic() } as const;
      world.emit({ type: 'noticed', notice });
    });
  }

  async function askForCall(command: CommandOf<'makeCall'>): Promise<void> {
    const { after, ...plain } = command; // our own leg sends the digits, once the far end has answered
    const { number, emergency, extras } = plain;
    const shownAs = extras?.calledShown;
    const wishes = { ...(after !== undefined && { after }), ...(shownAs !== undefined && { shownAs }) };
    await ask({ number, ...wishes, ...(emergency && { emergency }) }, plain);
  }

  async function consult(command: CommandOf<'consult'>): Promise<void> {
    await ask({ number: command.number, consultFor: command.callId }, routeCommand(pair, command).command);
  }

  /** Hung up here is at once; the server, which takes no call before that, hears of it a moment later. */
  async function serverIsFree(): Promise<void> {
    if (!isClearing(pair)) return;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(patience);
        cleared.delete(done);
        resolve();
      };
      const patience = setTimeout(done, CLEARS_WITHIN_MS);
      cleared.add(done);
    });
  }

  async function ask(call: AskedFor, command: Command): Promise<void> {
    const id = crypto.randomUUID();
    take({ type: 'asked', id, call });
    try {
      await links.wellcloud.perform(command);
      take({ type: 'accepted', id });
    } catch (error) {
      take({ type: 'refused', id });
      throw error;
    }
  }

  /** Where the server cannot or will not, our own leg is hung up all the same: nobody listens any more. */
  async function clear(command: Command & { readonly callId: CallId }): Promise<void> {
    const { link, command: named } = routeCommand(pair, command);
    try {
      await links[link].perform(named);
    } catch (error) {
      const [leg] = legsOf(pair, command.callId);
      if (link === 'sip' || !leg) throw error;
      await links.sip.perform({ type: 'clear', callId: leg.id });
    }
  }

  world.signal.addEventListener('abort', () => clearTimeout(due));
  const links: Record<PairLink, Backend> = {
    sip: open.sip(worldOf('sip'), steered),
    wellcloud: open.wellcloud(worldOf('wellcloud')),
  };
  return { perform };
}

function isClearing({ cti }: Pair): boolean {
  return [...cti.values()].some(isEnding);
}
