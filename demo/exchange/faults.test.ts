import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FaultySender, noFaults, WrongAnswers, type Faults } from './faults';

let faults: Faults;
let arrived: (string | Uint8Array)[];
let sender: FaultySender;

beforeEach(() => {
  vi.useFakeTimers();
  faults = { ...noFaults };
  arrived = [];
  sender = new FaultySender(faults, (frame) => arrived.push(frame));
});
afterEach(() => void vi.useRealTimers());

function send(...frames: string[]): string {
  for (const frame of frames) sender.send(frame);
  return arrived.join('');
}

test('without faults frames arrive as sent', () => {
  expect(send('a', 'b')).toBe('ab');
});

test('twice, late, or never', () => {
  faults.duplicate = true;
  expect(send('a')).toBe('aa');
  Object.assign(faults, { duplicate: false, delayMs: 100 });
  expect(send('b', 'c')).toBe('aa');
  vi.advanceTimersByTime(100);
  expect(arrived.join('')).toBe('aabc');
  Object.assign(faults, { delayMs: 0, silent: true });
  expect(send('d')).toBe('aabc');
});

test('neighbours change places, and the last of an odd number is only late', () => {
  faults.reorder = true;
  expect(send('a', 'b', 'c')).toBe('ba');
  vi.advanceTimersByTime(50);
  expect(arrived.join('')).toBe('bac');
});

test('each wrong answer is given once, in order, and only to its own method', () => {
  const answers = new WrongAnswers();
  answers.add({ method: 're-INVITE', status: 491 });
  answers.add({ method: 'INFO', status: 0 });
  answers.add({ method: 're-INVITE', status: 500 });
  expect(answers.take('INVITE', false)).toBeUndefined();
  expect([answers.take('INVITE', true), answers.take('INVITE', true), answers.take('INVITE', true)]).toEqual([
    491,
    500,
    undefined,
  ]);
  expect([answers.take('INFO', true), answers.take('INFO', true)]).toEqual([0, undefined]);
});
