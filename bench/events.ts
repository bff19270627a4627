// What an event of a CTI server costs the offscreen document: from its bytes to the phone's state. In Node, which runs the same
// engine as Chromium; the floor is to decode and parse the same bodies.
import { openCallModel } from '../src/backends/wellcloud/call-model';
import { openEventLink } from '../src/backends/wellcloud/event-link';
import { readEvent } from '../src/backends/wellcloud/wire';
import { NO_PHONE, reducePhone } from '../src/domain/phone';
import { FakeSocket, useFakeSockets } from '../tests/integration/broker/fake-socket';

const ROUNDS = 20;
const WARM = 6_000; // as many as the model remembers, and more
const EACH = 1_000;
const OWN = '8001@test.cc';
const FAR = '13800138000@test.cc';

export interface EventFigures {
  /** Milliseconds for 1,000 events. */
  readonly taken: number[];
  /** The same bodies, decoded and parsed, no more. */
  readonly parsed: number[];
}

export async function measureEvents(): Promise<EventFigures> {
  const useRealSockets = useFakeSockets();
  const ending = new AbortController();
  let state = NO_PHONE;
  const world = {
    ...{ monotonic: () => performance.now(), wall: () => Date.now(), random: () => 0, signal: ending.signal },
    emit: (event: Parameters<typeof reducePhone>[1]) => void (state = reducePhone(state, event)),
    log() {},
  };
  const model = openCallModel({ own: OWN, world, clientState: () => Promise.reject(new Error('none')), told() {} });
  const ready = new Promise<void>((subscribed) => {
    openEventLink({
      ...{ url: 'ws://bench/', agentId: '5001@test.cc', world, callAlive: () => true, subscribed },
      ...{ missed() {}, lost() {}, ignored: { count() {} } },
      received(body) {
        const event = readEvent(body);
        if (event?.family === 'csta') model.take(event);
      },
    });
  });
  await ready;
  const frames = framesFrom(121_000);
  const say = (bytes: Uint8Array) => FakeSocket.newest?.say(bytes.slice().buffer);
  for (let count = 0; count < WARM; count += 1) say(frames.next().value);

  const figures: EventFigures = { taken: [], parsed: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const batch = Array.from({ length: EACH }, () => frames.next().value);
    figures.taken.push(timed(() => batch.forEach(say)));
    figures.parsed.push(timed(() => batch.forEach(parse)));
  }
  const [call] = Object.values(state.calls.byId);
  if (call?.state !== 'alerting') throw new Error('the events were not taken');
  ending.abort();
  useRealSockets();
  return figures;
}

/** A customer rings, and holds and comes back for ever. */
function* framesFrom(first: number): Generator<Uint8Array, never> {
  const encoder = new TextEncoder();
  for (let serial = first; ; serial += 1) {
    const at = serial - first;
    const body = JSON.stringify({
      ...{ eventName: at === 0 ? 'delivered' : at % 2 ? 'held' : 'retrieved', eventType: 'csta', serial },
      ...{ eventTime: '2018.12.24 08:59:57', namespace: 'test.cc', eventSrc: OWN, srcDeviceId: OWN, deviceId: FAR },
      ...{ callId: '6d6d2c0e-6c3a-4b2c-9c54-1a2b3c4d5e6f', localState: 'Hold', connectionId: `${OWN}|6d6d2c0e` },
      ...{ callingDevice: FAR, calledDevice: OWN, alertingDevice: OWN, holdingDevice: FAR, retrievingDevice: FAR },
      params: { _amqpTopic: 'event.csta.test.cc', agent: '5001@test.cc', subscriptionId: 'bench' },
      _type: 'component.cti.event.HeldEvent',
      topics: ['agent:5001@test.cc', 'held', `device:${OWN}`, 'csta'],
    });
    const head = `MESSAGE\nsubscription:sub-0\nmessage-id:T_sub-0@@session@@${serial}\ncontent-length:${body.length}`;
    yield encoder.encode(`${head}\n\n${body}\0\n`);
  }
}

const decoder = new TextDecoder();
function parse(frame: Uint8Array): unknown {
  const text = decoder.decode(frame);
  return JSON.parse(text.slice(text.indexOf('\n\n') + 2, -2));
}

function timed(run: () => void): number {
  const from = performance.now();
  run();
  return performance.now() - from;
}
