import { expect, test } from 'vitest';
import { readReplaces, replacesOfUri } from './replaces';

test('the dialog of a Refer-To is read, whatever stands around it', () => {
  const escaped = 'a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2%3Bearly-only';
  for (const uri of [
    `sip:x@y?Replaces=${escaped}`,
    `sip:x@y;transport=ws?Subject=hi&replaces=${escaped}&Priority=urgent`,
  ]) {
    const value = replacesOfUri(uri);
    expect(value === undefined ? value : readReplaces(value)).toEqual({
      ...{ callId: 'a@b', toTag: '1', fromTag: '2', earlyOnly: true },
    });
  }
});

test('a URI without Replaces has none, and what cannot be read is empty', () => {
  expect(replacesOfUri('sip:x@y?Subject=Replaces')).toBeUndefined();
  expect(replacesOfUri('sip:x@y?Replaces=%E0%A4%A')).toBe('');
});

test.each(['', 'a', 'a;to-tag=1', ';to-tag=1;from-tag=2', 'a;to-tag;from-tag=2'])('%j names no dialog', (value) => {
  expect(readReplaces(value)).toBeUndefined();
});
