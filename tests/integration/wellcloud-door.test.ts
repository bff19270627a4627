import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { WellcloudTester } from './wellcloud-tester';

const DOMAIN = 'test.cc';
let exchange: Exchange;
const testers: WellcloudTester[] = [];

beforeEach(async () => {
  exchange = await startExchange({
    domain: DOMAIN,
    wellcloud: { agents: ['5001', '5002', '5003'], password: 'a&b=c%+ü' },
  });
});
afterEach(async () => {
  for (const tester of testers.splice(0)) tester.close();
  await exchange.close();
});

async function agent(number: 1 | 2 | 3, mode = 'NotReady'): Promise<WellcloudTester> {
  const tester = tester0(number);
  expect(await tester.login('a&b=c%+ü', mode)).toBe(204);
  await tester.event('agentLoggedOn');
  return tester;
}
function tester0(number: 1 | 2 | 3, ext = `800${number}`): WellcloudTester {
  const { wellcloud } = exchange;
  const tester = new WellcloudTester(wellcloud, `500${number}`, ext, DOMAIN);
  testers.push(tester);
  return tester;
}
/** Two agents who talk. */
async function talking(): Promise<{ a: WellcloudTester; b: WellcloudTester; callId: string }> {
  const [a, b] = [await agent(1), await agent(2)];
  const callId = await a.call('8002');
  await b.event('delivered');
  expect((await b.on(callId, 'answer')).status).toBe(204);
  await a.event('established');
  return { a, b, callId };
}

