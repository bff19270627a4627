import { describe, expect, test, vi } from 'vitest';
import type { Backend, World } from '../src/backends/backend';
import type { Steered } from '../src/backends/sip/steered';
import { can } from '../src/domain/can';
import { liveCalls } from '../src/domain/calls';
import type { Command } from '../src/domain/commands';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from '../src/domain/phone';
import { PhoneError } from '../src/domain/phone-error';
import { pairPhone } from './paired-phone';

/** A phone of two back ends that record what they are asked; what they tell, the test says. */
function pairedPhone() {
  const asked: string[] = [];
  let now = 0;
  const refuse = new Map<string, PhoneError>();
  let state: PhoneState = reducePhone(NO_PHONE, {
    type: 'profileChanged',
    profile: { id: 'desk', name: 'Desk', own: '8001', unencrypted: false },
  });
  const events: DomainEvent[] = [];
  const links = { sip: undefined as World | undefined, wellcloud: undefined as World | undefined };
  let steered: Steered | undefined;
  const backEnd = (link: 'sip' | 'wellcloud'): Backend => ({
    perform: async (command) => {
      asked.push(`${link} ${command.type}`);
      const error = refuse.get(`${link} ${command.type}`);
      if (error) throw error;
    },
  });
  const world = {
    emit: (event: DomainEvent) => {
      events.push(event);
      state = reducePhone(state, event);
    },
    signal: new AbortController().signal,
    monotonic: () => now,
    wall: () => 0,
    random: () => 0,
    log: () => undefined,
  } as unknown as World; // no sound in these tests
  const phone = pairPhone(
    {
      sip: (heard, told) => {
        links.sip = heard;
        steered = told;
        return backEnd('sip');
      },
      wellcloud: (heard) => {
        links.wellcloud = heard;
        return backEnd('wellcloud');
      },
    },
    { extension: '8001', prefix: '9' },
    world,
  );
  const tell = (link: 'sip' | 'wellcloud', event: DomainEvent) => links[link]?.emit(event);
  const commands = ['makeCall', 'answer', 'clear', 'decline', 'hold', 'consult'] as const;
  tell('sip', {
    type: 'capabilitiesChanged',
    link: 'sip',
    capabilities: { commands: [...commands, 'mute'], media: 'browser', maxCalls: 2 },
  });
  tell('wellcloud', {
    type: 'capabilitiesChanged',
    link: 'wellcloud',
    capabilities: { commands, media: 'external', maxCalls: 2 },
  });
  const to = (link: 'sip' | 'wellcloud', is: 'open' | 'closed') =>
    tell(link, { type: 'linkChanged', link, to: { state: is }, at: 0 });
  const appears = (callId: string, link: 'sip' | 'wellcloud', number: string) =>
    tell(link, {
      ...{ type: 'delivered', callId, link, remote: { number }, direction: 'inbound', at: 0, wallAt: 0 },
    });
  /** A call that was hung up here; the server has not said so yet. */
  const hungUp = () => {
    appears('leg', 'sip', '1001');
    appears('cti', 'wellcloud', '1001');
    tell('sip', { type: 'established', callId: 'leg', at: 0 });
    tell('sip', { type: 'connectionCleared', callId: 'leg', at: 0, by: 'local', cause: 'normal' });
  };
  const dials = (callId: string) =>
    tell('sip', {
      ...{ type: 'originated', callId, link: 'sip', remote: { number: '112' }, at: 0, wallAt: 0, emergency: true },
    });
  const pass = async (ms: number) => {
    now += ms;
    await vi.advanceTimersByTimeAsync(ms);
  };
  to('sip', 'open');
  to('wellcloud', 'open');
  tell('sip', { type: 'microphoneChanged', microphone: 'granted' });
  const allows = (command: Command) => can(state, command);
  const perform = (command: Command) => phone.perform(command);
  return {
    asked,
    refuse,
    events,
    tell,
    to,
    appears,
    hungUp,
    pass,
    dials,
    allows,
    perform,
    state: () => state,
    steered: () => steered,
  };
}
const EMERGENCY = { type: 'makeCall', number: '112', emergency: true } as const;

