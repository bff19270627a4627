import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { startExchange } from '../../demo/exchange/exchange';
import type { SessionMemory } from '../../src/backends/wellcloud/recovery';
import { hurryTimers } from './trials/hurry';
import { ToldDesk } from './wellcloud-told-desk';
import { AgentPhone } from './wellcloud-phone';

const ELSEWHERE = { srcDeviceId: '8002@test.cc', deviceId: '8002@test.cc' };

beforeEach(() => void vi.stubGlobal('WebSocket', WebSocket));
afterEach(() => void vi.unstubAllGlobals());

test('two browsers, one agent: the second is asked, the first is told, and neither fights for it', async () => {
  const exchange = await startExchange({
    domain: 'test.cc',
    wellcloud: { agents: ['5001', '5002'], password: 'secret' },
  });
  const account = { server: exchange.wellcloud.url, domain: 'test.cc', agent: '5001', password: 'secret' };
  let kept: string | undefined; // what a later start of the first browser would go on with
  const memory: SessionMemory = {
    recall: () => Promise.resolve(kept),
    keep: (session) => void (kept = session),
    forget: () => void (kept = undefined),
  };
  const first = new AgentPhone({ ...account, extension: '8001', memory });
  const second = new AgentPhone({ ...account, extension: '8002', loginMode: 'ask' });
  try {
    await first.perform({ type: 'login' });
    exchange.wellcloud.queueCall('8001', '13800138000');
    await first.shows('alerting');

    await expect(second.perform({ type: 'login' })).rejects.toMatchObject({
      code: 'agentLoggedInElsewhere',
      data: { agent: '5001', extension: '8001' },
    });
    expect(kept).toBeDefined();
    await second.perform({ type: 'login', force: true });

    await expect.poll(() => first.state.agent.state).toBe('loggedOff');
    expect(first.state.notices).toMatchObject([{ code: 'loggedOutElsewhere' }]);
    await first.shows(); // stopped ringing
    await expect.poll(() => first.link()?.state).toBe('closed');
    expect(kept).toBeUndefined();
    exchange.wellcloud.queueCall('8002', '13800138001');
    await second.shows('alerting');
    expect([first.calls(), first.state.agent.state, second.state.agent.state]).toEqual([[], 'loggedOff', 'notReady']);
  } finally {
    first.stop();
    second.stop();
    await exchange.close();
  }
});

