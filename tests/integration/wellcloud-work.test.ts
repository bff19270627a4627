// How work comes to agents at the exchange's wellCloud door: queues, automatic outbound, wrap-up, recording, dial strings
// (wellclient.md §5, §6.2, §7).
import { afterEach, expect, test } from 'vitest';
import { until } from './sip-tester';
import { openWellcloudDesk, talkingTogether, type WellcloudDesk } from './wellcloud-desk';
import type { Heard, WellcloudTester } from './wellcloud-tester';

let desk: WellcloudDesk;
afterEach(() => desk.close());

const setState = (tester: WellcloudTester, agentMode: string, reason = '') =>
  tester.send('POST', '/api/csta/agent/state', {
    ...{ func: 'SetState', device: tester.device, agentMode, reason, agentId: tester.agentId, namespace: 'test.cc' },
  });
const own = (tester: WellcloudTester) => (event: Heard) => event['releasingDevice'] === tester.device;

test('a customer of a queue waits until somebody is ready, and rings who has been that longest', async () => {
  desk = await openWellcloudDesk();
  const [a, b] = [await desk.agent(1), await desk.agent(2)];
  const callId = desk.door.queueCall('7000', '13800138000', { data: { customerId: '42' } });
  await setState(b, 'Ready');
  expect(await b.event('delivered')).toMatchObject({
    ...{ callId, split: '7000@test.cc', callType: 'Inbound', userData: { data: { customerId: '42' } } },
  });
  await setState(a, 'Ready');
  await b.on(callId, 'answer');
  await b.event('established');
  await b.on(callId, 'drop');
  await b.event('connectionCleared', own(b));
  await setState(b, 'Ready'); // again, so that the other is the longest now
  const next = desk.door.queueCall('7000', '13800138000');
  await a.event('delivered', (event) => event.callId === next);
});

test('where an agent does not answer, the queue rings the next', async () => {
  desk = await openWellcloudDesk({ queueRingMs: 150 });
  const [b, a] = [await desk.agent(2, 'Ready'), await desk.agent(1, 'Ready')];
  const callId = desk.door.queueCall('7000', '13800138000');
  expect(await b.event('connectionCleared', own(b))).toMatchObject({ callId, cause: 'NO_ANSWER' });
  await a.event('delivered', (event) => event.callId === callId);
});

test('an agent who declines a queue’s call loses it to the next', async () => {
  desk = await openWellcloudDesk();
  const [a, b] = [await desk.agent(1, 'Ready'), await desk.agent(2, 'Ready')];
  const callId = desk.door.queueCall('7000', '13800138000');
  await a.event('delivered');
  await a.on(callId, 'drop');
  await b.event('delivered', (event) => event.callId === callId);
});

test('automatic outbound: reserved, rung with the task’s data, wrapped up, ready again', async () => {
  desk = await openWellcloudDesk({ wrapUpMs: 100 });
  const a = await desk.agent(1, 'Ready');
  expect(desk.door.allocate({ queue: '7000', number: '13800138000', dialMs: 100 })).toBe(a.agentId);
  await a.event('agentAllocated');
  expect((await a.send('POST', '/api/csta/callControl/calls', { from: a.device, to: '600' })).status).toBe(460);
  const { callId, ...delivered } = await a.event('delivered');
  expect(delivered).toMatchObject({
    ...{ cause: 'PREOCCUPIED', split: '7000@test.cc', alertingDevice: a.device },
    userData: { data: { selectAgent: a.agentId, origin_dnis: '7000', callType: 'PREOCCUPIED' } },
  });
  await a.on(callId, 'answer');
  await a.event('established');
  await a.on(callId, 'drop');
  await a.event('agentWorkingAfterCall');
  await until('ready again', () => a.names().filter((name) => name === 'agentReady').length === 2);
});

test('a task that reaches nobody, and one that is given back, leave the agent ready', async () => {
  desk = await openWellcloudDesk();
  const a = await desk.agent(1, 'Ready');
  const release = () => a.send('POST', `/api/csta/outbound/release/${a.agentId}`);
  desk.door.allocate({ queue: '7000', number: '13800138000', dialMs: 30, fails: true });
  await until('ready again', () => a.names().filter((name) => name === 'agentReady').length === 2);
  desk.door.allocate({ queue: '7000', number: '13800138000' });
  expect((await release()).status).toBe(204);
  await until('ready again', () => a.names().filter((name) => name === 'agentReady').length === 3);
  expect((await release()).status).toBe(483);
  expect(a.names()).not.toContain('delivered');
});

