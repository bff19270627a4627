import { expect, test } from 'vitest';
import { readAddress, userOf, writeAddress } from './address';

test('an address is read with its display name and parameters', () => {
  expect(
    readAddress(
      '"Wang \\"Xiao\\" Ming" <sip:+8613812345678@demo.example;user=phone>;tag=ab;+sip.instance="<urn:uuid:1>"',
    ),
  ).toEqual({
    name: 'Wang "Xiao" Ming',
    uri: 'sip:+8613812345678@demo.example;user=phone',
    params: { tag: 'ab', '+sip.instance': '<urn:uuid:1>' },
  });
  expect(readAddress('sip:1001@demo.example;tag=x')).toEqual({
    name: '',
    uri: 'sip:1001@demo.example',
    params: { tag: 'x' },
  });
  expect(readAddress('*')?.uri).toBe('*');
  expect(readAddress('  ')).toBeUndefined();
});

test('a name cannot leave its quotes', () => {
  const written = writeAddress('a" <sip:evil@x>\r\nBad: 1', 'sip:1@d');
  expect(readAddress(written)).toMatchObject({ name: 'a" <sip:evil@x> Bad: 1', uri: 'sip:1@d' });
});

test('the user part comes without parameters and decoded', () => {
  expect(userOf('sip:%2B8610%20@d')).toBe('+8610 ');
  expect(userOf('sips:600;x=1:secret@d')).toBe('600');
  expect(userOf('tel:+86-10;ext=2')).toBe('+86-10');
  expect(userOf('sip:%zz@d')).toBe('%zz');
  expect(userOf('sip:host.only')).toBe('');
});
