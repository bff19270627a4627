import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Command } from '../src/domain/commands';
import { PhoneError } from '../src/domain/phone-error';
import { NO_PHONE, reducePhone, type Snapshot } from '../src/domain/phone';
import type { HistoryRecord } from '../src/messaging/contract';
import { answered, calls, cleared, incoming, LIN, NOW, phone, snapshot } from '../tests/gallery/phone-states';
import type { PhonePort } from './phone-port';
import { createStore } from './store';

let stop = new AbortController();
beforeEach(() => {
  vi.useFakeTimers();
  stop = new AbortController();
});
afterEach(() => {
  stop.abort();
  vi.useRealTimers();
});

function open(changes: Partial<PhonePort> = {}) {
  const asked: Command[] = [];
  let tell: (snapshot: Snapshot | undefined) => void = () => undefined;
  const port: PhonePort = {
    follow: (onSnapshot) => (tell = onSnapshot),
    perform: async (command) => void asked.push(command),
    logIn: () => Promise.resolve(),
    passwordKept: () => Promise.resolve(false),
    dismiss: async () => undefined,
    recent: async () => [],
    firstLanguage: 'en',
    language: async () => 'en',
    chooseDevice: () => Promise.resolve(),
    openOptions: () => undefined,
    ...changes,
  };
  const store = createStore(port, stop.signal, () => performance.now());
  return { store, asked, tell: (next: Snapshot | undefined) => tell(next) };
}
const settle = () => vi.advanceTimersByTimeAsync(0);

test('nothing is claimed before the first snapshot; after a silence the phone is said to be starting', async () => {
  const { store } = open();
  expect(store.feed.value.heard).toBe('waiting');

  await vi.advanceTimersByTimeAsync(1_500);
  expect(store.feed.value.heard).toBe('nobody');
});

test('until the phone has been told of its account it is starting; only then it may have none', () => {
  const { store, tell } = open();
  tell(snapshot(NO_PHONE));
  expect([store.feed.value.heard, store.state.value]).toEqual(['nobody', undefined]);

  tell(snapshot(reducePhone(NO_PHONE, { type: 'profileChanged', profile: null })));
  expect(store.state.value?.profile).toBeNull();
});

test('time runs on between snapshots, so a call timer opened late is right', async () => {
  const { store, tell } = open();
  tell(snapshot(phone()));

  await vi.advanceTimersByTimeAsync(3_000);

  expect(store.now.value - NOW).toBeGreaterThanOrEqual(2_500);
  expect(store.now.value - NOW).toBeLessThanOrEqual(3_000);
});

test('a refusal stands beside what was pressed until the next order', async () => {
  const refuse = vi.fn().mockRejectedValueOnce(new PhoneError('notRegistered', '')).mockResolvedValue(undefined);
  const { store } = open({ perform: refuse });

  expect(await store.perform({ type: 'makeCall', number: '1' }, 'dial')).toBe(false);
  expect(store.refusal.value).toMatchObject({ place: 'dial', error: { code: 'notRegistered' } });

  expect(await store.perform({ type: 'makeCall', number: '1' }, 'dial')).toBe(true);
  expect(store.refusal.value).toBeUndefined();
});

test('an order that is long in being answered shows as under way until it is', async () => {
  const hold: Command = { type: 'hold', callId: 'talk' };
  const { store } = open({ perform: () => new Promise((resolve) => setTimeout(resolve, 4_000)) });
  const held = store.perform(hold, 'verbs');

  await vi.advanceTimersByTimeAsync(300);
  expect(store.working.value).toEqual([hold]);
  await vi.advanceTimersByTimeAsync(3_700);
  expect(await held).toBe(true);
  expect(store.working.value).toEqual([]);
});

test('calling back ends the call first, then dials its number; where it cannot be ended nothing is dialled', async () => {
  const { store, asked } = open();
  await store.callBack(answered('connected'));
  expect(asked).toEqual([
    { type: 'clear', callId: 'talk' },
    { type: 'makeCall', number: LIN.number },
  ]);

  const perform = vi.fn<PhonePort['perform']>().mockRejectedValue(new PhoneError('callUnknown', ''));
  await open({ perform }).store.callBack(answered('connected'));
  expect(perform).toHaveBeenCalledOnce();
});

test('tones leave in the order they were typed, each after the one before was taken', async () => {
  const left: string[] = [];
  const { store } = open({
    perform: async (command) => {
      const digits = command.type === 'sendDtmf' ? command.digits : '';
      if (digits === '1') await new Promise((resolve) => setTimeout(resolve, 200)); // the first is the slowest
      left.push(digits);
    },
  });

  for (const digits of ['1', '2', '3']) store.sendDigits({ type: 'sendDtmf', callId: 'talk', digits });
  await vi.advanceTimersByTimeAsync(300);

  expect(left).toEqual(['1', '2', '3']);
  expect(store.sent.value).toEqual({ callId: 'talk', digits: '123' });
});

