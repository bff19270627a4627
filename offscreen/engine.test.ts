import * as v from 'valibot';
import { expect, test } from 'vitest';
import type { Backend } from '../src/backends/backend';
import { SipSettings } from '../src/backends/sip/settings';
import type { Call } from '../src/domain/calls';
import type { Command } from '../src/domain/commands';
import type { LinkId } from '../src/domain/links';
import type { DomainEvent } from '../src/domain/phone';
import { PhoneError } from '../src/domain/phone-error';
import { DEFAULT_SETTINGS, type EngineSettings, type Profile, type Settings } from '../src/settings/schema';
import { startEngine } from './engine';

const profile = (user: string): Profile => ({
  id: 'desk',
  name: 'Desk',
  voice: v.parse(SipSettings, {
    kind: 'sip',
    servers: ['wss://pbx.example.com/'],
    domain: 'pbx.example.com',
    user,
  }),
  agent: null,
});
const settingsFor = (user: string): EngineSettings => ({
  settings: { ...DEFAULT_SETTINGS, profiles: [profile(user)], activeProfile: 'desk' },
  instanceId: 'i',
  secrets: { 'sip:desk': 'secret' },
});

/** An engine with a back end that records what it is asked and says nothing of its own. */
function desk(others: Partial<Record<LinkId, Backend>> = {}) {
  const asked: Command[] = [];
  const opened: { user: string; open: boolean }[] = [];
  const filed: Call[] = [];
  const kept: unknown[] = [];
  const later: (() => void)[] = [];
  const used: Settings[] = [];
  let answer: () => Promise<void> = () => Promise.resolve();
  const sip: Backend = {
    perform: (command) => {
      asked.push(command);
      return answer();
    },
  };
  const engine = startEngine({
    openBackEnds({ settings }) {
      const one = { user: settings.profiles[0]?.voice?.user ?? '', open: true };
      opened.push(one);
      return {
        backEnds: { sip, ...others },
        close: () => {
          one.open = false;
        },
      };
    },
    onChange: () => undefined,
    useSettings: (next) => void used.push(next),
    file: async (call) => void filed.push(call),
    formatNumber: (number) => `[${number}]`,
    forwarding: { recall: () => ({}), keep: (...what) => void kept.push(what) },
    beepHeard: () => Promise.resolve(true),
    later: (_delayMs, run) => void later.push(run),
    backEndWorld: {
      monotonic: () => 0,
      wall: () => 0,
      random: () => 0,
      media: {
        openMicrophone: () => Promise.reject(new Error('not here')),
        onMicrophoneChange: () => undefined,
        isCurrent: () => true,
        playRemote: () => undefined,
        openMeter: () => ({ level: () => 0, close: () => undefined }),
        openMix: () => {
          throw new Error('not here');
        },
      },
      log: () => undefined,
    },
  });
  engine.configure(settingsFor('1001'));
  const ready: DomainEvent[] = [
    {
      type: 'capabilitiesChanged',
      link: 'sip',
      capabilities: { commands: ['makeCall', 'answer', 'clear'], media: 'browser', maxCalls: 2 },
    },
    { type: 'microphoneChanged', microphone: 'granted' },
    { type: 'linkChanged', link: 'sip', to: { state: 'open' }, at: 0 },
  ];
  ready.forEach((event) => engine.emit(event));
  return {
    engine,
    asked,
    opened,
    filed,
    kept,
    later,
    used,
    onPerform: (next: () => Promise<void>) => {
      answer = next;
    },
  };
}
const makeCall = (commandId: string, number = '13800138000') =>
  ({ commandId, command: { type: 'makeCall', number } }) as const;
const QUIET = { tone: 'chime', volume: 0.1, notifications: true } as const;
const originated: DomainEvent = {
  type: 'originated',
  callId: 'a',
  link: 'sip',
  remote: { number: '13800138000' },
  at: 1,
  wallAt: 1,
};
const cleared: DomainEvent = { type: 'connectionCleared', callId: 'a', at: 2, by: 'remote', cause: 'busy' };

test('a command sent again after the worker died dials once and gets its first answer', async () => {
  const { engine, asked } = desk();

  await engine.perform(makeCall('same'));
  await engine.perform(makeCall('same'));

  expect(asked).toHaveLength(1);
});

test('a refusal is repeated too, not tried again', async () => {
  const { engine, asked, onPerform } = desk();
  onPerform(() => Promise.reject(new PhoneError('microphoneBusy', 'held elsewhere')));

  await expect(engine.perform(makeCall('same'))).rejects.toMatchObject({ code: 'microphoneBusy' });
  await expect(engine.perform(makeCall('same'))).rejects.toMatchObject({ code: 'microphoneBusy' });
  expect(asked).toHaveLength(1);
});

