import { beforeEach, describe, expect, test } from 'vitest';
import * as v from 'valibot';
import type { AgentState } from '../../domain/agent';
import type { Command, VendorCommandName } from '../../domain/commands';
import { PhoneError } from '../../domain/phone-error';
import type { CstaEvent, WellCall } from './calls';
import { openCommands, type AgentCommands } from './commands';
import { openDialPlan } from './dial-plan';
import type { Asked } from './refusals';
import type { HttpRequest } from './requests';
import { WellcloudSettings } from './settings';

const IDENTITY = { agentId: '5001@test.cc', device: '8001@test.cc', domain: 'test.cc' };
const CONNECTION = '/api/csta/callControl/calls/s-1/connections/8001@test.cc%7Cs-1';

let sent: { request: HttpRequest; about: Partial<Asked> }[];
let answers: Record<string, unknown>;
let taken: CstaEvent[];
let pending: (readonly [AgentState, string | undefined])[];
let now: number;
let agentState: AgentState;
let loggedOn: boolean;
let doubts: number;
/** The server's id of each live call, by ours. */
let listened: (readonly [string, string | undefined])[];
let live: Record<string, WellCall['own']>;

beforeEach(() => {
  sent = [];
  answers = {};
  taken = [];
  pending = [];
  now = 100_000;
  agentState = 'ready';
  loggedOn = true;
  doubts = 0;
  live = {};
  listened = [];
});

function open(settings: Partial<WellcloudSettings> = {}): AgentCommands {
  const account = { agent: '5001', extension: '8001', domain: 'test.cc', server: 'https://cc.example' };
  const profile = v.parse(WellcloudSettings, { kind: 'wellcloud', ...account, prefix: '9', ...settings });
  return openCommands({
    settings: profile,
    plan: openDialPlan(profile),
    identity: IDENTITY,
    world: { monotonic: () => now },
    session: {
      isLoggedOn: () => loggedOn,
      async command(request, about = {}) {
        sent.push({ request, about });
        const answer = answers[request.path.split('/').at(-1) ?? ''];
        if (answer instanceof Error) throw answer;
        if (request.path.endsWith('/hold')) live = { ...live, [ourId(request.path)]: 'held' };
        return answer;
      },
    },
    model: {
      isAlive: () => Object.keys(live).length > 0,
      serverId(callId) {
        if (!Object.hasOwn(live, callId)) throw new PhoneError('callUnknown', 'no such call');
        return callId.replace('c', 's');
      },
      isLeaving: () => false,
      doubt: () => void (doubts += 1),
      settle: (_callId, sending) => sending,
      find: (callId) => ({ own: live[callId] }) as WellCall, // no more is looked at
      listens: (...what) => void listened.push(what),
      take: (event) => void taken.push(event),
      talking: () => Object.keys(live).filter((callId) => live[callId] === 'connected'),
      until: (isSo) => Promise.resolve(isSo()),
    },
    agentState: () => agentState,
    pending: (state, reason) => void pending.push([state, reason]),
  });
}
const ourId = (path: string) => (path.split('/').find((part) => part.startsWith('s-')) ?? '').replace('s', 'c');
const requests = () => sent.map(({ request }) => request);
const refusal = (code: string) => expect.objectContaining({ code }) as Error;

