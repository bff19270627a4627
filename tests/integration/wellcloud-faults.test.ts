// The troubles of the exchange's wellCloud door, seen from outside (wellclient.md §14), and the control door's way to them.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from './sip-tester';
import { openWellcloudDesk, type WellcloudDesk } from './wellcloud-desk';
import type { WellcloudTester } from './wellcloud-tester';

let desk: WellcloudDesk;
let a: WellcloudTester;
beforeEach(async () => {
  desk = await openWellcloudDesk();
  a = await desk.agent(1);
});
afterEach(() => desk.close());

const control = async (path: string, fields: object): Promise<{ status: number; json: unknown }> => {
  const response = await fetch(`${desk.exchange.controlUrl}/wellcloud${path}`, {
    method: 'POST',
    body: JSON.stringify(fields),
  });
  return { status: response.status, json: await response.json() };
};
/** Of the agent's calls so far, in the order they came. */
const calls = () => a.heard.filter(({ eventName }) => !/^agent|^record/.test(eventName));
const names = () => calls().map(({ eventName }) => eventName);

describe('events', () => {
  test('come twice, at a distance', async () => {
    desk.door.faults.duplicateAfter = 2;
    await a.call('600');
    await until('the fourth', () => names().length >= 4);
    expect(names().slice(0, 4)).toEqual(['serviceInitiated', 'originated', 'delivered', 'serviceInitiated']);
    expect(calls()[3]?.serial).toBe(calls()[0]?.serial);
  });

  test('come in swapped order', async () => {
    desk.door.faults.swap = true;
    await a.call('600');
    await until('both', () => names().length >= 2);
    expect(names().slice(0, 2)).toEqual(['originated', 'serviceInitiated']);
  });

  test('are lost', async () => {
    desk.door.faults.lose = 3;
    await a.call('600');
    await a.event('established');
    expect(names()).toEqual(['established']);
  });

  test('come without serial, and with the domain twice', async () => {
    Object.assign(desk.door.faults, { withoutSerial: true, doubleDomain: true });
    await a.call('600');
    const event = await a.event('originated');
    expect(event).not.toHaveProperty('serial');
    expect(event).toMatchObject({ deviceId: '8001@test.cc@test.cc', callingDevice: '8001@test.cc@test.cc' });
  });

  test('come before the answer of makeCall', async () => {
    desk.door.faults.eventsFirst = true;
    const callId = await a.call('600');
    expect(names().slice(0, 2)).toEqual(['serviceInitiated', 'originated']);
    expect(calls()[0]?.callId).toBe(callId);
  });
});

describe('answers', () => {
  const beat = async (init: RequestInit = {}) =>
    fetch(`${desk.door.url}/api/csta/agent/heartbeat/${a.agentId}`, {
      method: 'POST',
      headers: { sessionId: a.session },
      ...init,
    });

  test('are a proxy’s page, nothing, or another host', async () => {
    desk.door.answerNext({ answer: 'html' });
    const page = await beat();
    expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html']);
    desk.door.answerNext({ answer: 'empty' });
    const nothing = await beat();
    expect([nothing.status, await nothing.text()]).toEqual([200, '']);
    desk.door.answerNext({ answer: 'redirect' });
    expect((await beat({ redirect: 'manual' })).headers.get('location')).toContain('login.example.invalid');
    desk.door.answerNext({ answer: 'cut' });
    await expect(beat()).rejects.toThrow(/fetch failed/);
    expect((await beat()).status).toBe(204);
  });

  test('are wrong for one kind of request alone, and slow', async () => {
    desk.door.answerNext({ answer: 'html', path: '/callControl/' });
    expect((await beat()).status).toBe(204);
    await expect(a.call('600')).rejects.toThrow(/not valid JSON/);

    desk.door.faults.delayMs = 1500;
    const order: string[] = [];
    const answer = a.call('600').then(() => order.push('answer'));
    await a.event('established');
    order.push('established');
    await answer;
    expect(order).toEqual(['established', 'answer']);
  });
});

describe('the event socket', () => {
  test('is cut, says ERROR and ends, or lies about a length', async () => {
    desk.door.sendLie();
    await until('the lie', () => a.frames.some((frame) => frame.includes('content-length:900000')));
    desk.door.sendError();
    await until('ERROR', () => a.frames.some((frame) => frame.startsWith('ERROR\n')));
    await until('the end', () => !a.isOpen);
    const b = await desk.agent(2);
    desk.door.dropSockets();
    await until('cut', () => !b.isOpen);
  });

  test('never says CONNECTED', async () => {
    desk.door.faults.neverConnected = true;
    const b = await desk.agent(2); // it does not wait for that
    expect(b.frames.some((frame) => frame.startsWith('CONNECTED'))).toBe(false);
    expect(a.frames.some((frame) => frame.startsWith('CONNECTED'))).toBe(true);
  });
});

test('the control door sets faults, sends work and shows the agents', async () => {
  expect(await control('/faults', { seats: 'many' })).toMatchObject({ status: 400 });
  expect(await control('/faults', { withoutSerial: true, unregistered: ['8002'] })).toMatchObject({ status: 200 });
  expect(desk.door.faults).toMatchObject({ withoutSerial: true, unregistered: ['8002'] });
  const { json } = await control('/queue-call', { to: '8001', from: '13800138000', queue: '7000', data: { id: 7 } });
  expect(await a.event('delivered')).toMatchObject({ ...(json as object), userData: { data: { id: '7' } } });
  expect((await control('/allocate', { queue: '7000', number: '13800138000' })).json).toEqual({ agentId: null });
  expect(await control('/answer-next', { answer: 'nonsense' })).toMatchObject({ status: 400 });
  const shown = await (await fetch(`${desk.exchange.controlUrl}/wellcloud`)).json();
  expect(shown).toMatchObject({ loggedOn: [{ agentId: '5001@test.cc', device: '8001@test.cc', mode: 'NotReady' }] });
});