test('two clicks at once are one call', async () => {
  const { engine, asked } = desk();

  const both = await Promise.allSettled([engine.perform(makeCall('first')), engine.perform(makeCall('second'))]);

  expect(both.map((one) => one.status)).toEqual(['fulfilled', 'rejected']);
  expect(asked).toHaveLength(1);
});

test('after a failed attempt the next one is free', async () => {
  const { engine, asked, onPerform } = desk();
  onPerform(() => Promise.reject(new PhoneError('serverRefused', 'no')));
  await expect(engine.perform(makeCall('first'))).rejects.toMatchObject({ code: 'serverRefused' });
  onPerform(() => Promise.resolve());

  await engine.perform(makeCall('second'));

  expect(asked).toHaveLength(2);
});

test('numbers are shown in normal form wherever they come from', () => {
  const { engine } = desk();
  engine.emit(originated);

  expect(engine.state().calls.byId['a']?.remote.shown).toBe('[13800138000]');
  engine.emit({ type: 'detailsChanged', callId: 'a', details: {}, remote: { number: '8002' } });
  expect(engine.state().calls.byId['a']?.remote).toEqual({ number: '8002', shown: '[8002]' });
});

test('an ended call goes to the history first and leaves the screen later', async () => {
  const { engine, filed, later } = desk();
  engine.emit(originated);
  engine.emit(cleared);
  await Promise.resolve();
  await Promise.resolve();

  expect(filed).toMatchObject([{ id: 'a', state: 'cleared', cause: 'busy' }]);
  expect(engine.state().calls.byId['a']).toBeDefined();
  later.forEach((run) => run());
  expect(engine.state().calls.byId['a']).toBeUndefined();
});

test('another account waits for the end of the call; devices and volumes do not', () => {
  const { engine, opened, later, used } = desk();
  engine.emit(originated);

  engine.configure({ ...settingsFor('1002'), settings: { ...settingsFor('1002').settings, ringing: QUIET } });
  expect(used.at(-1)?.ringing).toEqual(QUIET);
  expect(opened).toEqual([{ user: '1001', open: true }]);

  engine.emit(cleared);
  expect(opened).toEqual([{ user: '1001', open: true }]); // not inside the event of the back end that is closed
  later.forEach((run) => run());
  expect(opened).toEqual([
    { user: '1001', open: false },
    { user: '1002', open: true },
  ]);
});

test('settings that leave the account as it is reopen nothing', () => {
  const { engine, opened } = desk();
  const same = settingsFor('1001');
  engine.configure({ ...same, settings: { ...same.settings, language: 'zh-CN' } });

  expect(opened).toEqual([{ user: '1001', open: true }]);
});

const says = (link: LinkId, ...commands: Command['type'][]): DomainEvent => ({
  type: 'capabilitiesChanged',
  link,
  capabilities: { commands, media: 'browser', maxCalls: 2 },
});

test('do not disturb goes along to another account, once its back end says that it can', () => {
  const { engine, asked } = desk();
  engine.emit({ type: 'doNotDisturbChanged', on: true });
  engine.configure(settingsFor('1002'));
  expect(asked).toEqual([]);

  engine.emit(says('sip', 'setDoNotDisturb'));

  expect(asked).toEqual([{ type: 'setDoNotDisturb', on: true }]);
  expect(engine.state().line.doNotDisturb).toBe(true);
});

test('a back end that knows no do not disturb is not asked for it, and does not end it for the others', async () => {
  const cti = { asked: 0, perform: () => Promise.reject(new PhoneError('notSupported', `asked ${++cti.asked} times`)) };
  const { engine, asked } = desk({ wellcloud: cti });
  engine.emit({ type: 'doNotDisturbChanged', on: true });
  engine.configure(settingsFor('1002'));
  engine.emit(says('wellcloud', 'makeCall'));
  engine.emit(says('sip', 'setDoNotDisturb'));
  await Promise.resolve();

  expect([asked.length, cti.asked, engine.state().line.doNotDisturb]).toEqual([1, 0, true]);
});

test('an account where nothing can turn callers away does not claim to', () => {
  const { engine } = desk();
  engine.emit({ type: 'doNotDisturbChanged', on: true });
  engine.configure(settingsFor('1002'));

  engine.emit(says('sip', 'makeCall'));

  expect(engine.state().line.doNotDisturb).toBe(false);
});

test('a call that was turned away is filed', async () => {
  const { engine, filed } = desk();

  engine.emit({ ...originated, type: 'turnedAway', cause: 'doNotDisturb' });

  expect(filed).toMatchObject([{ cause: 'doNotDisturb', remote: { shown: '[13800138000]' } }]);
});

