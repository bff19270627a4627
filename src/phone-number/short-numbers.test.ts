import { expect, test } from 'vitest';
import { hidesEmergency, isEmergency, shortNumberKind, shortNumbers } from './short-numbers';

const mustKnow: Readonly<Record<string, string>> = {
  CN: '110 119 120 122',
  US: '911 988',
  CA: '911 988',
  GB: '999 112',
  HK: '999',
  MO: '999',
  JP: '110 119 118',
  KR: '112 119',
  TW: '110 119',
  AU: '000 112 106',
  IN: '112 100 101 102 108',
  DE: '112',
  FR: '112',
  ES: '112',
};

test.each(Object.entries(mustKnow))('in %s help is reached by %s', (country, numbers) => {
  for (const number of numbers.split(' ')) expect(isEmergency(number, country)).toBe(true);
});

test('an emergency number is one only exactly as dialled', () => {
  for (const other of ['+110', '1100', '0110', '11 0', '']) expect(isEmergency(other, 'CN')).toBe(false);
  expect(isEmergency('911', 'CN')).toBe(false);
  expect(hidesEmergency('9911', 'US')).toBe(true);
  expect(hidesEmergency('911', 'US')).toBe(false);
});

test('service numbers are known one by one and by range', () => {
  expect(shortNumberKind('10086', 'CN')).toBe('service');
  expect(shortNumberKind('95588', 'CN')).toBe('service');
  expect(shortNumberKind('95588', 'US')).toBeUndefined();
  expect(shortNumberKind('9558', 'CN')).toBeUndefined();
});

test('every row says when it was checked and where it comes from, and stands once', () => {
  const keys = shortNumbers.map(({ country, number }) => `${country} ${number}`);

  expect(new Set(keys).size).toBe(keys.length);
  for (const row of shortNumbers) {
    expect(row.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(row.origin.length).toBeGreaterThan(10);
  }
});
