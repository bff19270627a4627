import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { liveCalls } from '../../domain/calls';
import { PhoneError } from '../../domain/phone-error';
import { NO_PHONE, reducePhone, type PhoneState } from '../../domain/phone';
import { openCallModel, type CallModel } from './call-model';
import type { CstaEvent } from './calls';

const [OWN, CUSTOMER, COLLEAGUE] = ['8001@test.cc', '13800138000@test.cc', '8002@test.cc'];
const AGENT = { agentId: '5001@test.cc', extensionId: OWN, agentMode: 'Ready' };

let phone: PhoneState;
let model: CallModel;
let ending: AbortController;
/** The one call that client-state names. */
let activeCall: object | undefined;
let asked: number;
let left: number;
let logged: string[];
let serverState: () => Promise<unknown>;

beforeEach(() => {
  vi.useFakeTimers();
  logged = [];
  [phone, activeCall, asked, left, ending] = [NO_PHONE, undefined, 0, 0, new AbortController()];
  serverState = async () => ({ extension: { id: OWN }, agent: { ...AGENT, ...(activeCall && { activeCall }) } });
  model = openCallModel({
    own: OWN,
    world: {
      emit: (event) => void (phone = reducePhone(phone, event)),
      monotonic: () => Date.now(),
      wall: () => Date.now(),
      log: (_level, text) => void logged.push(text),
      signal: ending.signal,
    },
    clientState: () => ((asked += 1), serverState()),
    told: () => undefined,
  });
});
afterEach(() => {
  ending.abort();
  vi.useRealTimers();
});

let serial = 100;
const of = (callId: string) => ({ family: 'csta', receiver: OWN, callId, serial: (serial += 1) }) as const;
const ends = { calling: CUSTOMER, called: OWN };
const rings = (id: string): CstaEvent => ({ ...of(id), ...ends, name: 'delivered', alerting: OWN });
const answers = (id: string): CstaEvent => ({ ...of(id), ...ends, name: 'established', answering: OWN });
const holds = (id: string): CstaEvent => ({ ...of(id), name: 'held', holding: OWN });
const clears = (id: string): CstaEvent => ({ ...of(id), name: 'connectionCleared', releasing: OWN });
const consults = (id: string): CstaEvent => ({ ...of(id), name: 'originated', calling: OWN, called: COLLEAGUE });
const active = (callId: string, state = 'Connect') => ({ callId, ani: CUSTOMER, dnis: OWN, state });
const take = (...events: CstaEvent[]) => events.forEach((event) => model.take(event));
const shown = () =>
  liveCalls(phone.calls).map(({ id, state, details }) => `${id} ${state}${details?.unconfirmed ? ' unconfirmed' : ''}`);
const refusal = (status: number) => new PhoneError('commandRefused', 'no', { data: { status: String(status) } });

describe('a queue’s call that the server names before it rings', () => {
  const cards = () => Object.values(phone.calls.byId).map(({ direction, state }) => `${direction} ${state}`);

  test('is shown once it rings here, as a call to us', async () => {
    activeCall = active('c-1', 'Initiate');
    await model.resync();
    expect([cards(), model.isAlive()]).toEqual([[], true]);
    take(rings('c-1'));
    expect(cards()).toEqual(['inbound alerting']);
    take(answers('c-1'));
    expect(cards()).toEqual(['inbound connected']);
  });

  test('goes on ringing when it is named so after it rang, and ends', async () => {
    take(rings('c-1'));
    activeCall = active('c-1', 'Initiate');
    await model.resync();
    expect(cards()).toEqual(['inbound alerting']);
    take(clears('c-1'));
    expect(shown()).toEqual([]);
  });

  test('is never shown when it ends before it rings', async () => {
    activeCall = active('c-1', 'Initiate');
    await model.resync();
    take(clears('c-1'));
    expect([cards(), model.isAlive()]).toEqual([[], false]);
  });

  test('answered while nothing was heard, it is a call to us that is talked in', async () => {
    activeCall = active('c-1', 'Initiate');
    await model.resync();
    activeCall = active('c-1', 'Connect');
    await model.resync();
    expect(cards()).toEqual(['inbound connected']);
  });
});

test('our own call that the server names before its events is shown at once, as ours', async () => {
  activeCall = { ...active('c-1', 'Initiate'), ani: OWN, dnis: CUSTOMER };
  await model.resync();
  expect(Object.values(phone.calls.byId)).toMatchObject([{ direction: 'outbound', state: 'initiated' }]);
});