describe('making a call', () => {
  const dial: Command = { type: 'makeCall', number: '13800138000' };

  test('with the profile’s prefix, and what it says of the number shown and call progress', async () => {
    await open({ callerShown: '02138834600', callProgress: true }).perform(dial);
    expect(requests()[0]?.json).toEqual({
      ...{ from: '8001@test.cc', to: '913800138000', destForDisplay: '8001' },
      ...{ originForDisplay: '02138834600', cpa: '1' },
    });
  });

  test('an application’s extras are honoured: the number that the agent’s phone shows, the caller’s, data, no analysis', async () => {
    const extras = { callerShown: '400', calledShown: '138****8000', callProgress: false, data: { order: '7' } };
    await open({ callerShown: '02138834600', callProgress: true }).perform({ ...dial, extras });
    expect(requests()[0]?.json).toEqual({
      ...{ from: '8001@test.cc', to: '913800138000', destForDisplay: '138****8000' },
      ...{ originForDisplay: '400', contextId: '{"order":"7"}' },
    });
  });

  test('a chosen prefix is dialled, and for transfers too until another is chosen', async () => {
    answers['5001@test.cc'] = { agentTrunks: [{ scanPrefix: '0' }] };
    const commands = open();
    expect(await commands.learnPrefixes()).toEqual(['9', '0']);
    await commands.perform({ ...dial, extras: { prefix: '0' } });
    live = { 'c-1': 'connected' };
    await commands.perform({ type: 'singleStepTransfer', callId: 'c-1', number: '13900139000' });
    const dialled = requests().map(({ json }) => json?.['to'] ?? json?.['transferTo']);
    expect(dialled).toEqual([undefined, '013800138000', '013900139000']);
  });

  test('lines that cannot be asked for leave the profile’s prefix', async () => {
    answers['5001@test.cc'] = new PhoneError('serverStatus', 'HTTP 500');
    expect(await open().learnPrefixes()).toEqual(['9']);
  });

  test('a second one within two seconds is refused, also after one that failed', async () => {
    const commands = open();
    answers['calls'] = new PhoneError('commandRefused', 'HTTP 500');
    await expect(commands.perform(dial)).rejects.toThrow(refusal('commandRefused'));
    now += 1_999;
    await expect(commands.perform(dial)).rejects.toThrow(refusal('dialledJustNow'));
    now += 1;
    await expect(commands.perform(dial)).rejects.toThrow(refusal('commandRefused'));
    expect(sent).toHaveLength(2);
  });

  test.each<[string, string, string, () => void]>([
    ['our own extension', '8001', 'ownNumber', () => undefined],
    ['while a call lives', '8002', 'tooManyCalls', () => (live = { 'c-1': 'held' })],
    ['while a customer is being dialled for us', '8002', 'agentAllocated', () => (agentState = 'allocated')],
    ['when logged out', '8002', 'agentNotLoggedIn', () => (loggedOn = false)],
  ])('%s: refused, and nothing is sent', async (_what, number, code, given) => {
    given();
    await expect(open().perform({ type: 'makeCall', number })).rejects.toThrow(refusal(code));
    expect(sent).toEqual([]);
  });

  test('an emergency number is dialled as it stands, whatever else goes on', async () => {
    const commands = open();
    await commands.perform(dial);
    live = { 'c-1': 'connected' };
    agentState = 'allocated';
    await commands.perform({ type: 'makeCall', number: '110', emergency: true });
    expect(requests().at(-1)?.json).toMatchObject({ to: '110' });
  });

  test('nothing that is set or asked for goes along with an emergency call, and a gone prefix does not refuse it', async () => {
    const extras = { prefix: '5', callerShown: '400', calledShown: '1**', callProgress: true, data: { order: '7' } };
    await open({ callerShown: '02138834600', callProgress: true }).perform({
      ...{ type: 'makeCall', number: '110', after: '1', extras, emergency: true },
    });
    expect(requests()[0]?.json).toEqual({ from: '8001@test.cc', to: '110', destForDisplay: '8001' });
  });

  test('any other call by a prefix that is no choice any more is refused, with the prefix', async () => {
    const asked = open().perform({ ...dial, extras: { prefix: '5' } });
    await expect(asked).rejects.toMatchObject({ code: 'linePrefixUnknown', data: { prefix: '5' } });
    expect(sent).toEqual([]);
  });
});