test('tones sent to one call are not shown as sent to the next', () => {
  const { store } = open();

  store.sendDigits({ type: 'sendDtmf', callId: 'a', digits: '1' });
  store.sendDigits({ type: 'sendDtmf', callId: 'b', digits: '2' });

  expect(store.sent.value).toEqual({ callId: 'b', digits: '2' });
});

test('the cause of a call’s end stays readable after the engine has filed the call, then goes', async () => {
  const { store, tell } = open();
  tell(snapshot(phone({ calls: calls(cleared('busy')) }), 1));
  tell(snapshot(phone(), 2));
  expect(store.ended.value).toMatchObject({ cause: 'busy', remote: LIN });

  await vi.advanceTimersByTimeAsync(61_000);
  expect(store.ended.value).toBeUndefined();
});

test('a call that is gone without a word is looked up in the history', async () => {
  const record: HistoryRecord = {
    id: 'talk',
    direction: 'inbound',
    ...LIN,
    startedWall: 0,
    talkMs: 5_000,
    answered: true,
    cause: 'mediaFailed',
    profileId: 'desk',
  };
  const { store, tell } = open({ recent: async () => [record] });
  tell(snapshot(phone({ calls: calls(answered('connected')) }), 1));
  tell(snapshot(phone(), 2));
  await settle();

  expect(store.ended.value).toMatchObject({ id: 'talk', cause: 'mediaFailed' });
});

test('an ended call comes into the list once the engine has written it down', async () => {
  const record: HistoryRecord = {
    id: 'out',
    direction: 'outbound',
    ...LIN,
    startedWall: 0,
    talkMs: 0,
    answered: false,
    cause: 'busy',
    profileId: 'desk',
  };
  const recent = vi.fn<PhonePort['recent']>().mockResolvedValue([record]);
  recent.mockResolvedValueOnce([]).mockResolvedValueOnce([]).mockResolvedValueOnce([]); // at the opening, and twice too early
  const { store, tell } = open({ recent });
  tell(snapshot(phone(), 1));
  await settle();
  tell(snapshot(phone({ calls: calls(cleared('busy')) }), 2));
  await vi.advanceTimersByTimeAsync(500);

  expect(store.recent.value).toEqual([record]);
  expect(recent).toHaveBeenCalledTimes(4);
});

test('the live region says who calls, in the agent’s language', async () => {
  const { store, tell } = open({ language: async () => 'zh-CN' });
  await settle();
  tell(snapshot(phone(), 1));
  tell(snapshot(phone({ calls: calls(incoming()) }), 2));

  expect(store.announced.value).toBe('Jonas Weber, +49 30 12345678 来电');
});

test('the keypad closes with the last call', () => {
  const { store, tell } = open();
  tell(snapshot(phone({ calls: calls(answered('connected')) }), 1));
  store.open('keypad');
  expect(store.panel.value).toBe('keypad');

  tell(snapshot(phone(), 2));
  expect(store.panel.value).toBe('none');
});

test('a second call that rings has room: keypad and devices close, what was typed for a transfer stays', () => {
  const { store, tell } = open();
  const talking = calls(answered('connected'));
  const ringing = calls(answered('connected'), incoming());
  for (const panel of ['keypad', 'devices', 'transfer'] as const) {
    tell(snapshot(phone({ calls: talking }), 2));
    store.open(panel);
    tell(snapshot(phone({ calls: ringing }), 3));
    expect(store.panel.value).toBe(panel === 'transfer' ? 'transfer' : 'none');
    tell(snapshot(phone({ calls: talking }), 4));
  }
});

test('a history that does not answer leaves an empty list, not a broken view', async () => {
  const { store, tell } = open({ recent: () => Promise.reject(new PhoneError('engineUnavailable', '')) });
  tell(snapshot(phone()));
  await settle();

  expect(store.recent.value).toEqual([]);
});

test('two presses on Redial before the first was answered dial once, and nothing is said of a second', async () => {
  let answer: () => void = () => undefined;
  const perform = vi.fn(() => new Promise<void>((resolve) => (answer = resolve)));
  const { store } = open({ perform });

  const first = store.dial('1', 'recent');
  expect(await store.dial('1', 'recent')).toBe(false);
  answer();

  expect(await first).toBe(true);
  expect(perform).toHaveBeenCalledTimes(1);
  expect(store.refusal.value).toBeUndefined();
});

