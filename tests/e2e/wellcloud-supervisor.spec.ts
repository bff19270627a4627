// A supervisor at a wellCloud desk phone, through the popup's panel; the two agents are scripted clients of the exchange.
import type { Page } from '@playwright/test';
import type { WellcloudTester } from '../integration/wellcloud-tester';
import { expect, inCall, modeAt, test, verb } from './agent-desk';
import { agentOf, card } from './desk';

const panel = (phone: Page) => phone.getByRole('region', { name: 'Supervisor' });

async function fill(phone: Page, fields: Record<'Agent ID' | 'Extension' | 'Call ID', string>): Promise<void> {
  await verb(phone, 'Supervisor').click();
  for (const [name, text] of Object.entries(fields)) await panel(phone).getByLabel(name).fill(text);
}

test.beforeEach(async ({ callbar, phone, exchange }) => {
  await callbar.configureAgent(agentOf(exchange, '5001'), { agent: { supervisor: true } });
  await callbar.logIn();
  await expect(verb(phone, 'Supervisor')).toBeVisible();
});

/** 5002 talks to 5003, and the panel is about that. */
async function watch(phone: Page, colleague: (agent: string) => Promise<WellcloudTester>) {
  const [b, c] = [await colleague('5002'), await colleague('5003')];
  const callId = await b.call('8003');
  await c.event('delivered');
  await c.on(callId, 'answer');
  await b.event('established');
  await fill(phone, { 'Agent ID': '5002', Extension: '8002', 'Call ID': callId });
  return { b, c };
}

test('the call of two agents is listened to unnoticed, and come into', async ({ phone, exchange, colleague }) => {
  const { b, c } = await watch(phone, colleague);
  const noticed = () => [...b.names(), ...c.names()].filter((name) => !name.startsWith('record')).length;
  const before = noticed();

  await verb(phone, 'Listen').click();
  await expect(card(phone, '8002')).toContainText('Listening to 8002');
  await verb(phone, 'Stop listening').click();
  await expect(card(phone, '8002')).toBeHidden();
  expect(noticed()).toBe(before);

  await verb(phone, 'Barge in').click();
  await verb(phone, 'Answer').click();
  await expect(card(phone, '8002')).toContainText('In call');
  expect(inCall(exchange, '8003').toSorted()).toEqual(['8001', '8002', '8003']);
  await verb(phone, 'Hang up').click();
  await expect(card(phone, '8002')).toBeHidden();
  expect(inCall(exchange, '8003')).toEqual(['8002', '8003']);
});

test('the call of two agents is taken over, after a question', async ({ phone, exchange, colleague }) => {
  await watch(phone, colleague);
  await verb(phone, 'Take over').click();
  await expect(phone.getByRole('alert')).toContainText('Take the call away from extension 8002?');
  expect(inCall(exchange, '8003')).toEqual(['8002', '8003']);

  await verb(phone, 'Yes, do it').click();
  await expect(verb(phone, 'Answer')).toBeInViewport({ ratio: 1 }); // above the panel, which stays open
  await verb(phone, 'Answer').click();
  await expect(card(phone, '8003')).toContainText('In call');
  expect(inCall(exchange, '8003').toSorted()).toEqual(['8001', '8003']);
});

test('an agent is set ready, set not ready and logged out; who is not there is told with the number', async ({
  phone,
  exchange,
  colleague,
}) => {
  const b = await colleague('5002');
  await fill(phone, { 'Agent ID': '5002', Extension: '8002', 'Call ID': '' });
  await verb(phone, 'Listen').click();
  await expect(panel(phone).getByLabel('Call ID')).toHaveAccessibleDescription('Fill this in first.');

  await verb(phone, 'Set ready').click();
  await expect.poll(() => modeAt(exchange, '5002')).toBe('Ready');
  await verb(phone, 'Set not ready').click();
  await expect.poll(() => modeAt(exchange, '5002')).toBe('NotReady');
  await verb(phone, 'Log out agent').click();
  await expect(phone.getByRole('alert')).toContainText('Log out agent 5002 at extension 8002?');
  expect(modeAt(exchange, '5002')).toBe('NotReady');
  await verb(phone, 'Yes, do it').click();
  await b.event('agentLoggedOff');
  expect(modeAt(exchange, '5002')).toBeUndefined();

  await verb(phone, 'Set ready').click();
  await expect(phone.getByRole('alert')).toContainText('Agent 5002 is not logged in.');
});