describe('in a call', () => {
  beforeEach(() => void (live = { 'c-1': 'connected', 'c-2': 'held' }));

  test.each<[Command, string, object?]>([
    ...(['answer', 'hold', 'retrieve'] as const).map((type): [Command, string] => [
      { type, callId: 'c-1' },
      `/${type}`,
    ]),
    ...(['clear', 'decline'] as const).map((type): [Command, string] => [{ type, callId: 'c-1' }, '']),
    [{ type: 'singleStepTransfer', callId: 'c-1', number: '8003' }, '/singleStepTransfer', { transferTo: '8003' }],
    [{ type: 'singleStepTransfer', callId: 'c-1', number: '95-WW8' }, '/singleStepTransfer', { transferTo: '95-WW8' }],
    [
      { type: 'singleStepConference', callId: 'c-1', number: '13800138000', part: 'active' },
      '/singleStepConference',
      { conferenceParticipant: '913800138000', participationType: 'Active' },
    ],
    [
      { type: 'singleStepConference', callId: 'c-1', number: '8003', part: 'silent' },
      '/singleStepConference',
      { conferenceParticipant: '8003', participationType: 'Silent' },
    ],
    [{ type: 'consult', callId: 'c-1', number: '10086' }, '/consult', { consultationParticipant: '910086' }],
    [{ type: 'completeTransfer', heldId: 'c-1', activeId: 'c-2' }, '/transfer', { consultCallId: 's-2' }],
    [{ type: 'completeConference', heldId: 'c-1', activeId: 'c-2' }, '/conference', { consultCallId: 's-2' }],
    [{ type: 'reconnect', heldId: 'c-1', activeId: 'c-2' }, '/cancelConsult', { consultCallId: 's-2' }],
    [
      { type: 'vendorCommand', name: 'transferAndWait', callId: 'c-1', params: { activeId: 'c-2' } },
      '/transferAndWait',
      { consultCallId: 's-2' },
    ],
    [
      { type: 'vendorCommand', name: 'singleStepTransferAndWait', callId: 'c-1', params: { number: '13800138000' } },
      '/singleStepTransferCallAndWait',
      { transferTo: '913800138000' },
    ],
  ])('%j', async (command, action, json) => {
    const method = action === '' ? 'DELETE' : 'POST';
    await open().perform(command);
    const request = { method, path: `${CONNECTION}${action}`, ...(json && { json }) };
    expect(sent).toEqual([{ request, about: { by: 'call' } }]);
  });

  test.each<[Command, string]>([
    [{ type: 'singleStepTransfer', callId: 'c-1', number: '110' }, 'transferTo'],
    [{ type: 'singleStepConference', callId: 'c-1', number: '110', part: 'active' }, 'conferenceParticipant'],
    [{ type: 'consult', callId: 'c-1', number: '110' }, 'consultationParticipant'],
    [
      { type: 'vendorCommand', name: 'singleStepTransferAndWait', callId: 'c-1', params: { number: '110' } },
      'transferTo',
    ],
  ])('an emergency number is never put behind a prefix: %j', async (command, field) => {
    await open().perform({ ...command, emergency: true } as Command);
    expect(requests()[0]?.json).toMatchObject({ [field]: '110' });
  });

  test('swapping is two steps: hold, then take back', async () => {
    await open().perform({ type: 'alternate', activeId: 'c-1', heldId: 'c-2' });
    expect(requests().map(({ path }) => path.split('/').at(-1))).toEqual(['hold', 'retrieve']);
  });

  test.each(['answer', 'retrieve'] as const)(
    '%s while somebody is talked with: that one is held first',
    async (type) => {
      await open().perform({ type, callId: 'c-2' });
      expect(requests().map(({ path }) => path.split('%7C').at(-1))).toEqual(['s-1/hold', `s-2/${type}`]);
    },
  );

  test.each(['answer', 'retrieve'] as const)(
    'where the hold is refused, %s is not sent, and it is said why',
    async (type) => {
      answers['hold'] = new PhoneError('deviceStateIllegal', 'HTTP 456');
      await expect(open().perform({ type, callId: 'c-2' })).rejects.toThrow(refusal('talkingNotHeld'));
      expect(requests().map(({ path }) => path.split('/').at(-1))).toEqual(['hold']);
    },
  );

  test('a call that is hung up is not held before the other one is answered', async () => {
    const commands = open();
    await commands.perform({ type: 'clear', callId: 'c-1' });
    await commands.perform({ type: 'answer', callId: 'c-2' });
    expect(requests().map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
      expect.stringMatching(/^DELETE /),
      'POST answer',
    ]);
  });

  test('attached data become the call’s once the server, asked, says so', async () => {
    answers[''] = { customerId: '42', vip: 'yes', score: 7 };
    await open().perform({ type: 'setCallData', callId: 'c-1', data: { customerId: '42' } });
    expect(requests().map(({ method }) => method)).toEqual(['POST', 'GET']);
    expect(taken).toMatchObject([
      { name: 'dataTold', callId: 's-1', data: { customerId: '42', vip: 'yes', score: '7' } },
    ]);
  });

  test.each([new PhoneError('serverSilent', 'HTTP'), '<html>', undefined])(
    'where it does not say, its yes is its word: %s',
    async (answer) => {
      answers[''] = answer;
      await open().perform({ type: 'setCallData', callId: 'c-1', data: { customerId: '42' } });
      expect(taken).toMatchObject([{ data: { customerId: '42' } }]);
    },
  );

  test('data that the server refused are not the call’s', async () => {
    answers['user-data'] = new PhoneError('commandRefused', 'HTTP 404');
    const set = open().perform({ type: 'setCallData', callId: 'c-1', data: { customerId: '42' } });
    await expect(set).rejects.toThrow(refusal('commandRefused'));
    expect(taken).toEqual([]);
  });

  test('the recording of the call one talks in is paused and resumed; of one that waits it is not', async () => {
    const commands = open();
    await commands.perform({ type: 'stopRecording', callId: 'c-1' });
    await commands.perform({ type: 'startRecording', callId: 'c-1' });
    expect(sent).toMatchObject([
      { request: { path: '/api/csta/callControl/recording/Stop?extension=8001@test.cc' }, about: { by: 'recording' } },
      { request: { path: '/api/csta/callControl/recording/Start?extension=8001@test.cc' } },
    ]);
    await expect(commands.perform({ type: 'stopRecording', callId: 'c-2' })).rejects.toThrow(
      refusal('callNotInThatState'),
    );
  });

  test('the greeting is named by letters and digits; without one it is the agent’s own', async () => {
    const greet = { type: 'vendorCommand', name: 'agentGreeting', callId: 'c-1', params: {} } as const;
    await open().perform(greet);
    expect(requests()[0]).toMatchObject({ json: { agentId: '5001', deviceId: '8001@test.cc' } });
    const odd = open().perform({ ...greet, params: { greeting: '../x' } });
    await expect(odd).rejects.toThrow(refusal('greetingInvalid'));
  });

  test('a call that is not ours any more is refused here', async () => {
    await expect(open().perform({ type: 'hold', callId: 'c-7' })).rejects.toThrow(refusal('callUnknown'));
    const names: VendorCommandName[] = ['transferAndWait', 'singleStepTransferAndWait', 'agentGreeting'];
    for (const name of names) {
      const gone = open().perform({ type: 'vendorCommand', name, params: { activeId: 'c-2', number: '8003' } });
      await expect(gone).rejects.toThrow(refusal('callUnknown'));
    }
    expect(sent).toEqual([]);
  });
});

