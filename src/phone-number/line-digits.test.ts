import { expect, test } from 'vitest';
import { lineDigits } from './line-digits';

test.each([
  ['a mobile of the own country', '+8613812345678', 'CN', '13812345678'],
  ['a landline of the own country, with its 0', '+862161234567', 'CN', '02161234567'],
  ['a number abroad', '+493012345678', 'CN', '00493012345678'],
  ['a number abroad, from where the prefix is another', '+8613812345678', 'US', '0118613812345678'],
  ['from a country that is not known', '+8613812345678', 'XX', '008613812345678'],
  ['a number that is in no plan', '+999123456789', 'CN', '00999123456789'],
  ['what was typed without +', '02161234567', 'CN', '02161234567'],
  ['an extension', '8002', 'CN', '8002'],
  ['a service code', '*72', 'CN', '*72'],
])('%s', (_what, dial, country, digits) => {
  expect(lineDigits(dial, country)).toBe(digits);
});