test('the quota of automatic calls is 465, forbidden recording 466', async () => {
  desk = await openWellcloudDesk();
  const { a } = await talkingTogether(desk);
  desk.door.faults.recordingDisabled = true;
  expect((await a.send('POST', `/api/csta/callControl/recording/Stop?extension=${a.device}`)).status).toBe(466);
  desk.door.faults.quotaReached = true;
  expect((await setState(a, 'Ready')).status).toBe(465);
});

test('what is attached to a call comes with its later events and can be read', async () => {
  desk = await openWellcloudDesk();
  const { a, b, callId } = await talkingTogether(desk);
  const path = `/api/csta/callControl/calls/${callId}/user-data`;
  expect((await a.send('POST', path, { entries: [{ key: 'order', value: '4711' }] })).status).toBe(204);
  expect((await b.send('GET', `${path}/`)).json).toEqual({ order: '4711' });
  const c = await desk.agent(3);
  await b.on(callId, 'singleStepConference', { conferenceParticipant: '8003', participationType: 'Active' });
  expect(await c.event('delivered')).toMatchObject({ userData: { data: { order: '4711' } } });
});

test('call progress analysis says what it heard before the call ends', async () => {
  desk = await openWellcloudDesk();
  const a = await desk.agent(1);
  await a.call('602', { cpa: '1' }); // busy
  await a.event('connectionCleared', own(a));
  const names = a.names().filter((name) => !name.startsWith('agent'));
  const cleared = ['connectionCleared', 'connectionCleared'];
  expect(names).toEqual(['serviceInitiated', 'originated', 'delivered', 'failed', ...cleared]);
  expect(await a.event('failed')).toMatchObject({
    failedCode: '1',
    failedMsg: 'busy now',
    calledDevice: '602@test.cc',
  });
});

test('an extension behind a main number is dialled on after the answer and the pauses asked for', async () => {
  desk = await openWellcloudDesk();
  const a = await desk.agent(1);
  const callId = await a.call('600-w8001');
  await a.event('established');
  await until('the extension', () => desk.door.dialledExtensions().length > 0);
  expect(desk.door.dialledExtensions()).toEqual([{ callId, digits: '8001', afterMs: 500 }]);
});

test('a call parked with somebody comes back when they have talked', async () => {
  desk = await openWellcloudDesk();
  const { a, b, callId } = await talkingTogether(desk);
  const c = await desk.agent(3);
  await b.on(callId, 'singleStepTransferCallAndWait', { transferTo: '8003' });
  await a.event('held', ({ holdingDevice }) => holdingDevice === b.device);
  await c.event('delivered');
  await c.on(callId, 'answer');
  await a.event('established', ({ answeringDevice }) => answeringDevice === c.device);
  await c.on(callId, 'drop');
  await a.event('retrieved', ({ retrievingDevice }) => retrievingDevice === b.device);

  await b.on(callId, 'consult', { consultationParticipant: '8003' });
  const consult = (await c.event('delivered', (event) => event.callId !== callId)).callId;
  await c.on(consult, 'answer');
  await b.event('established', (event) => event.callId === consult);
  expect((await b.on(callId, 'transferAndWait', { consultCallId: consult })).status).toBe(204);
  await c.event('transferred', ({ newCall }) => newCall === callId);
  await c.on(callId, 'drop');
  await until('back again', () => a.heard.filter(({ eventName }) => eventName === 'retrieved').length === 2);
});

test('a consulted party who hangs up brings the held call back', async () => {
  desk = await openWellcloudDesk();
  const { a, b, callId } = await talkingTogether(desk);
  const c = await desk.agent(3);
  await b.on(callId, 'consult', { consultationParticipant: '8003' });
  const consult = (await c.event('delivered')).callId;
  await c.on(consult, 'drop');
  await a.event('retrieved', ({ retrievingDevice }) => retrievingDevice === b.device);
});
