// The scenarios of tests/fixtures/wellclient, each as what people do at the exchange's door, and where the door tells it
// otherwise on purpose (wellclient.md §7, §16). Devices: 8001, 8002, 8003; who is none of these is the customer.
import type { WellcloudDesk } from './wellcloud-desk';
import type { Heard, WellcloudTester } from './wellcloud-tester';
import { PASSWORD } from './wellcloud-desk';

export interface Scenario {
  /** Of `scenario-<name>.json`. */
  readonly name: string;
  /** Agents logged on before anything is counted; otherwise the scenario itself does that. */
  readonly before?: readonly number[];
  run(stage: Stage): Promise<void>;
  /** `- 8002 line` stands in the fixture alone, `+ 8002 line` is told by the door alone. */
  readonly differs?: readonly { readonly lines: readonly string[]; readonly why: string }[];
}
export interface Stage {
  readonly desk: WellcloudDesk;
  /** The agent at 800N. */
  at(number: number): WellcloudTester;
  /** Logs on, and counts from before that. */
  logOn(number: number, mode?: 'Ready' | 'NotReady'): Promise<WellcloudTester>;
}

const CUSTOMER = '17602170000';

const inCall = (callId: string) => (event: Heard) => event.callId === callId;
const gone = (tester: WellcloudTester) => (event: Heard) => event['releasingDevice'] === tester.device;
const goneFrom = (tester: WellcloudTester, callId: string) => (event: Heard) =>
  gone(tester)(event) && event.callId === callId;

/** A customer talks with the agent at 8001. */
async function inbound({ desk, at }: Stage): Promise<string> {
  const callId = desk.door.queueCall('8001', CUSTOMER);
  await at(1).event('delivered', inCall(callId));
  await at(1).on(callId, 'answer');
  await at(1).event('established', inCall(callId));
  return callId;
}
/** 800M has called 800N, who has answered. */
async function between(from: WellcloudTester, to: WellcloudTester): Promise<string> {
  const callId = await from.call(to.device);
  await answered(to, callId);
  await from.event('established', inCall(callId));
  return callId;
}
async function answered(tester: WellcloudTester, callId: string): Promise<void> {
  await tester.event('delivered', inCall(callId));
  await tester.on(callId, 'answer');
  await tester.event('established', inCall(callId));
}
/** 800M consults 800N. @returns the consult call. */
async function consult(by: WellcloudTester, heldId: string, to: WellcloudTester): Promise<string> {
  const before = to.heard.length;
  await by.on(heldId, 'consult', { consultationParticipant: to.device });
  const { callId } = await to.event('delivered', (event) => to.heard.indexOf(event) >= before);
  await answered(to, callId);
  await by.event('established', inCall(callId));
  return callId;
}
/** A customer, 8001 and 8002 in one call. */
async function conference(stage: Stage): Promise<string> {
  const callId = await inbound(stage);
  const consultCallId = await consult(stage.at(1), callId, stage.at(2));
  await stage.at(1).on(callId, 'conference', { consultCallId });
  await stage.at(2).event('conferenced');
  return callId;
}
async function hangUp({ desk }: Stage, callId: string): Promise<void> {
  desk.exchange.hangup(callId);
  await Promise.resolve();
}
/** The page is loaded anew, and asks how things stand (§10.5). @throws Error where its call is not in that state. */
async function reload(tester: WellcloudTester, state?: 'Connect' | 'Alerting'): Promise<void> {
  await tester.reload();
  const { json } = await tester.send('GET', '/api/csta/agent/client-state');
  const told = (json as { agent: { activeCall?: { state: string } } }).agent.activeCall?.state;
  if (told !== state) throw new Error(`client-state says ${String(told)}, not ${String(state)}`);
}
const logOut = (tester: WellcloudTester) =>
  tester.send('POST', '/api/csta/agent/state', { func: 'Logout', agentId: tester.agentId });

