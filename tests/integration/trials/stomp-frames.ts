// Damaged STOMP frames through the real event link, decoder and call model, over a socket without a network: after each the link
// is alive, or has been opened anew; it is never deaf, and nothing is thrown.
import { openCallModel } from '../../../src/backends/wellcloud/call-model';
import { openEventLink } from '../../../src/backends/wellcloud/event-link';
import { readEvent } from '../../../src/backends/wellcloud/wire';
import { NO_PHONE, reducePhone } from '../../../src/domain/phone';
import { copies, fixtureNames } from '../../fixtures/wellclient';
import { damaged } from './damage';
import { FakeSocket, useFakeSockets } from '../broker/fake-socket';
import { hurryTimers } from './hurry';
import { chance, type Chance } from './random';

export interface StompFramesSeen {
  readonly alive: number;
  /** The link was opened anew. */
  readonly reset: number;
  /** Frames left out or mended while the link stayed. */
  readonly leftOut: number;
}

const OWN = '8001@test.cc';
/** How long a frame may take, and CONNECTED; here little. */
const PATIENCE_MS = 5_000;
const HURRIED_MS = 2;
const TRIES = 2;

export async function tryStompFrames(count: number, seed: number): Promise<StompFramesSeen> {
  const slowDown = hurryTimers(PATIENCE_MS, HURRIED_MS);
  const useRealSockets = useFakeSockets();
  const thrown: unknown[] = [];
  const realLog = console.log;
  console.log = (...said: unknown[]) => void thrown.push(said); // where the STOMP library puts what a handler throws
  const random = chance(seed);
  const samples = sampleFrames();
  const seen = { alive: 0, reset: 0, leftOut: 0 };
  const heard = new Set<string>();
  let state = NO_PHONE;
  const ending = new AbortController();
  const world = {
    ...{ monotonic: () => performance.now(), wall: () => Date.now(), random: () => 0, signal: ending.signal },
    emit: (event: Parameters<typeof reducePhone>[1]) => void (state = reducePhone(state, event)),
    log: (_level: string, text: string) => void (text.includes('could not be taken') && thrown.push(text)),
  };
  const model = openCallModel({ own: OWN, world, clientState: () => Promise.reject(new Error('none')), told() {} });
  const link = openEventLink({
    ...{ url: 'ws://broker.test/', agentId: '5001@test.cc', world, callAlive: () => true },
    ...{ subscribed() {}, missed() {}, lost() {} },
    ignored: { count: () => void (seen.leftOut += 1) },
    received(body) {
      heard.add(body);
      const event = readEvent(body);
      if (event?.family === 'csta') model.take(event);
    },
  });
  try {
    for (let sent = 0; sent < count; sent += 1) {
      await soon('subscribed', () => link.isUp());
      const socket = FakeSocket.newest;
      deliver(socket, damaged(random.pick(samples), random), random);
      // Some of what follows may be taken for the rest of a frame that was cut; not for long.
      const says = () => FakeSocket.newest?.say(message(`after ${sent}`));
      for (let tries = 0; tries < TRIES; tries += 1) says();
      await soon(`alive after frame ${sent} of seed ${seed}`, () => {
        if (link.isUp()) says();
        return heard.has(`after ${sent}`);
      });
      if (FakeSocket.newest === socket) seen.alive += 1;
      else seen.reset += 1;
      heard.clear();
      if (thrown.length > 0) throw new Error(`frame ${sent} of seed ${seed}: ${String(thrown[0])}`);
    }
    return seen;
  } finally {
    link.close();
    ending.abort();
    console.log = realLog;
    useRealSockets();
    slowDown();
  }
}

/** Looks at each turn of the event loop: there are thousands of these. */
async function soon(what: string, isTrue: () => boolean): Promise<void> {
  for (const until = performance.now() + 5_000; !isTrue();) {
    if (performance.now() > until) throw new Error(`never ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** In one piece or in two; as text or as bytes. */
function deliver(socket: FakeSocket | undefined, frame: string, random: Chance): void {
  const cut = random.below(frame.length + 1);
  const pieces = random.below(4) === 0 ? [frame.slice(0, cut), frame.slice(cut)] : [frame];
  for (const piece of pieces) socket?.say(random.below(2) === 0 ? piece : new TextEncoder().encode(piece).buffer);
}

function message(body: string, more = ''): string {
  return `MESSAGE\nsubscription:sub-0\nmessage-id:1\ndestination:/topic/x\n${more}\n${body}\0`;
}

/** Every recorded event, with and without its length, and what else a broker says. */
function sampleFrames(): string[] {
  const bodies = fixtureNames('scenario').flatMap((scenario) => copies(scenario).map(({ body }) => body));
  const length = (body: string) => `content-length:${new TextEncoder().encode(body).length}\n`;
  return [
    ...bodies.map((body) => message(body, length(body))),
    ...bodies.map((body) => `${message(body)}\n`),
    'CONNECTED\nversion:1.1\nheart-beat:10000,10000\nserver:RabbitMQ/3.10.8\n\n\0\n',
    'RECEIPT\nreceipt-id:subscribed\n\n\0',
    'ERROR\nmessage:Unknown destination\ncontent-type:text/plain\ncontent-length:2\n\nno\0',
    '\n',
  ];
}
