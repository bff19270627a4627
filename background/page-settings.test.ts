import { expect, test } from 'vitest';
import type { Sender } from '../src/messaging/serve';
import { checkSettings } from '../src/settings/check';
import { DEFAULT_SETTINGS, type Settings } from '../src/settings/schema';
import { wordsFor } from '../src/words';
import { originOf, pageSettings, remembered } from './page-settings';

const crm = 'https://crm.example.com';
const page = (url: string, origin?: string): Sender => ({
  kind: 'content',
  url,
  ...(origin !== undefined && { origin }),
});
const told = (sender: Sender, linking: Partial<Settings['linking']> = {}) =>
  pageSettings({ ...DEFAULT_SETTINGS, linking: { ...DEFAULT_SETTINGS.linking, ...linking } }, wordsFor('en'), sender);

test('a page is told what was said of its origin, and nothing of others', () => {
  const linking = { trustedSites: [crm], notNumbers: { [crm]: ['8001'], 'https://other.example.com': ['8002'] } };

  expect(told(page(`${crm}/customers?id=1`), linking)).toMatchObject({
    enabled: true,
    trusted: true,
    rememberable: true,
    notNumbers: ['8001'],
  });
  expect(told(page('https://crm.example.com.evil.net/'), linking)).toMatchObject({ trusted: false, notNumbers: [] });
  expect(told(page(`${crm}/`), { offSites: [crm] }).enabled).toBe(false);
  expect(told(page(`${crm}/`), { enabled: false }).enabled).toBe(false);
});

test('the chip has all its words', () => {
  const { words } = told(page(`${crm}/`));

  expect(Object.values(words).filter((text) => text === '')).toEqual([]);
  expect(words.trustHere).toBe('Call at once on this site');
});

test('a srcdoc frame is its page; a sandboxed frame is nobody, yet stays off with its site', () => {
  expect(told(page('about:srcdoc', crm), { trustedSites: [crm] })).toMatchObject({ trusted: true, rememberable: true });
  expect(told(page(`${crm}/frame`, 'null'), { trustedSites: [crm] })).toMatchObject({
    enabled: true,
    trusted: false,
    rememberable: false,
  });
  expect(told(page(`${crm}/frame`, 'null'), { offSites: [crm] }).enabled).toBe(false);
  expect(originOf(page('about:blank'))).toBe('null');
});

test.each([
  ['a site', page(`${crm}/x`), crm],
  ['a host with an underscore', page('http://my_crm:8080/x'), 'http://my_crm:8080'],
  ['a srcdoc frame', page('about:srcdoc', crm), crm],
  ['an address of numbers', page('http://[::1]:3000/'), 'http://[::1]:3000'],
])('what is said on %s is kept, once, and stands the check', (_what, sender, origin) => {
  const said = (['siteOff', 'trustSite', 'notANumber'] as const).flatMap((what) => [what, what]);
  const after = said.reduce(
    (settings, what) =>
      checkSettings(remembered(settings, sender, { what, ...(what === 'notANumber' && { dial: '8001' }) })),
    DEFAULT_SETTINGS,
  );

  expect(after.linking).toMatchObject({
    offSites: [origin],
    trustedSites: [origin],
    notNumbers: { [origin]: ['8001'] },
  });
  expect(told(sender, after.linking)).toMatchObject({ enabled: false, trusted: true, notNumbers: ['8001'] });
});

test('of very many numbers that are none the newest are kept', () => {
  let settings = DEFAULT_SETTINGS;
  for (let number = 0; number < 510; number += 1) {
    settings = remembered(settings, page(`${crm}/`), { what: 'notANumber', dial: String(8_000 + number) });
  }

  const kept = settings.linking.notNumbers[crm] ?? [];
  expect(kept).toHaveLength(500);
  expect(kept.at(-1)).toBe('8509');
});