describe('an event shows that others are missing', () => {
  test('established for a call never seen: the server is asked, and its call is shown within three seconds', async () => {
    activeCall = active('lost');
    take(answers('lost'));
    expect(shown()).toEqual([]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect([asked, shown()]).toEqual([1, ['lost connected']]);
  });

  test('and where the server knows no such call, none is', async () => {
    take(answers('lost'));
    await vi.advanceTimersByTimeAsync(3_000);
    expect([asked, shown()]).toEqual([1, []]);
  });

  test('a release told twice changes nothing and asks nothing', async () => {
    take(rings('a'), answers('a'));
    const release = clears('a');
    take(release, release);
    await vi.advanceTimersByTimeAsync(10_000);
    expect([asked, shown()]).toEqual([0, []]);
  });

  test('a gap in the serials: what was missed in it is put right within three seconds', async () => {
    take(rings('a'), answers('a'));
    const missed = holds('a');
    activeCall = active('a', 'Hold');
    take({ ...of('a'), name: 'recordStarted' });
    expect([missed.name, shown()]).toEqual(['held', ['a connected']]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shown()).toEqual(['a held']);
  });

  test('where gaps are no losses, as copies for others count too, the server is asked ever less', async () => {
    activeCall = active('a');
    take(rings('a'), answers('a'));
    for (let second = 0; second < 120; second += 1) {
      serial += 3;
      take({ ...of('a'), name: 'recordStarted' });
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(asked).toBeLessThan(12);
    expect(shown()).toEqual(['a connected']);
  });

  test('an audit each half minute while a call lives, none without', async () => {
    take(rings('a'));
    await vi.advanceTimersByTimeAsync(29_000);
    expect(asked).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect([asked, shown()]).toEqual([1, []]); // the server knows of no call
    await vi.advanceTimersByTimeAsync(120_000);
    expect(asked).toBe(1);
  });

  test('a call that the server denied and then tells of again is shown again', async () => {
    take(rings('a'));
    await model.resync();
    expect(shown()).toEqual([]);
    activeCall = active('a');
    take(answers('a'));
    await vi.advanceTimersByTimeAsync(3_000);
    expect(shown()).toEqual(['a#2 connected']);
    expect(model.serverId('a#2')).toBe('a');
  });
});

test('asked each half minute in a consultation, the server names that call: the customer who waits is in no doubt', async () => {
  take(rings('a'), answers('a'), holds('a'), consults('b'));
  take({ ...of('b'), calling: OWN, called: COLLEAGUE, name: 'established', answering: COLLEAGUE });
  activeCall = active('b');
  await vi.advanceTimersByTimeAsync(31_000);
  expect([asked, shown()]).toEqual([1, ['a held', 'b connected']]);
});

describe('after a gap client-state names one call; the other', () => {
  beforeEach(async () => {
    take(rings('a'), answers('a'), holds('a'), consults('b'));
    activeCall = active('b');
    await model.resync();
  });

  test('stays, and is marked until an event tells of it', () => {
    expect(shown()).toEqual(['a held unconfirmed', 'b connected']);
    take({ ...of('a'), name: 'retrieved', retrieving: OWN });
    expect(shown()).toEqual(['a connected', 'b connected']);
  });

  test('is over once the server refuses a command on it, and still names another', async () => {
    const no = refusal(404);
    await expect(model.settle('a', Promise.reject(no), false)).rejects.toBe(no);
    expect(shown()).toEqual(['b connected']);
  });

  test('lives where the server, asked again, names it', async () => {
    activeCall = active('a', 'Hold');
    await expect(model.settle('a', Promise.reject(refusal(404)), false)).rejects.toThrow('no');
    expect(shown()).toEqual(['a held', 'b connected unconfirmed']);
  });

  test.each([408, 429, 500, 503])('stays where the server only says "later" (%i)', async (status) => {
    await expect(model.settle('a', Promise.reject(refusal(status)), false)).rejects.toThrow('no');
    expect(shown()).toEqual(['a held unconfirmed', 'b connected']);
  });

  test('stays where the server cannot be asked', async () => {
    serverState = () => Promise.reject(new PhoneError('serverSilent', 'no answer'));
    await model.resync().catch(() => undefined);
    expect(shown()).toEqual(['a held unconfirmed', 'b connected']);
  });
});

test('an answer that makes no sense changes nothing', async () => {
  take(rings('a'));
  for (const odd of ['<html>', [], { extension: 1, agent: { agentMode: 7 } }, 7, null]) {
    serverState = async () => odd;
    await expect(model.resync()).rejects.toMatchObject({ code: 'serverOdd' });
  }
  expect(shown()).toEqual(['a alerting']);
});

test('what comes while the server is asked is told after its answer', async () => {
  let answer: (state: unknown) => void = () => undefined;
  serverState = () => new Promise((resolve) => (answer = resolve));
  const resynced = model.resync();
  take(rings('new'));
  expect(shown()).toEqual([]);
  answer({ extension: { id: OWN }, agent: AGENT });
  await resynced;
  expect(shown()).toEqual(['new alerting']);
});

describe('the agent is logged off in a call', () => {
  beforeEach(() => take(rings('talk'), answers('talk'), rings('ring')));

  test('the ring stops, the call one talks in stays until its end is told', () => {
    model.leave(() => (left += 1));
    expect([shown(), left]).toEqual([['talk connected unconfirmed'], 0]);
    take(rings('later'));
    expect(shown()).toEqual(['talk connected unconfirmed']);
    take(clears('talk'));
    expect([shown(), left]).toEqual([[], 1]);
  });

  test('hanging up ends it, though no event tells so', async () => {
    model.leave(() => (left += 1));
    await model.settle('talk', Promise.resolve(), true);
    await vi.advanceTimersByTimeAsync(3_000);
    expect([shown(), left]).toEqual([[], 1]);
  });

  test('and so does a server that knows it no more', async () => {
    serverState = async () => ({ extension: null, agent: null });
    model.leave(() => (left += 1));
    await expect(model.settle('talk', Promise.reject(refusal(404)), true)).rejects.toThrow('no');
    expect([shown(), left]).toEqual([[], 1]);
  });

  test('with no call to keep, it is left at once', () => {
    take(clears('talk'));
    model.leave(() => (left += 1));
    expect([shown(), left]).toEqual([[], 1]);
  });

  test('logged in here again, the call goes on, and the server is asked about it', async () => {
    model.leave(() => (left += 1));
    model.reset();
    activeCall = active('talk');
    await vi.advanceTimersByTimeAsync(3_000);
    expect([shown(), left]).toEqual([['talk connected'], 0]);
  });
});

test('a call that is listened to says whose it is, also after its ids changed; taken over it is one’s own', () => {
  const listening = () => Object.values(phone.calls.byId).map(({ details }) => details?.listening);
  model.listens('c1', '8002');
  model.take(rings('c1'));
  model.take(answers('c1'));
  expect(listening()).toEqual(['8002']);

  model.take({
    ...of('c2'),
    ...{ name: 'transferred', primaryOldCall: 'c1', secondaryOldCall: 'c1', newCall: 'c2' },
    ...{ transferring: COLLEAGUE, transferredTo: OWN },
  });
  expect(listening()).toEqual(['8002']);
  model.take(clears('c2'));

  model.listens('c1', undefined);
  model.take(rings('c3'));
  expect(listening().at(-1)).toBeUndefined();
});

describe('hung up at a server that says we are logged off', () => {
  const OUT = ['agentLoggedOut', 'agentNotLoggedIn', 'sessionExpired'] as const;
  const hangUp = (code: (typeof OUT)[number]) =>
    model.settle('c-1', Promise.reject(new PhoneError(code, 'no')), true).then(
      () => 'done',
      (error: unknown) => (error as PhoneError).code,
    );
  beforeEach(() => {
    take(rings('c-1'), answers('c-1'));
  });

  test.each(OUT)('%s: a call that may be over is taken for over, and the log says so', async (code) => {
    model.leave(() => (left += 1));
    expect(shown()).toEqual(['c-1 connected unconfirmed']);
    expect(await hangUp(code)).toBe('done');
    expect([shown(), left]).toEqual([[], 1]);
    expect(logged.join()).toContain('taken for over');
  });

  test.each(OUT)('%s: a call that the server has confirmed stays, and the agent is told', async (code) => {
    expect(await hangUp(code)).toBe(code);
    expect(shown()).toEqual(['c-1 connected']);
  });

  test('to hold it takes nothing away', async () => {
    model.leave(() => (left += 1));
    const hold = model.settle('c-1', Promise.reject(new PhoneError('agentNotLoggedIn', 'no')), false);
    await expect(hold).rejects.toMatchObject({ code: 'agentNotLoggedIn' });
    expect(shown()).toEqual(['c-1 connected unconfirmed']);
  });
});