test.each([
  ['came', [phone(), phone({ calls: calls(incoming()) })]],
  ['ended', [phone({ calls: calls(answered('connected')) }), phone()]],
])('a refused dial is forgotten once a call %s: it may be possible now', async (_how, [before, after]) => {
  const { store, tell } = open({ perform: () => Promise.reject(new PhoneError('callInSetup', '')) });
  if (before) tell(snapshot(before, 1));
  await store.dial('1', 'recent');
  if (before) tell(snapshot({ ...before, silenced: ['x'] }, 2));
  expect(store.refusal.value).toMatchObject({ error: { code: 'callInSetup' } });

  if (after) tell(snapshot(after, 3));
  expect(store.refusal.value).toBeUndefined();
});

test('a half-typed number outlives a call that comes between, and goes once it was dialled', async () => {
  const { store, tell } = open();
  store.number.value = '0215555';
  tell(snapshot(phone({ calls: calls(incoming()) }), 1));
  tell(snapshot(phone(), 2));
  expect(store.number.value).toBe('0215555');

  await store.dial('9', 'recent');
  expect(store.number.value).toBe('0215555');
  await store.dial(store.number.value, 'dial');
  expect(store.number.value).toBe('');
});

test('a transfer that was asked about is made once the agent has said yes, and its form closes', async () => {
  const perform = vi.fn<PhonePort['perform']>().mockResolvedValue(undefined);
  perform.mockRejectedValueOnce(
    new PhoneError('needsConfirmation', '', { data: { risk: 'emergency', shown: '9110' } }),
  );
  const { store, tell } = open({ perform });
  tell(snapshot(phone({ calls: calls(answered('connected')) }), 1));
  store.open('transfer');
  const command = { type: 'singleStepTransfer', callId: 'talk', number: '9110' } as const;

  await store.transfer(command);
  expect(store.panel.value).toBe('transfer');
  await store.transfer(command, true);

  expect(perform).toHaveBeenLastCalledWith(command, true);
  expect(store.panel.value).toBe('none');
});

test('the form of a consultation stays open where it is refused, and closes where it is taken', async () => {
  const perform = vi.fn<PhonePort['perform']>().mockResolvedValue(undefined);
  perform.mockRejectedValueOnce(new PhoneError('notANumber', ''));
  const { store, tell } = open({ perform });
  tell(snapshot(phone({ calls: calls(answered('connected')) }), 1));
  store.open('consult');
  const command = { type: 'consult', callId: 'talk', number: '2002' } as const;

  await store.transfer(command);
  expect(store.panel.value).toBe('consult');
  expect(store.refusal.value).toMatchObject({ place: 'transfer', error: { code: 'notANumber' } });
  await store.transfer(command);

  expect(store.panel.value).toBe('none');
});

/** The agent link gives these lines. */
const withLines = (...lines: string[]) => {
  const capabilities = { commands: ['makeCall'], media: 'external', maxCalls: 2, linePrefixes: lines } as const;
  return phone({ capabilities: { wellcloud: capabilities } });
};

test('the outside line chosen beside the number field is for what is typed there, not for a redial', async () => {
  const { store, asked, tell } = open();
  tell(snapshot(withLines('0', '9'), 1));
  store.prefix.value = '9';

  await store.dial('02155550100', 'dial');
  await store.dial('02155550100', 'recent');

  expect(asked).toEqual([
    { type: 'makeCall', number: '02155550100', extras: { prefix: '9' } },
    { type: 'makeCall', number: '02155550100' },
  ]);
});

test.each([[['0', '7']], [['0']], [[]]])(
  'a chosen outside line that another login does not give is chosen no more: of %j',
  async (lines) => {
    const { store, asked, tell } = open();
    tell(snapshot(withLines('0', '9'), 1));
    store.prefix.value = '9';
    tell(snapshot(withLines(...lines), 2));

    await store.dial('02155550100', 'dial');

    expect(asked).toEqual([{ type: 'makeCall', number: '02155550100' }]);
    expect(store.prefix.value).toBeUndefined();
  },
);

test('the supervisor’s panel stays while no call lives', () => {
  const { store, tell } = open();
  tell(snapshot(phone({ calls: calls(answered('connected')) }), 1));
  store.open('supervisor');

  tell(snapshot(phone(), 2));
  expect(store.panel.value).toBe('supervisor');
});

test('why an earlier try failed goes when one dials anew, and when somebody calls', async () => {
  const { store, tell } = open();
  const busy = () => {
    tell(snapshot(phone()));
    tell(snapshot(phone({ calls: calls(cleared('busy')) }), 2));
    expect(store.ended.value?.cause).toBe('busy');
  };
  busy();
  void store.dial('1001', 'dial');
  expect(store.ended.value).toBeUndefined();
  await settle();

  busy();
  tell(snapshot(phone({ calls: calls(incoming()) }), 3));
  expect(store.ended.value).toBeUndefined();
});