test('what the server steers is spoken here: mute is offered on its calls, and no call without the line', () => {
  const phone = pairedPhone();
  expect(phone.state().capabilities.wellcloud).toMatchObject({ media: 'browser', voice: 'sip' });
  expect(phone.allows({ type: 'makeCall', number: '1' })).toEqual({ ok: true });
  phone.to('sip', 'closed');
  expect(phone.allows({ type: 'makeCall', number: '1' })).toMatchObject({ ok: false });
});

test('an emergency call needs the line alone; a call like any other needs the server as well', async () => {
  const phone = pairedPhone();
  phone.to('wellcloud', 'closed');
  expect(phone.allows({ type: 'makeCall', number: '1' })).toMatchObject({ ok: false });
  expect(phone.allows(EMERGENCY)).toEqual({ ok: true });
  await phone.perform(EMERGENCY);
  expect(phone.asked).toEqual(['sip makeCall']);
});

test('an emergency call is dialled by the line at once: no server is waited for, nor a call that it still clears', () => {
  const phone = pairedPhone();
  phone.hungUp();
  void phone.perform(EMERGENCY);
  expect(phone.asked).toEqual(['sip makeCall']);
});

test('an emergency call that the line cannot make is asked of the server, and is one to the phone as well', async () => {
  const phone = pairedPhone();
  phone.refuse.set('sip makeCall', new PhoneError('emergencyNotPossible', 'test'));
  await phone.perform(EMERGENCY);
  expect(phone.asked).toEqual(['sip makeCall', 'wellcloud makeCall']);
  phone.tell('wellcloud', {
    ...{ type: 'originated', callId: 'cti', link: 'wellcloud', remote: { number: '112' }, at: 0, wallAt: 0 },
  });
  expect(liveCalls(phone.state().calls)).toMatchObject([{ id: 'cti', emergency: true }]);

  phone.refuse.set('wellcloud makeCall', new PhoneError('tooManyCalls', 'test'));
  await expect(phone.perform(EMERGENCY)).rejects.toMatchObject({ code: 'emergencyNotPossible' });
  phone.to('wellcloud', 'closed');
  phone.asked.length = 0;
  await expect(phone.perform(EMERGENCY)).rejects.toMatchObject({ code: 'emergencyNotPossible' });
  expect(phone.asked).toEqual(['sip makeCall']);
});

test.each([
  ['notAllowed', 'remote', ['sip makeCall', 'wellcloud makeCall']],
  ['busy', 'remote', ['sip makeCall']],
  ['refused', 'local', ['sip makeCall']],
] as const)(
  'an emergency call of the line that ends unanswered (%s, %s): the server is asked once, where it was never let through',
  async (cause, by, asked) => {
    const phone = pairedPhone();
    const ended = { type: 'connectionCleared', callId: 'leg', at: 0, by, cause } as const;
    phone.refuse.set('wellcloud makeCall', new PhoneError('tooManyCalls', 'test'));
    const made = phone.perform(EMERGENCY);
    phone.dials('leg');
    await made;
    phone.tell('sip', ended);
    await vi.waitFor(() => expect(phone.asked).toEqual(asked));
    await vi.waitFor(() => expect(phone.state().notices).toHaveLength(asked.length - 1));
    phone.tell('sip', ended);
    expect(phone.asked).toEqual(asked);
  },
);

test('an emergency call that the line gives up while it is dialled, or that was answered, is not made twice', async () => {
  const phone = pairedPhone();
  const ended = { type: 'connectionCleared', callId: 'leg', at: 0, by: 'system', cause: 'refused' } as const;
  phone.refuse.set('sip makeCall', new PhoneError('emergencyNotPossible', 'test'));
  const refused = phone.perform(EMERGENCY);
  phone.dials('leg');
  phone.tell('sip', ended);
  await refused;
  expect(phone.asked).toEqual(['sip makeCall', 'wellcloud makeCall']);

  phone.refuse.clear();
  const made = phone.perform(EMERGENCY);
  phone.dials('leg2');
  await made;
  phone.tell('sip', { type: 'established', callId: 'leg2', at: 0 });
  phone.tell('sip', { ...ended, callId: 'leg2' });
  expect(phone.asked).toEqual(['sip makeCall', 'wellcloud makeCall', 'sip makeCall']);
});

