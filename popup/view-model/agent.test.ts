import { expect, test } from 'vitest';
import { desk, offDesk } from '../../tests/gallery/desk-states';
import { answered, calls, NOW } from '../../tests/gallery/phone-states';
import { NO_PHONE } from '../../src/domain/phone';
import { wordsFor } from '../../src/words';
import { agentFace } from './agent';
import { reachOf } from './reach';

const LOST = { state: 'reopening', since: NOW, attempt: 1, nextTryAt: NOW } as const;
const choice = (state: Parameters<typeof agentFace>[0], at: number) => agentFace(state)?.choices.at(at);

test('the bar says the agent’s state, the reason in the profile’s words, and since when', () => {
  const state = desk({ state: 'notReady', reason: '1', since: 5 });

  expect(reachOf(state)).toMatchObject({ tone: 'notReady', title: { key: 'agent_notReady' }, note: 'Break', since: 5 });
});

test('a reason that the profile does not know is shown as the server names it, cut and on one line', () => {
  expect(agentFace(desk({ state: 'notReady', reason: '9' }))?.reason).toBe('9');
  expect(agentFace(desk({ state: 'notReady', reason: `a\n\u202e${'x'.repeat(99)}` }))?.reason).toMatch(/^a x+…$/);
});

test('what comes after the call is told; a state that is there already is not', () => {
  expect(agentFace(desk({ state: 'busy', pending: 'notReady' }))?.pending?.key).toBe('pending_notReady');
  const lunch = agentFace(desk({ state: 'busy', pending: 'notReady', pendingReason: '3' }))?.pending;
  expect(lunch).toEqual({ key: 'pending_notReadyReason', params: { reason: 'Meeting' } });
  expect(wordsFor('en')('pending_notReadyReason', lunch?.params)).toBe('Not ready · Meeting after this call');
  expect(wordsFor('zh-CN')('pending_notReadyReason', lunch?.params)).toBe('本次通话后示忙 · Meeting');
  expect(agentFace(desk({ state: 'notReady', pending: 'notReady' }))?.pending).toBeUndefined();
});

test('the control offers ready, not ready with each reason, and log out; what holds now is marked', () => {
  const choices = agentFace(desk({ state: 'notReady', reason: '3' }))?.choices ?? [];

  expect(choices.map(({ command, reason }) => [command.type, reason])).toEqual([
    ['setAgentState', undefined],
    ['setAgentState', undefined],
    ['setAgentState', 'Break'],
    ['setAgentState', 'Calling out by hand'],
    ['setAgentState', 'Meeting'],
    ['logout', undefined],
  ]);
  expect(choices.flatMap(({ chosen }, at) => (chosen ? at : []))).toEqual([4]);
  expect(choices[4]?.command).toEqual({ type: 'setAgentState', state: 'notReady', reason: '3' });
});

test('while the server cannot be heard the state is the last known, and every choice says why it is grey', () => {
  const state = desk({}, { link: LOST });

  expect(agentFace(state)?.lastKnown).toBe(true);
  expect(choice(state, 0)?.can).toEqual({ ok: false, reason: 'linkLost' });
  expect(reachOf(state)).toMatchObject({ tone: 'warning', tryLink: 'wellcloud' });
});

test('nobody logs out in a call or while a customer is being dialled for them', () => {
  const talking = desk({ state: 'busy' }, { calls: calls(answered('connected', { link: 'wellcloud' })) });

  expect(choice(talking, -1)?.can).toEqual({ ok: false, reason: 'logoutInCall' });
  expect(choice(desk({ state: 'allocated' }), -1)?.can).toEqual({ ok: false, reason: 'agentAllocated' });
  expect(choice(desk(), -1)?.can).toEqual({ ok: true });
});

test('one press ends the work after a call; one press gives up a call that is dialled, where the server can', () => {
  expect(agentFace(desk({ state: 'workingAfterCall' }))?.quick?.command).toEqual({
    type: 'setAgentState',
    state: 'ready',
  });
  const allocated = desk({ state: 'allocated' });
  expect(agentFace(allocated)?.quick?.command).toMatchObject({ name: 'releaseAllocated' });
  const { wellcloud } = allocated.capabilities;
  const without = { ...allocated, capabilities: wellcloud ? { wellcloud: { ...wellcloud, vendor: [] } } : {} };
  expect(agentFace(without)?.quick).toBeUndefined();
});

test('a state of no known name is told by the server’s own word', () => {
  expect(reachOf(desk({ state: 'unknown', word: 'Reday' }))).toMatchObject({
    tone: 'unknown',
    title: { key: 'agent_unknown', params: { word: 'Reday' } },
  });
});

test('who is not logged in is told so, whatever the link says; a phone without agents has none of it', () => {
  expect(reachOf(offDesk())).toMatchObject({ tone: 'offline', title: { key: 'reach_loggedOff' } });
  expect(reachOf(offDesk({}, { state: 'opening', since: 0 })).title.key).toBe('login_going');
  expect(agentFace(offDesk())).toBeUndefined();
  expect(agentFace(NO_PHONE)).toBeUndefined();
});

test('where the voice is in this browser, its lost link comes before the agent’s state', () => {
  const state = desk();
  const links = { ...state.links, sip: LOST };

  expect(reachOf({ ...state, links })).toMatchObject({ tone: 'warning', tryLink: 'sip' });
});
