// A supervisor's phone and two agents' at the embedded exchange: what he does to them, and how it shows at his own phone.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../../src/domain/commands';
import { answer, openAgentDesk, type AgentDesk } from './wellcloud-agents';

let desk: AgentDesk;
beforeEach(async () => {
  desk = await openAgentDesk({ supervisors: ['5003'] });
});
afterEach(() => desk.close());

/** 5001 and 5002 talk; 5003 may act on it. */
async function watched() {
  const { a, b } = await desk.talking();
  const s = await desk.agent(3, { supervisor: true });
  return { a, b, s, its: { serverCallId: b.call().id, extension: '8002' } };
}

describe('a call of another', () => {
  test('is listened to: it is a call of ours, and nobody in it notices the coming or the going', async () => {
    const { a, b, s, its } = await watched();
    const before = [a.events.length, b.events.length];
    await s.perform({ type: 'listen', ...its });
    await s.shows('connected'); // a desk phone goes off hook by itself
    expect(s.call()).toMatchObject({ direction: 'inbound', link: 'wellcloud', details: { listening: '8002' } });
    await s.perform({ type: 'clear', callId: s.call().id });
    await s.shows();
    await Promise.all([a.shows('connected'), b.shows('connected')]);
    expect([a.events.length, b.events.length]).toEqual(before);
  });

  test('is come into: all three talk, and the two go on when he leaves', async () => {
    const { a, b, s, its } = await watched();
    await s.perform({ type: 'bargeIn', ...its });
    await answer(s);
    await expect.poll(() => b.call().details?.parties?.toSorted()).toEqual(['8001', '8003']);
    expect(s.call().remote.number).toBe('8002');
    expect(s.call().details).not.toHaveProperty('listening');
    await a.shows('connected');
    await s.perform({ type: 'clear', callId: s.call().id });
    await s.shows();
    await Promise.all([a.shows('connected'), b.shows('connected')]);
  });

  test('is taken over: it ends for the agent and goes on here', async () => {
    const { a, b, s, its } = await watched();
    await s.perform({ type: 'takeOver', ...its });
    await b.shows();
    await answer(s);
    await a.shows('connected');
    expect(a.call().remote.number).toBe('8003');
    expect(s.call().remote.number).toBe('8001');
  });

  test('rings here again after he has left it, as the same call taken over', async () => {
    const { a, s, its } = await watched();
    await s.perform({ type: 'bargeIn', ...its });
    await answer(s);
    await s.perform({ type: 'clear', callId: s.call().id });
    await s.shows();
    await s.perform({ type: 'takeOver', ...its });
    await answer(s);
    await expect.poll(() => a.call().remote.number).toBe('8003');
    expect(s.call()).toMatchObject({ state: 'connected', direction: 'inbound', remote: { number: '8001' } });
  });

  test('is ended for both', async () => {
    const { a, b, s, its } = await watched();
    await s.perform({ type: 'forceClear', ...its });
    await Promise.all([a.shows(), b.shows()]);
  });

  test('that has ended is told: that extension has no such call', async () => {
    const { a, b, s, its } = await watched();
    await a.perform({ type: 'clear', callId: a.call().id });
    await Promise.all([a.shows(), b.shows()]);
    await expect(s.perform({ type: 'listen', ...its })).rejects.toMatchObject({
      code: 'colleagueCallUnknown',
      data: { extension: '8002' },
    });
  });
});

test('another agent is made ready, not ready, and logged out, which is told there as somebody else’s doing', async () => {
  const b = await desk.agent(2);
  const s = await desk.agent(3, { supervisor: true });
  const who = { agent: '5002', extension: '8002' };
  await s.perform({ type: 'forceReady', ...who });
  await expect.poll(() => b.state.agent.state).toBe('ready');
  await s.perform({ type: 'forceNotReady', ...who });
  await expect.poll(() => b.state.agent.state).toBe('notReady');
  await s.perform({ type: 'forceLogout', ...who });
  await expect.poll(() => b.state.agent.state).toBe('loggedOff');
  expect(b.state.notices.map(({ code }) => code)).toEqual(['loggedOutElsewhere']);
  await expect(s.perform({ type: 'forceLogout', ...who })).rejects.toMatchObject({
    code: 'colleagueNotLoggedIn',
    data: who,
  });
});

test('rights that the server refuses are told as that, by the phone that was meant', async () => {
  await desk.close();
  desk = await openAgentDesk({ supervisors: ['5001'] });
  const { b } = await desk.talking();
  const s = await desk.agent(3, { supervisor: true });
  const its = { serverCallId: b.call().id, extension: '8002' };
  const commands: Command[] = [
    { type: 'listen', ...its },
    { type: 'forceClear', ...its },
    { type: 'forceLogout', agent: '5002', extension: '8002' },
  ];
  for (const command of commands) {
    await expect(s.perform(command)).rejects.toMatchObject({
      code: 'supervisorNotAllowed',
      data: { extension: '8002' },
    });
  }
  await b.shows('connected');
});

test('nothing of it is offered where the profile names no supervisor', async () => {
  const phone = await desk.agent(3);
  expect(phone.state.capabilities.wellcloud?.commands).not.toContain('listen');
  const listen: Command = { type: 'listen', serverCallId: 'x', extension: '8002' };
  await expect(phone.perform(listen)).rejects.toMatchObject({ code: 'notSupported' });
});
