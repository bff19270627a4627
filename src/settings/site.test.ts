import { expect, test } from 'vitest';
import { readSite } from './site';

test.each([
  ['https://crm.example.com', 'https://crm.example.com'],
  ['  HTTPS://CRM.example.com/ ', 'https://crm.example.com'],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ['https://crm.example.com:443', 'https://crm.example.com'],
  ['http://intranet', 'http://intranet'],
])('%s is the site %s', (typed, site) => {
  expect(readSite(typed)).toEqual({ ok: true, site });
});

test.each([
  ['', 'empty', undefined],
  ['*', 'wildcard', undefined],
  ['https://*', 'wildcard', undefined],
  ['crm.com', 'noScheme', 'https://crm.com'],
  ['crm.com/deals/7', 'noScheme', 'https://crm.com'],
  ['https://crm.com/path', 'path', 'https://crm.com'],
  ['https://me:pw@crm.com', 'password', 'https://crm.com'],
  ['null', 'notASite', undefined],
  ['file:///etc/passwd', 'notASite', undefined],
  ['javascript:alert(1)', 'notASite', undefined],
])('B20 “%s” is refused: %s', (typed, problem, suggestion) => {
  expect(readSite(typed)).toEqual({ ok: false, problem, ...(suggestion !== undefined && { suggestion }) });
});