test('forwarding is believed once the server has taken the code, and kept; a refusal is told', () => {
  const { engine, kept } = desk();
  const forwards = { kind: 'always', number: '2002' } as const;
  engine.emit({ ...originated, forwards });
  expect(engine.state().line.forwarding).toEqual({});
  engine.emit({ type: 'established', callId: 'a', at: 2 });

  expect(engine.state().line.forwarding).toEqual({ always: { number: '2002', askedAt: 1 } });
  expect(kept).toEqual([['desk', engine.state().line.forwarding]]);

  engine.emit({ ...originated, callId: 'b', forwards: { kind: 'always', number: null } });
  engine.emit({ ...cleared, callId: 'b' } as DomainEvent);
  expect(engine.state().line.forwarding).toMatchObject({ always: { number: '2002' } });
  expect(engine.state().notices).toMatchObject([{ code: 'forwardingRefused' }]);
});

test('an emergency call is one also where a desk phone dialled it, or the browser was restarted since; a caller’s is none', () => {
  const { engine } = desk();
  const call = { ...originated, remote: { number: '110' } };

  engine.emit(call);
  engine.emit({ ...call, type: 'delivered', direction: 'outbound', callId: 'recovered' });
  engine.emit({ ...call, type: 'delivered', direction: 'inbound', callId: 'calls us' });

  const { byId } = engine.state().calls;
  expect(Object.values(byId).map(({ id, emergency }) => [id, emergency])).toEqual([
    ['a', true],
    ['recovered', true],
    ['calls us', undefined],
  ]);
});

test('a mailbox that names an emergency number is nothing to press', () => {
  const { engine } = desk();

  engine.emit({ type: 'messagesChanged', messages: { waiting: true, fresh: 1, number: '110' } });

  expect(engine.state().line.messages).toEqual({ waiting: true, fresh: 1 });
});

test('an emergency number is dialled while another call hangs in its set-up, and a double press is still one call', async () => {
  const { engine, asked, onPerform } = desk();
  onPerform(() => new Promise(() => undefined)); // the microphone of the first call never answers
  void engine.perform(makeCall('hangs'));
  onPerform(() => Promise.resolve());
  const emergency = (commandId: string) =>
    engine.perform({ commandId, command: { type: 'makeCall', number: '110', emergency: true } });

  await emergency('first press');
  engine.emit({ ...originated, callId: 'sos', remote: { number: '110' } });

  expect(asked.map((command) => command.type === 'makeCall' && command.number)).toEqual(['13800138000', '110']);
  await expect(emergency('second press')).rejects.toMatchObject({ code: 'callInSetup' });
});

test('End and answer ends the one and answers the other, even where the goodbye fails', async () => {
  const { engine, asked, onPerform } = desk();
  const rings = (callId: string): DomainEvent => ({ ...originated, type: 'delivered', direction: 'inbound', callId });
  [rings('a'), { type: 'established', callId: 'a', at: 1 } as const, rings('b')].forEach((event) => engine.emit(event));
  onPerform(() =>
    asked.length === 1 ? Promise.reject(new PhoneError('serverSilent', 'no answer')) : Promise.resolve(),
  );

  await engine.perform({ commandId: 'e', command: { type: 'clearAndAnswer', callId: 'b', clearId: 'a' } });

  expect(asked).toEqual([
    { type: 'clear', callId: 'a', everyone: true },
    { type: 'answer', callId: 'b' },
  ]);
});

test('Answer pressed in the moment in which the phone answers by itself is no mistake, and asked once', async () => {
  const { engine, asked } = desk();
  engine.emit({ ...originated, type: 'delivered', direction: 'inbound' });
  engine.emit({ type: 'autoAnswerChanged', callId: 'a', to: { phase: 'answering' } });

  await engine.perform({ commandId: 'now', command: { type: 'answer', callId: 'a' } });
  engine.emit({ type: 'established', callId: 'a', at: 3 });
  await engine.perform({ commandId: 'late', command: { type: 'answer', callId: 'a' } });

  expect(asked).toEqual([]);
});

test('another name of the profile is shown at once, and no link is opened anew', () => {
  const { engine, opened } = desk();
  engine.emit(originated);

  const now = settingsFor('1001');
  engine.configure({ ...now, settings: { ...now.settings, profiles: [{ ...profile('1001'), name: 'Desk 4' }] } });

  expect(engine.state().profile?.name).toBe('Desk 4');
  expect(engine.state().links.sip?.state).toBe('open');
  expect(opened).toHaveLength(1);
});