test('without an answer nobody says that it was not done: the server is asked how things stand', async () => {
  live = { 'c-1': 'connected' };
  answers['hold'] = new PhoneError('serverSilent', 'no answer within 10 s');
  await expect(open().perform({ type: 'hold', callId: 'c-1' })).rejects.toThrow(refusal('outcomeUnknown'));
  expect(doubts).toBe(1);
});

test('a gateway that fails has not said that it was not done either', async () => {
  live = { 'c-1': 'connected' };
  answers['hold'] = new PhoneError('serverFailed', 'HTTP 504');
  await expect(open().perform({ type: 'hold', callId: 'c-1' })).rejects.toThrow(refusal('serverFailed'));
  expect(doubts).toBe(1);
});

describe('the agent', () => {
  test('is not ready for a reason, and ready for none', async () => {
    const commands = open();
    await commands.perform({ type: 'setAgentState', state: 'notReady', reason: '2' });
    await commands.perform({ type: 'setAgentState', state: 'ready', reason: '2' });
    expect(requests().map(({ json }) => [json?.['agentMode'], json?.['reason']])).toEqual([
      ['NotReady', '2'],
      ['Ready', ''],
    ]);
    expect(pending).toEqual([]);
  });

  test('a state that the server will give later is pending', async () => {
    answers['state'] = { pendingMode: 'Ready' };
    await open().perform({ type: 'setAgentState', state: 'ready' });
    await open().perform({ type: 'setAgentState', state: 'notReady', reason: '3' });
    expect(pending).toEqual([
      ['ready', undefined],
      ['notReady', '3'],
    ]);
  });

  test.each([
    [{}, '5001'],
    [{ agent: '5002' }, '5002'],
  ])('who is reserved for a call is given free: %j', async (params, who) => {
    await open().perform({ type: 'vendorCommand', name: 'releaseAllocated', params });
    expect(requests()[0]?.path).toBe(`/api/csta/outbound/release/${who}@test.cc`);
  });
});

describe('the supervisor', () => {
  const listen = { type: 'listen', serverCallId: 's-9', extension: '8002' } as const;

  test('commands where the profile says so, and nowhere else', async () => {
    await open({ supervisor: true }).perform(listen);
    expect(sent).toMatchObject([{ about: { by: 'colleagueCall', extension: '8002' } }]);
    await expect(open().perform(listen)).rejects.toThrow(refusal('notSupported'));
  });

  test('listening is marked before it is asked for, and no more once it is refused or he comes in', async () => {
    const commands = open({ supervisor: true });
    await commands.perform(listen);
    await commands.perform({ ...listen, type: 'bargeIn' });
    answers = { 'spy?deviceId=8001@test.cc': new PhoneError('colleagueCallUnknown', '404') };
    await expect(commands.perform(listen)).rejects.toThrow(refusal('colleagueCallUnknown'));
    expect(listened).toEqual([
      ['s-9', '8002'],
      ['s-9', undefined],
      ['s-9', '8002'],
      ['s-9', undefined],
    ]);
  });

  test('in a call he brings no other one to his phone, and may end or steer others', async () => {
    live = { 'c-1': 'connected' };
    const commands = open({ supervisor: true });
    await expect(commands.perform(listen)).rejects.toThrow(refusal('tooManyCalls'));
    await commands.perform({ ...listen, type: 'forceClear' });
    await commands.perform({ type: 'forceLogout', agent: '5002', extension: '8002' });
    expect(sent).toHaveLength(2);
  });
});