describe('an agent that is logged off and did not ask for it', () => {
  let desk: ToldDesk;
  beforeEach(async () => void (desk = await ToldDesk.open()));
  afterEach(() => desk.close());

  const talkingAndRinging = async () => {
    desk.tell(desk.call('delivered', 'talk'), desk.call('established', 'talk'), desk.call('delivered', 'ring'));
    await expect.poll(() => desk.shown()).toEqual(['talk connected', 'ring alerting']);
  };

  test('talks on until the end of the call is told, rings no more, and only then closes the link', async () => {
    await talkingAndRinging();
    desk.tell(desk.agent('agentLoggedOff'), desk.call('delivered', 'later'));
    await expect.poll(() => desk.shown()).toEqual(['talk connected, not confirmed']);
    expect([desk.notices(), desk.phone.link()?.state]).toEqual([['loggedOutElsewhere'], 'open']);

    desk.tell(desk.call('held', 'talk'));
    await expect.poll(() => desk.shown()).toEqual(['talk held']);
    desk.tell(desk.call('connectionCleared', 'talk'));
    await expect.poll(() => desk.server.subscribers()).toBe(0);
    expect([desk.shown(), desk.phone.link()?.state, desk.server.count('Login')]).toEqual([[], 'closed', 1]);
  });

  test('can hang up; where the server knows the call no more, it is over here too', async () => {
    await talkingAndRinging();
    desk.tell(desk.agent('agentLoggedOff'));
    await expect.poll(() => desk.shown()).toEqual(['talk connected, not confirmed']);
    desk.server.upon('drop', { status: 404 });
    await expect(desk.phone.perform({ type: 'clear', callId: 'talk' })).rejects.toMatchObject({
      code: 'commandRefused',
    });
    expect([desk.shown(), desk.phone.link()?.state]).toEqual([[], 'closed']);
  });

  test('is rid of a call that it may not end any more, and closes the link', async () => {
    await talkingAndRinging();
    desk.tell(desk.agent('agentLoggedOff'));
    await expect.poll(() => desk.shown()).toEqual(['talk connected, not confirmed']);
    desk.server.upon('drop', { status: 458 });
    await desk.phone.perform({ type: 'clear', callId: 'talk' });
    expect([desk.shown(), desk.phone.link()?.state]).toEqual([[], 'closed']);
  });

  test('keeps its call through a cut of the link', async () => {
    await talkingAndRinging();
    desk.tell(desk.agent('agentLoggedOff'));
    await expect.poll(() => desk.shown()).toHaveLength(1);
    desk.server.cut();
    await expect.poll(() => desk.phone.call().signalling).toBe('lost');
    await expect.poll(() => desk.phone.call().signalling, { timeout: 5_000 }).toBe('up');
    expect(desk.shown()).toEqual(['talk connected, not confirmed']);
    desk.tell(desk.call('connectionCleared', 'talk'));
    await expect.poll(() => desk.shown()).toEqual([]);
  });

  test('logs in again where it is pressed, and goes on with the call', async () => {
    await talkingAndRinging();
    desk.tell(desk.agent('agentLoggedOff'));
    await expect.poll(() => desk.shown()).toHaveLength(1);
    desk.knows({ callId: 'talk', ani: '13800138000@test.cc', dnis: '8001@test.cc', state: 'Connect' });
    await desk.login();
    await expect.poll(() => desk.shown(), { timeout: 5_000 }).toEqual(['talk connected']);
    expect(desk.phone.state.agent.state).toBe('notReady');
  });

  test('a login at another extension says it too, where the logout before it was lost', async () => {
    desk.tell(desk.agent('agentLoggedOn', ELSEWHERE));
    await expect.poll(() => desk.notices()).toEqual(['loggedOutElsewhere']);
    expect(desk.phone.state.agent.state).toBe('loggedOff');
  });

  test('a login here whose logout comes after it is one as well', async () => {
    const [off, on] = [desk.agent('agentLoggedOff'), desk.agent('agentLoggedOn')];
    desk.tell(on, off);
    await expect.poll(() => desk.notices()).toEqual(['loggedOutElsewhere']);
  });

  test.each([
    ['logged in elsewhere', () => desk.knows(undefined, { extensionId: '8002@test.cc' })],
    ['not logged in', () => void (desk.server.clientState = { extension: null, agent: null })],
  ])('%s after a gap: told', async (_what, know) => {
    know();
    desk.server.cut();
    await expect.poll(() => desk.notices(), { timeout: 5_000 }).toEqual(['loggedOutElsewhere']);
    expect([desk.phone.state.agent.state, desk.phone.link()?.state]).toEqual(['loggedOff', 'closed']);
  });

  test('the late copy of a logout before our own login is none', async () => {
    desk.knows();
    desk.tell(desk.agent('agentLoggedOff', { serial: 11_050_000 }), desk.agent('agentReady'));
    await expect.poll(() => desk.phone.state.agent.state).toBe('ready');
    expect(desk.notices()).toEqual([]);
  });

  test('our own logout is no such news', async () => {
    desk.server.upon('Logout', { events: [desk.agent('agentLoggedOff')] });
    await desk.phone.perform({ type: 'logout' });
    expect([desk.notices(), desk.phone.state.agent.state, desk.phone.link()?.state]).toEqual([
      [],
      'loggedOff',
      'closed',
    ]);
  });

  test('our own logout whose event was lost is no such news either', async () => {
    const slowDown = hurryTimers(10_000, 50); // until the event is given up
    const logout = desk.phone.perform({ type: 'logout' });
    await expect(logout.finally(slowDown)).rejects.toMatchObject({ code: 'serverSilent' });
    await expect.poll(() => desk.phone.state.agent.state).toBe('loggedOff'); // the server, asked, says so
    expect(desk.notices()).toEqual([]);
  });

  test('after a logout that was refused, a takeover is news all the same', async () => {
    desk.server.upon('Logout', { status: 403 });
    await expect(desk.phone.perform({ type: 'logout' })).rejects.toMatchObject({ code: 'serverStatus' });
    desk.tell(desk.agent('agentLoggedOff'));
    await expect.poll(() => desk.notices()).toEqual(['loggedOutElsewhere']);
  });
});
