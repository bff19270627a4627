import { expect, test } from 'vitest';
import { declinesMarks, isTelephoneHref } from './skip';

test.each([
  ['format-detection', 'telephone=no', true],
  ['Format-Detection', 'date=no, Telephone = No', true],
  ['format-detection', 'telephone=no;address=no', true],
  ['format-detection', 'telephone=yes', false],
  ['format-detection', 'email=no', false],
  ['description', 'telephone=no', false],
  ['SKYPE_TOOLBAR', 'SKYPE_TOOLBAR_PARSER_COMPATIBLE', true],
])('a page with %s "%s" declines marks: %s', (name, content, declines) => {
  expect(declinesMarks(name, content)).toBe(declines);
});

test('telephone links are told from others', () => {
  for (const href of ['tel:110', ' TEL:+86', 'callto:1', 'sip:8001@pbx', 'sips:1@x'])
    expect(isTelephoneHref(href)).toBe(true);
  for (const href of ['https://tel:1', 'mailto:a@b.c', 'telnet:host', '#tel:'])
    expect(isTelephoneHref(href)).toBe(false);
});