test('a call made right after a hang-up is asked for once the server has cleared the last, or after a second', async () => {
  vi.useFakeTimers();
  try {
    for (const clears of [true, false]) {
      const phone = pairedPhone();
      phone.hungUp();
      const made = phone.perform({ type: 'makeCall', number: '1002' });
      await vi.advanceTimersByTimeAsync(999);
      expect(phone.asked).toEqual([]);
      if (clears) {
        phone.tell('wellcloud', { type: 'connectionCleared', callId: 'cti', at: 0, by: 'local', cause: 'normal' });
      } else {
        await vi.advanceTimersByTimeAsync(1);
      }
      await made;
      expect(phone.asked).toEqual(['wellcloud makeCall']);
    }
  } finally {
    vi.useRealTimers();
  }
});

test('the ring of our own call is known to the SIP link, and only while that is asked for', async () => {
  const phone = pairedPhone();
  expect(phone.steered()?.isOwnRing({ number: '8001' })).toBe(false);
  await phone.perform({ type: 'makeCall', number: '1001' });
  expect(phone.steered()?.isOwnRing({ number: '8001' })).toBe(true);
  expect(phone.steered()?.isOwnRing({ number: '1002' })).toBe(false);
  phone.appears('leg', 'sip', '8001');
  await vi.waitFor(() => expect(phone.asked).toContain('sip answer'));
  expect(phone.steered()?.isSteered('leg')).toBe(true);
});

test('a ring of our own that cannot be answered ends the call, and says why', async () => {
  const phone = pairedPhone();
  phone.refuse.set('sip answer', new PhoneError('microphoneBusy', 'test'));
  await phone.perform({ type: 'makeCall', number: '1001' });
  phone.appears('leg', 'sip', '8001');
  await vi.waitFor(() => expect(phone.asked).toEqual(['wellcloud makeCall', 'sip answer', 'sip clear']));
  expect(phone.state().notices).toMatchObject([{ code: 'microphoneBusy', callId: 'leg' }]);
});

test('is not asked for in vain by a second press: the ring of the first is answered all the same', async () => {
  const phone = pairedPhone();
  await phone.perform({ type: 'makeCall', number: '1001' });
  phone.refuse.set('wellcloud makeCall', new PhoneError('dialledJustNow', 'test'));
  await expect(phone.perform({ type: 'makeCall', number: '1001' })).rejects.toMatchObject({ code: 'dialledJustNow' });
  phone.appears('leg', 'sip', '8001');
  expect(phone.asked).toEqual(['wellcloud makeCall', 'wellcloud makeCall', 'sip answer']);
});

test('Answer that the server refuses is over: the ring that comes later is not answered by itself', async () => {
  const phone = pairedPhone();
  phone.refuse.set('wellcloud answer', new PhoneError('commandRefused', 'test'));
  phone.appears('cti', 'wellcloud', '1001');
  await expect(phone.perform({ type: 'answer', callId: 'cti' })).rejects.toMatchObject({ code: 'commandRefused' });
  phone.appears('leg', 'sip', '1001');
  expect(phone.asked).toEqual(['wellcloud answer']);
});

test.each([
  ['serverFailed', 1],
  ['outcomeUnknown', 0],
  ['deviceStateIllegal', 0], // it may be over: the server is asked, and five seconds are given
] as const)(
  'a call that the server refuses to clear is shown again at once, where that is sure (%s)',
  async (code, cards) => {
    vi.useFakeTimers();
    try {
      const phone = pairedPhone();
      phone.hungUp();
      phone.refuse.set('wellcloud clear', new PhoneError(code, 'test'));
      await phone.pass(3_001);
      expect(phone.asked).toEqual(['wellcloud clear']);
      expect(liveCalls(phone.state().calls)).toHaveLength(cards);
      await phone.pass(5_001);
      expect(liveCalls(phone.state().calls)).toHaveLength(1);
    } finally {
      vi.useRealTimers();
    }
  },
);

