import { expect, test } from 'vitest';
import { createLog } from './log';

test('the log keeps the last 500 lines, cut to size, with their time', () => {
  let now = 0;
  const log = createLog(() => (now += 1));
  for (let line = 1; line <= 600; line += 1) log.write('info', `line ${line} ${'x'.repeat(1_000)}`);

  expect(log.lines()).toHaveLength(500);
  expect(log.lines()[0]).toMatchObject({ at: 101, level: 'info' });
  expect(log.lines().at(-1)?.text).toMatch(/^line 600 x+$/);
  expect(log.lines().at(-1)?.text.length).toBe(300);
});
