import { expect, test } from 'vitest';
import { phone, snapshot, NOW } from '../../tests/gallery/phone-states';
import { ageText, engineNow, timerText, whenText } from './duration';

test.each([
  [-5, '0:00'],
  [7_999, '0:07'],
  [724_000, '12:04'],
  [3_753_000, '1:02:33'],
])('%d ms read %s', (ms, text) => {
  expect(timerText(ms)).toBe(text);
});

test('the engine’s clock goes on between two snapshots and never runs backwards', () => {
  const last = snapshot(phone());

  expect(engineNow(last, 500, 1_750)).toBe(NOW + 1_250);
  expect(engineNow(last, 500, 400)).toBe(NOW);
});

test('an age is coarser the older it is', () => {
  expect([45_000, 724_000, 11_100_000, 97_200_000].map((ms) => ageText(ms))).toEqual([
    { key: 'age_seconds', params: { n: 45 } },
    { key: 'age_minutes', params: { n: 12 } },
    { key: 'age_hours', params: { h: 3, m: 5 } },
    { key: 'age_days', params: { d: 1, h: 3 } },
  ]);
});

test('a recent call is told as people say it', () => {
  const noon = new Date(2026, 10, 20, 12, 0, 0).getTime();
  const at = (days: number, hours: number, minutes: number) =>
    whenText(new Date(2026, 10, 20 - days, hours, minutes).getTime(), noon, 'en');

  expect(whenText(noon - 59_000, noon, 'en')).toEqual({ key: 'age_justNow' });
  expect(at(0, 11, 48)).toBe('12 min. ago');
  expect(at(0, 0, 12)).toBe('00:12');
  expect(at(1, 17, 40)).toEqual({ key: 'age_yesterday', params: { time: '17:40' } });
  expect(at(17, 17, 40)).toMatch(/Nov.*17:40$/);
  expect(at(400, 9, 5)).toContain('2025');
  expect(whenText(noon - 720_000, noon, 'zh-CN')).toBe('12分钟前');
});
