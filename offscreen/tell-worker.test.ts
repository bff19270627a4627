import { expect, test } from 'vitest';
import { NO_PHONE, type Snapshot } from '../src/domain/phone';
import { PhoneError } from '../src/domain/phone-error';
import { createWorkerTeller } from './tell-worker';

const snapshot = (revision: number): Snapshot => ({ epoch: 'e', revision, now: 0, state: NO_PHONE });
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A worker whose answers come when the test says so. */
function worker() {
  const told: number[] = [];
  const answers: { resolve(): void; reject(error: Error): void }[] = [];
  const later: { delayMs: number; run: () => void }[] = [];
  const tell = createWorkerTeller(
    ({ revision }) => {
      told.push(revision);
      return new Promise<void>((resolve, reject) => answers.push({ resolve, reject }));
    },
    (delayMs, run) => void later.push({ delayMs, run }),
  );
  const pass = (ms: number) => later.filter(({ delayMs }) => delayMs <= ms).forEach(({ run }) => run());
  return { tell, told, answers, pass };
}

test('while the worker draws, only the latest change waits for it', async () => {
  const { tell, told, answers } = worker();
  [1, 2, 3].forEach((revision) => tell(snapshot(revision)));
  expect(told).toEqual([1]);

  answers[0]?.resolve();
  await settle();

  expect(told).toEqual([1, 3]);
});

test('a worker that died is told again, by then the newest', async () => {
  const { tell, told, answers, pass } = worker();
  tell(snapshot(1));
  answers[0]?.reject(new PhoneError('engineUnavailable', 'died'));
  await settle();
  tell(snapshot(2));
  expect(told).toEqual([1]);

  pass(200);
  await settle();

  expect(told).toEqual([1, 2]);
});

test('the very last change is not lost with the worker', async () => {
  const { tell, told, answers, pass } = worker();
  tell(snapshot(1));
  answers[0]?.reject(new PhoneError('engineUnavailable', 'died'));
  await settle();
  pass(200);
  await settle();

  expect(told).toEqual([1, 1]);
});

test('a worker that refuses is not asked the same again', async () => {
  const { tell, told, answers, pass } = worker();
  tell(snapshot(1));
  answers[0]?.reject(new PhoneError('internal', 'no icon'));
  await settle();
  pass(10_000);
  await settle();

  expect(told).toEqual([1]);
});

test('a worker that hangs keeps nothing back for longer than three seconds', async () => {
  const { tell, told, pass } = worker();
  tell(snapshot(1));
  tell(snapshot(2));
  pass(3_000);
  await settle();

  expect(told).toEqual([1, 2]);
});
