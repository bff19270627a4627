import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { devicesOf, fixtureNames } from '../fixtures/wellclient';
import { replay } from './wellcloud-replay';
import { agent } from './wellcloud-scenarios/agent';
import { conference } from './wellcloud-scenarios/conference';
import { oneCall } from './wellcloud-scenarios/one-call';
import { transfer } from './wellcloud-scenarios/transfer';

const TABLES = { ...agent, ...oneCall, ...transfer, ...conference };
const NAMES = fixtureNames('scenario').flatMap((scenario) =>
  devicesOf(scenario).map((device) => `${scenario.replace('scenario-', '')} at ${device.replace('@test.cc', '')}`),
);

beforeAll(() => void vi.stubGlobal('WebSocket', WebSocket));
afterAll(() => void vi.unstubAllGlobals());

/** Columns are for the eye. */
function lines(table: string): string[] {
  return table.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim().replaceAll(/ +\| /g, ' | ')]));
}

test('each scenario has a table for each device in it', () => {
  expect(Object.keys(TABLES).toSorted()).toEqual(NAMES.toSorted());
});

test.each(NAMES)('%s: what the agent sees after each event', async (name) => {
  const [scenario = '', extension = ''] = name.split(' at ');
  expect(await replay(`scenario-${scenario}`, extension)).toEqual(lines(TABLES[name] ?? ''));
});