export const SCENARIOS: readonly Scenario[] = [
  { name: 'login', run: async ({ logOn }) => void (await logOn(1)) },
  { name: 'login-ready', run: async ({ logOn }) => void (await logOn(1, 'Ready')) },
  {
    name: 'logout',
    async run({ logOn }) {
      await logOut(await logOn(1));
    },
  },
  {
    name: 'login-forced',
    before: [1],
    async run({ at }) {
      await logOut(at(1));
      await at(1).login(PASSWORD);
    },
  },
  { name: 'inbound-answered', before: [1], run: async (stage) => hangUp(stage, await inbound(stage)) },
  {
    name: 'inbound-not-answered',
    before: [1],
    run: async ({ desk }) => void desk.door.queueCall('8001', CUSTOMER),
  },
  {
    name: 'outbound-answered',
    before: [1],
    async run(stage) {
      const callId = await stage.at(1).call('600');
      await stage.at(1).event('established');
      await hangUp(stage, callId);
    },
  },
  { name: 'outbound-not-answered', before: [1], run: async ({ at }) => void (await at(1).call('603')) },
  { name: 'outbound-immediate-clear', before: [1], run: async ({ at }) => void (await at(1).call('1604')) },
  { name: 'outbound-cpa-failed', before: [1], run: async ({ at }) => void (await at(1).call('602', { cpa: '1' })) },
  {
    name: 'outbound-internal-answered',
    before: [1, 2],
    run: async ({ at }) => void (await at(2).on(await between(at(1), at(2)), 'drop')),
  },
  {
    name: 'hold-retrieve',
    before: [1, 2],
    async run({ at }) {
      const callId = await between(at(1), at(2));
      await at(2).on(callId, 'hold');
      await at(2).on(callId, 'retrieve');
      await at(2).on(callId, 'drop');
    },
  },
  {
    name: 'consult-cancel',
    before: [1, 2],
    async run(stage) {
      const callId = await inbound(stage);
      const consultCallId = await consult(stage.at(1), callId, stage.at(2));
      await stage.at(1).on(callId, 'cancelConsult', { consultCallId });
      await stage.at(1).event('retrieved');
      await hangUp(stage, callId);
    },
    differs: [
      {
        lines: ['+ 8002 connectionCleared C1 8001 Idle NORMAL_CLEARING'],
        why: 'as at the end of every call between two agents (hold-retrieve) both hear of both releases',
      },
    ],
  },
  {
    name: 'consult-conference-agent-leaves-first',
    before: [1, 2],
    run: async (stage) => void (await stage.at(1).on(await conference(stage), 'drop')),
  },
  {
    name: 'consult-conference-consulted-leaves-first',
    before: [1, 2],
    async run(stage) {
      const callId = await conference(stage);
      await stage.at(2).on(callId, 'drop');
      await stage.at(1).event('connectionCleared', goneFrom(stage.at(2), callId));
      await stage.at(1).on(callId, 'drop');
    },
  },
  {
    name: 'consult-conference-consulted-then-customer-leave',
    before: [1, 2],
    async run(stage) {
      const callId = await conference(stage);
      await stage.at(2).on(callId, 'drop');
      await stage.at(1).event('connectionCleared', goneFrom(stage.at(2), callId));
      await hangUp(stage, callId);
    },
  },
  {
    name: 'consult-conference-customer-leaves-first',
    before: [1, 2],
    async run(stage) {
      const callId = await conference(stage);
      await hangUp(stage, callId);
      await stage.at(2).event('connectionCleared');
      await stage.at(2).on(callId, 'drop');
    },
  },
  {
    name: 'consult-transfer',
    before: [1, 2, 3],
    async run({ at }) {
      const callId = await between(at(1), at(3));
      const consultCallId = await consult(at(3), callId, at(2));
      await at(3).on(callId, 'transfer', { consultCallId });
      await at(3).event('connectionCleared', goneFrom(at(3), consultCallId));
      await at(2).on(callId, 'drop');
    },
  },
  {
    name: 'single-step-transfer',
    before: [1, 2, 3],
    async run({ at }) {
      const callId = await between(at(1), at(3));
      await at(3).on(callId, 'singleStepTransfer', { transferTo: '8002' });
      await at(3).event('connectionCleared', gone(at(3)));
      await answered(at(2), callId);
      await at(1).on(callId, 'drop');
    },
  },
  {
    name: 'single-step-conference',
    before: [1, 2],
    async run(stage) {
      const callId = await inbound(stage);
      const body = { conferenceParticipant: '8002', participationType: 'Active' };
      await stage.at(1).on(callId, 'singleStepConference', body);
      await answered(stage.at(2), callId);
      await stage.at(1).event('conferenced');
      await stage.at(2).on(callId, 'drop');
      await stage.at(1).event('connectionCleared', gone(stage.at(2)));
      await hangUp(stage, callId);
    },
    differs: [
      {
        lines: ['+ 8001 connectionCleared C1 customer Idle NORMAL_CLEARING'],
        why: 'as after every conference (consulted-then-customer-leave) the customer’s own release is told too',
      },
    ],
  },
  {
    name: 'recording',
    before: [1],
    async run(stage) {
      const callId = await inbound(stage);
      const record = (what: string) =>
        stage.at(1).send('POST', `/api/csta/callControl/recording/${what}?extension=${stage.at(1).device}`);
      await record('Stop');
      await record('Start');
      await hangUp(stage, callId);
    },
  },
  {
    name: 'preoccupied',
    before: [1],
    async run(stage) {
      const { device, agentId } = stage.at(1);
      const body = { func: 'SetState', device, agentId, agentMode: 'Ready', reason: '' };
      await stage.at(1).send('POST', '/api/csta/agent/state', body);
      stage.desk.door.allocate({ queue: '7000', number: CUSTOMER, dialMs: 20 });
      const { callId } = await stage.at(1).event('delivered');
      await answered(stage.at(1), callId);
      await hangUp(stage, callId);
    },
  },
  {
    name: 'recovery-idle',
    async run(stage) {
      await reload(await stage.logOn(1));
      await hangUp(stage, await inbound(stage));
    },
  },
  {
    name: 'recovery-established',
    async run(stage) {
      await stage.logOn(1);
      const callId = await inbound(stage);
      await reload(stage.at(1), 'Connect');
      await hangUp(stage, callId);
    },
  },
  {
    name: 'recovery-ringing',
    async run(stage) {
      const agent = await stage.logOn(1);
      const callId = stage.desk.door.queueCall('8001', CUSTOMER);
      await agent.event('delivered');
      await reload(agent, 'Alerting');
      await answered(agent, callId);
      await hangUp(stage, callId);
    },
  },
];
