import { expect, test } from 'vitest';
import { SPEAKABLE } from './scripted-server';
import { isHold, isSpeakable } from './session-description';

const sdp = (from: string | RegExp, to: string) => SPEAKABLE.replace(from, to);

test('an encrypted audio offer can become a call', () => {
  expect(isSpeakable(SPEAKABLE)).toBe(true);
});

test.for([
  ['plain RTP', sdp('UDP/TLS/RTP/SAVPF', 'RTP/AVP')],
  ['video only', sdp('m=audio', 'm=video')],
  ['audio refused', sdp('40000', '0')],
  ['no fingerprint', sdp(/a=fingerprint.*\r\n/, '')],
  ['300 sections', SPEAKABLE + 'm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n'.repeat(300)],
  ['nothing', ''],
  ['no SDP at all', '\u0000{"sdp":1}'],
])('%s cannot', ([, offer]) => {
  expect(isSpeakable(offer!)).toBe(false);
});

test.for([
  ['sendonly', sdp('a=sendrecv', 'a=sendonly'), true],
  ['inactive', sdp('a=sendrecv', 'a=inactive'), true],
  ['inactive for the session', sdp('t=0 0', 't=0 0\r\na=inactive').replace('a=sendrecv\r\n', ''), true],
  ['the older 0.0.0.0', sdp('IP4 127.0.0.1\r\na=', 'IP4 0.0.0.0\r\na='), true],
  [
    '0.0.0.0 of a browser that still looks for candidates',
    sdp('audio 40000', 'audio 9').replace('c=IN IP4 127.0.0.1', 'c=IN IP4 0.0.0.0'),
    false,
  ],
  ['sendrecv', SPEAKABLE, false],
  ['recvonly', sdp('a=sendrecv', 'a=recvonly'), false],
] as const)('%s: held %s', ([, offer, held]) => {
  expect(isHold(offer)).toBe(held);
});
