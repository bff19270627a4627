import { expect, test } from 'vitest';
import { countries } from './countries';

const codes = countries('en').map(({ code }) => code);

test('the countries that people call stand in the list, once each', () => {
  expect(codes).toEqual(expect.arrayContaining(['CN', 'HK', 'TW', 'US', 'GB', 'DE', 'JP', 'IN', 'BR', 'ZA']));
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.length).toBeGreaterThan(230);
  expect(codes.length).toBeLessThan(252);
});

test('groups of countries and former countries do not', () => {
  for (const none of ['EU', 'UN', 'ZZ', 'SU', 'DD', 'BU', 'YU']) expect(codes).not.toContain(none);
});

test('they are named in the language of the page', () => {
  expect(countries('zh-CN').find(({ code }) => code === 'DE')?.name).toBe('德国');
  expect(countries('en').find(({ code }) => code === 'DE')?.name).toBe('Germany');
});
