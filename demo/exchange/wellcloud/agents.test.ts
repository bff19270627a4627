import { beforeEach, expect, test } from 'vitest';
import { manualClock } from '../manual-clock';
import { Agents, NO_AGENT_FAULTS } from './agents';

const device = '8001@test.cc';
const login = { func: 'Login', loginId: '5001@test.cc', device, password: 'x', agentMode: 'Ready' };
let clock = manualClock();
let told: string[] = [];
let busy = false;
let agents: Agents;

beforeEach(() => {
  clock = manualClock();
  told = [];
  busy = false;
  agents = new Agents({
    ...{ clock, domain: 'test.cc', extensions: ['8001'], faults: { ...NO_AGENT_FAULTS, pendingModes: true } },
    accounts: [{ agent: '5001', password: 'x' }],
    isBusy: () => busy,
    isRegistered: (extension) => extension !== '8009',
    tell: (name) => void told.push(name),
  });
});

test('an agent who is not heard of for three minutes is logged off', () => {
  agents.state(login);
  clock.pass(179_000);
  agents.beat('5001@test.cc');
  clock.pass(179_000);
  expect(told).toEqual(['agentLoggedOn', 'agentReady']);
  clock.pass(1_000);
  expect(told.at(-1)).toBe('agentLoggedOff');
  expect(agents.beat('5001@test.cc')).toBe(false);
});

test('a session survives the agent’s logout until it expires', () => {
  const { json } = agents.credentials('5001', 'x', 'test.cc');
  const session = String(json?.['sessionId']);
  expect(agents.agentOfSession(session)).toBe('5001@test.cc');
  agents.expireSessions();
  expect(agents.agentOfSession(session)).toBeUndefined();
});

test('a mode asked for in a call waits, and a second wish takes its place', () => {
  agents.state(login);
  busy = true;
  const mode = (agentMode: string, reason: string) =>
    agents.state({ func: 'SetState', agentId: '5001@test.cc', agentMode, reason });
  expect(mode('NotReady', '1')).toEqual({ status: 200, json: { pendingMode: 'NotReady' } });
  mode('NotReady', '2');
  expect(agents.find('5001@test.cc')).toMatchObject({ mode: 'Ready', pending: { mode: 'NotReady', reason: '2' } });
});
