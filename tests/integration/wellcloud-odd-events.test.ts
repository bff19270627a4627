import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { CUSTOMER, ToldDesk, DEVICE } from './wellcloud-told-desk';

let desk: ToldDesk;
beforeEach(async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  desk = await ToldDesk.open();
});
afterEach(async () => {
  await desk.close();
  vi.unstubAllGlobals();
});
const shows = (...calls: string[]) => expect.poll(() => desk.shown(), { timeout: 5_000 }).toEqual(calls);

describe('serials (B52)', () => {
  test.each([
    ['missing', [undefined, undefined, undefined]],
    ['text that is a number', ['121001', '121002', '121003']],
    ['text that is none', ['soon', 'later', 'never']],
    ['smaller and smaller, as a counter that began anew', [900_000_000, 5, 6]],
    ['a huge jump', [1, 2, 9_007_199_254_740_991]],
    ['below zero, and broken', [-1, 0.5, 1e300]],
  ])('%s: the call rings, talks and ends', async (_what, [first, second, third]) => {
    desk.knows({ callId: 'a', ani: CUSTOMER, dnis: DEVICE, state: 'Connect' });
    desk.tell(desk.call('delivered', 'a', { serial: first }));
    await shows('a alerting');
    desk.tell(desk.call('established', 'a', { serial: second }));
    await shows('a connected');
    desk.tell(desk.call('connectionCleared', 'a', { serial: third }));
    await shows();
  });

  test('a gap: the server is asked, and what was lost in it is put right', async () => {
    desk.tell(desk.call('delivered', 'a'), desk.call('established', 'a'));
    await shows('a connected');
    desk.call('held', 'a'); // lost on the way
    desk.knows({ callId: 'a', ani: CUSTOMER, dnis: DEVICE, state: 'Hold' });
    desk.tell(desk.call('recordStarted', 'a', { recordId: 'r' }));
    await shows('a held');
    expect(desk.server.count('client-state')).toBe(1);
  });
});

test.each(['2018.12.24 08:59:57', '1970.01.01 00:00:00', '2036.11.20 12:00:00', 'yesterday', 7])(
  'the time of the event is %s: shown is when it came (B53)',
  async (eventTime) => {
    const before = performance.now();
    desk.tell(desk.call('delivered', 'a', { eventTime }), desk.call('established', 'a', { eventTime }));
    await shows('a connected');
    const { createdAt, startedWall } = desk.phone.call();
    expect(createdAt).toBeGreaterThanOrEqual(before);
    expect(createdAt).toBeLessThanOrEqual(performance.now());
    expect(Math.abs(startedWall - Date.now())).toBeLessThan(60_000);
  },
);

describe('ids that are not ours (B54, F34)', () => {
  test('no call id, one of 5 kB, another agent, another device: counted, and nothing else', async () => {
    desk.tell(desk.call('delivered', 'a'));
    await shows('a alerting');
    const before = desk.phone.state;
    desk.tell(
      desk.call('established', 'a', { callId: undefined }),
      desk.call('established', 'x'.repeat(5_000)),
      desk.agent('agentReady', { agentId: '5002@test.cc' }),
      desk.call('connectionCleared', 'a', { srcDeviceId: '8002@test.cc', eventSrc: '8002@test.cc' }),
    );
    await expect
      .poll(() => desk.ignored())
      .toEqual(['1× event established, not known or not whole', '1× of another agent', '1× of another device']);
    expect(desk.phone.state).toBe(before);
  });

  test('a call id that changes in the call: the server is asked which it is', async () => {
    desk.tell(desk.call('delivered', 'a'), desk.call('established', 'a'));
    await shows('a connected');
    desk.knows({ callId: 'a', ani: CUSTOMER, dnis: DEVICE, state: 'Connect' });
    desk.tell(desk.call('held', 'b'));
    await expect.poll(() => desk.server.count('client-state'), { timeout: 5_000 }).toBe(1);
    expect(desk.shown()).toEqual(['a connected']);
  });

  test('a storm of them fills no log', async () => {
    for (let at = 0; at < 500; at += 1) desk.tell(desk.agent('agentReady', { agentId: '5002@test.cc' }));
    desk.tell(desk.agent('agentReady'));
    await expect.poll(() => desk.phone.state.agent.state).toBe('ready');
    expect(desk.ignored()).toEqual(['1× of another agent', '10× of another agent', '100× of another agent']);
  });
});

describe('calls that nobody told of (B55)', () => {
  test('established for a call never seen: what the server says is shown', async () => {
    desk.knows({ callId: 'lost', ani: CUSTOMER, dnis: DEVICE, state: 'Connect' });
    desk.tell(desk.call('established', 'lost'));
    await shows('lost connected');
    expect(desk.phone.call().remote.number).toBe('13800138000');
  });

  test('and where the server knows of none, nothing is', async () => {
    desk.knows();
    desk.tell(desk.call('established', 'lost'));
    await expect.poll(() => desk.server.count('client-state'), { timeout: 5_000 }).toBe(1);
    expect(desk.shown()).toEqual([]);
  });

  test('released twice, under two serials, is released once', async () => {
    desk.tell(desk.call('delivered', 'a'), desk.call('connectionCleared', 'a'), desk.call('connectionCleared', 'a'));
    desk.tell(desk.agent('agentReady'));
    await expect.poll(() => desk.phone.state.agent.state).toBe('ready');
    expect(desk.phone.events.filter(({ type }) => type === 'connectionCleared')).toHaveLength(1);
  });
});

describe('agent modes', () => {
  test('of no known name is shown as it stands, and nothing is taken for granted (B56)', async () => {
    desk.tell(desk.agent('agentReady', { agentMode: 'Reday' }));
    await expect.poll(() => desk.phone.state.agent).toMatchObject({ state: 'unknown', word: 'Reday' });
    desk.tell(desk.agent('agentReady', { agentMode: 'Ready' }));
    await expect.poll(() => desk.phone.state.agent.state).toBe('ready');
    expect(desk.phone.state.agent).not.toHaveProperty('word');
  });

  test('of no known name in client-state as well', async () => {
    desk.knows(undefined, { agentMode: 'Reday' });
    desk.server.cut();
    await expect
      .poll(() => desk.phone.state.agent, { timeout: 5_000 })
      .toMatchObject({ state: 'unknown', word: 'Reday' });
  });

  test('that come again, or after a newer one, leave the newest', async () => {
    const [ready, notReady] = [desk.agent('agentReady'), desk.agent('agentNotReady', { reason: '2' })];
    desk.knows();
    desk.tell(notReady, ready, notReady, ready, desk.call('delivered', 'a'));
    await shows('a alerting');
    expect(desk.phone.state.agent).toMatchObject({ state: 'notReady', reason: '2' });
  });
});
