import { expect, test } from 'vitest';
import { PhoneError } from '../../domain/phone-error';
import { openRecovery, type Recovery } from './recovery';

/** A recovery whose store and server answer when the test says so. */
function open() {
  const told: string[] = [];
  let [recalled, answered, failed] = [(_kept?: string) => {}, (_isOn: boolean) => {}, (_error: Error) => {}];
  const recovery: Recovery = openRecovery({
    memory: {
      recall: () => new Promise((resolve) => (recalled = resolve)),
      keep: () => undefined,
      forget: () => undefined,
    },
    world: { signal: new AbortController().signal, log: () => undefined },
    session: { take: (session) => void told.push(`takes ${session}`) },
    begins: () => void told.push('begins'),
    openEvents: () => Promise.resolve(),
    isStillOn: () => new Promise((resolve, reject) => ([answered, failed] = [resolve, reject])),
    goesOn: () => void told.push('goes on'),
    isOver: (cause) => void told.push(`is over: ${cause}`),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    ...{ recovery, told, settle },
    recall: (kept?: string) => (recalled(kept), settle()),
    answer: (isOn: boolean) => (answered(isOn), settle()),
    fail: (error: Error) => (failed(error), settle()),
  };
}

test('the kept session is gone on with once the server says that the agent is on', async () => {
  const { recovery, told, recall, answer } = open();
  await recall('kept');
  expect(recovery.isOn()).toBe(true);
  await answer(true);
  expect([recovery.isOn(), told]).toEqual([false, ['begins', 'takes kept', 'goes on']]);
});

test.each<[string, (desk: ReturnType<typeof open>) => Promise<unknown>]>([
  ['that the agent is on', ({ answer }) => answer(true)],
  ['that it is not', ({ answer }) => answer(false)],
  ['that the session is of no use', ({ fail }) => fail(new PhoneError('sessionExpired', 'HTTP 426'))],
])('who has logged in anew meanwhile is left alone by a late word %s', async (_what, late) => {
  const desk = open();
  await desk.recall('kept');
  desk.recovery.abandon();
  expect(desk.recovery.isOn()).toBe(false);
  await late(desk);
  expect(desk.told).toEqual(['begins', 'takes kept']);
});

test('a session that is found only after the login is not taken in place of the new one', async () => {
  const { recovery, told, recall } = open();
  recovery.abandon();
  await recall('kept');
  expect(told).toEqual([]);
});

test('a server that refuses to say how things stand is not asked for ever', async () => {
  const { told, recall, fail } = open();
  await recall('kept');
  await fail(new PhoneError('serverStatus', 'HTTP 404'));
  expect(told.at(-1)).toBe('is over: serverStatus');
});