describe('login', () => {
  test('logged on, then the mode that was asked for', async () => {
    const tester = await agent(1, 'Ready');
    await tester.event('agentReady');
    expect(tester.names()).toEqual(['agentLoggedOn', 'agentReady']);
    expect(tester.heard[0]).toMatchObject({ agentId: '5001@test.cc', agentMode: 'Ready', eventType: 'agent' });
  });

  test('a wrong password is 401, an unknown session 426', async () => {
    expect(await tester0(1).login('wrong')).toBe(401);
    const stranger = tester0(2);
    expect((await stranger.send('GET', '/api/csta/agent/client-state')).status).toBe(426);
  });

  test('again here 454, elsewhere 455, on another’s extension 459', async () => {
    await agent(1);
    expect(await tester0(1).login('a&b=c%+ü')).toBe(454);
    expect(await tester0(1, '8003').login('a&b=c%+ü')).toBe(455);
    expect(await tester0(2, '8001').login('a&b=c%+ü')).toBe(459);
    expect(await tester0(2, '8999').login('a&b=c%+ü')).toBe(453);
  });

  test('a page of any origin is preflighted, as every command is', async () => {
    const response = await fetch(`${exchange.wellcloud.url}/api/csta/agent/state`, {
      method: 'OPTIONS',
      headers: { Origin: 'chrome-extension://x', 'Access-Control-Request-Headers': 'sessionid' },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-headers')).toMatch(/sessionId/i);
    expect(response.headers.get('access-control-allow-methods')).toContain('DELETE');
  });
});

test('an internal call, answered, held, taken back and ended, as both ends hear it', async () => {
  const { a, b, callId } = await talking();
  await b.on(callId, 'hold');
  await a.event('held');
  await b.on(callId, 'retrieve');
  await a.event('retrieved');
  await a.on(callId, 'drop');
  await a.event('connectionCleared', ({ releasingDevice }) => releasingDevice === a.device);
  await b.event('connectionCleared', ({ releasingDevice }) => releasingDevice === b.device);

  const calls = (tester: WellcloudTester) => tester.names().filter((name) => !/^agent|^record/.test(name));
  expect(calls(a).slice(0, 6)).toEqual([
    'serviceInitiated',
    'originated',
    'delivered',
    'established',
    'held',
    'retrieved',
  ]);
  expect(calls(b).slice(0, 4)).toEqual(['delivered', 'established', 'held', 'retrieved']);
  expect(a.heard.find(({ eventName }) => eventName === 'held')).toMatchObject({ holdingDevice: b.device });
});

test('a customer of a queue rings with queue and data', async () => {
  const tester = await agent(1, 'Ready');
  const callId = exchange.wellcloud.queueCall('8001', '13800138000', { queue: '7000', data: { customerId: '42' } });
  expect(await tester.event('delivered')).toMatchObject({
    callId,
    alertingDevice: tester.device,
    callingDevice: '13800138000@test.cc',
    split: '7000@test.cc',
    userData: { data: { customerId: '42' } },
  });
  await tester.on(callId, 'answer');
  await tester.event('established');
  expect((await tester.send('GET', '/api/csta/agent/client-state')).json).toMatchObject({
    agent: { activeCall: { callId, state: 'Connect', direction: 'In' } },
  });
});

test('consultation and transfer: the target’s call gets the first call’s id', async () => {
  const { a, b, callId } = await talking();
  const c = await agent(3);
  await b.on(callId, 'consult', { consultationParticipant: '8003' });
  const consult = (await c.event('delivered')).callId;
  await c.on(consult, 'answer');
  await b.event('established', (event) => event.callId === consult);
  await b.on(callId, 'transfer', { consultCallId: consult });

  for (const tester of [a, b, c]) {
    expect(await tester.event('transferred')).toMatchObject({
      ...{ callId, primaryOldCall: callId, secondaryOldCall: consult, newCall: callId },
      ...{ transferringDevice: b.device, transferredToDevice: c.device },
    });
  }
  await a.event('connectionCleared', ({ releasingDevice }) => releasingDevice === b.device);
});

test('consultation and conference, and each who leaves is told to the others', async () => {
  const { a, b, callId } = await talking();
  const c = await agent(3);
  await b.on(callId, 'consult', { consultationParticipant: '8003' });
  const consult = (await c.event('delivered')).callId;
  await c.on(consult, 'answer');
  await b.event('established', (event) => event.callId === consult);
  expect((await b.on(callId, 'conference', { consultCallId: consult })).status).toBe(204);
  for (const tester of [a, b, c]) {
    expect(await tester.event('conferenced')).toMatchObject({ newCall: callId, secondaryOldCall: consult });
  }
  await c.on(callId, 'drop');
  await a.event('connectionCleared', ({ releasingDevice }) => releasingDevice === c.device);
  await a.on(callId, 'drop');
  await b.event('connectionCleared', ({ releasingDevice }) => releasingDevice === b.device);
});

test('a consultation that is cancelled brings the first call back', async () => {
  const { a, b, callId } = await talking();
  const c = await agent(3);
  await b.on(callId, 'consult', { consultationParticipant: '8003' });
  const consult = (await c.event('delivered')).callId;
  await b.on(callId, 'cancelConsult', { consultCallId: consult });
  await a.event('retrieved');
  await c.event('connectionCleared', ({ releasingDevice }) => releasingDevice === c.device);
});

test('a single-step transfer leaves the agent at once', async () => {
  const { a, b, callId } = await talking();
  const c = await agent(3);
  await b.on(callId, 'singleStepTransfer', { transferTo: '8003' });
  await a.event('connectionCleared', ({ releasingDevice }) => releasingDevice === b.device);
  await c.event('delivered');
  await c.on(callId, 'answer');
  await a.event('established', ({ answeringDevice }) => answeringDevice === c.device);
});

test('recording runs from the answer, stops and starts', async () => {
  const { a, b } = await talking();
  const started = await a.event('recordStarted');
  await a.send('POST', `/api/csta/callControl/recording/Stop?extension=${a.device}`);
  expect(await a.event('recordStopped')).toMatchObject({ recordId: started['recordId'] });
  await a.send('POST', `/api/csta/callControl/recording/Start?extension=${a.device}`);
  await a.event('recordStarted', ({ recordId }) => recordId !== started['recordId']);
  expect(b.names()).toContain('recordStarted');
});

test('during a call no mode can be set; with pending modes it is taken after it', async () => {
  const { a, callId } = await talking();
  const setState = { func: 'SetState', device: a.device, agentMode: 'Ready', namespace: DOMAIN, agentId: a.agentId };
  expect((await a.send('POST', '/api/csta/agent/state', setState)).status).toBe(460);
  exchange.wellcloud.faults.pendingModes = true;
  expect(await a.send('POST', '/api/csta/agent/state', setState)).toEqual({
    status: 200,
    json: { pendingMode: 'Ready' },
  });
  expect(a.names()).not.toContain('agentReady');
  await a.on(callId, 'drop');
  await a.event('agentReady');
});

test('calls and agents are counted apart, and each copy has its own serial', async () => {
  const { a, b } = await talking();
  const serials = [...a.heard, ...b.heard].map(({ eventName, serial }) => [eventName.startsWith('agent'), serial]);
  expect(new Set(serials.map(String)).size).toBe(serials.length);
  expect(serials.every(([isAgent, serial]) => Number(serial) > 1_000_000 === isAgent)).toBe(true);
});