test('hung up where the server does not answer: our own leg goes all the same', async () => {
  const phone = pairedPhone();
  phone.appears('leg', 'sip', '1001');
  phone.appears('cti', 'wellcloud', '1001');
  expect(liveCalls(phone.state().calls)).toHaveLength(1);
  phone.tell('sip', { type: 'signallingChanged', link: 'sip', signalling: 'lost' });
  phone.refuse.set('wellcloud clear', new PhoneError('serverSilent', 'test'));
  await phone.perform({ type: 'clear', callId: 'leg' });
  expect(phone.asked).toEqual(['wellcloud clear', 'sip clear']);
});

test('a call that is answered at another phone of the extension says that its sound is there', () => {
  const phone = pairedPhone();
  phone.appears('cti', 'wellcloud', '1001');
  phone.tell('wellcloud', { type: 'established', callId: 'cti', at: 0 });
  expect(phone.allows({ type: 'mute', callId: 'cti' })).toEqual({ ok: false, reason: 'voiceElsewhere' });
});

test('answered by its leg while call control is away, and not while the line is', () => {
  const phone = pairedPhone();
  phone.appears('leg', 'sip', '1001');
  phone.appears('cti', 'wellcloud', '1001');
  phone.tell('wellcloud', { type: 'signallingChanged', link: 'wellcloud', signalling: 'lost' });
  expect(phone.allows({ type: 'answer', callId: 'leg' })).toEqual({ ok: true });
  phone.tell('sip', { type: 'signallingChanged', link: 'sip', signalling: 'lost' });
  expect(phone.allows({ type: 'answer', callId: 'leg' })).toEqual({ ok: false, reason: 'linkLost' });
});

describe('a second customer rings while one is talked with', () => {
  const talking = () => {
    const phone = pairedPhone();
    for (const [leg, cti, number] of [
      ['leg', 'cti', '1001'],
      ['leg2', 'cti2', '1002'],
    ] as const) {
      phone.appears(leg, 'sip', number);
      phone.appears(cti, 'wellcloud', number);
      if (leg === 'leg') phone.tell('sip', { type: 'established', callId: leg, at: 0 });
      if (leg === 'leg') phone.tell('wellcloud', { type: 'established', callId: cti, at: 0 });
    }
    return phone;
  };
  const second = { type: 'answer', callId: 'leg2' } as const;

  test('answered: the server puts the first on hold before', async () => {
    const phone = talking();
    const answering = phone.perform(second);
    await Promise.resolve();
    expect(phone.asked).toEqual(['wellcloud hold']);
    phone.tell('wellcloud', { type: 'held', callId: 'cti', by: 'local' });
    await answering;
    expect(phone.asked).toEqual(['wellcloud hold', 'sip answer']);
  });

  test('a hold that the server refuses, or never tells: not answered, and said why', async () => {
    vi.useFakeTimers();
    try {
      const phone = talking();
      phone.refuse.set('wellcloud hold', new PhoneError('deviceStateIllegal', 'test'));
      await expect(phone.perform(second)).rejects.toMatchObject({ code: 'deviceStateIllegal' });
      phone.refuse.clear();
      const refusal = phone.perform(second).catch((error: unknown) => error);
      await phone.pass(3_000);
      expect(await refusal).toMatchObject({ code: 'talkingNotHeld' });
      expect(phone.asked).toEqual(['wellcloud hold', 'wellcloud hold']);
    } finally {
      vi.useRealTimers();
    }
  });

  test('answered when the first is hung up: nobody is held', async () => {
    const phone = talking();
    phone.tell('sip', { type: 'connectionCleared', callId: 'leg', at: 0, by: 'local', cause: 'normal' });
    await phone.perform(second);
    expect(phone.asked).toEqual(['sip answer']);
  });

  test('answered while call control is away: by the line alone', async () => {
    const phone = talking();
    phone.to('wellcloud', 'closed');
    await phone.perform(second);
    expect(phone.asked).toEqual(['sip answer']);
  });
});
