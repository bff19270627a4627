import { expect, test } from 'vitest';
import { completeAnswer, disguise, narrow, offerAgain, readDirection } from './session-description';

const sdp = (...lines: string[]) => lines.map((line) => `${line}\r\n`).join('');
const browserOffer = sdp(
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 9 0 8 110 126',
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:abcd',
  'a=mid:0',
  'a=sendrecv',
  'a=rtpmap:111 opus/48000/2',
  'a=fmtp:111 useinbandfec=1',
  'a=rtcp-fb:111 transport-cc',
  'a=rtpmap:9 G722/8000',
  'a=rtpmap:0 PCMU/8000',
  'a=rtpmap:8 PCMA/8000',
  'a=rtpmap:110 telephone-event/48000',
  'a=rtpmap:126 telephone-event/8000',
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'a=mid:1',
  'a=rtpmap:96 VP8/90000',
);

test('of a browser offer only G.711 and 8 kHz keys are kept, in the order offered', () => {
  const narrowed = narrow(browserOffer);
  expect(narrowed?.sdp).toContain('m=audio 9 UDP/TLS/RTP/SAVPF 0 8 126\r\n');
  expect(narrowed?.sdp).toContain('a=group:BUNDLE 0\r\n');
  expect(narrowed?.sdp).not.toMatch(/opus|G722|48000|video|:111/);
  expect([...(narrowed?.format.laws ?? [])]).toEqual([
    [0, 'PCMU'],
    [8, 'PCMA'],
  ]);
  expect(narrowed?.format.eventType).toBe(126);
});

test.each([
  ['without G.711', sdp('v=0', 'm=audio 9 X 111', 'a=rtpmap:111 opus/48000/2')],
  ['with its audio refused', sdp('v=0', 'm=audio 0 X 0')],
  ['without audio', sdp('v=0', 'm=video 9 X 96')],
  ['of nothing', ''],
])('an offer %s cannot be spoken', (_, offer) => {
  expect(narrow(offer)).toBeUndefined();
});

test('an answer refuses the streams beside the audio, each in its place, and keeps an inactive stream open', () => {
  const answer = completeAnswer(sdp('v=0', 'm=audio 0 X 0', 'a=inactive'), browserOffer);
  expect(answer).toBe(sdp('v=0', 'm=audio 9 X 0', 'a=inactive', 'm=video 0 UDP/TLS/RTP/SAVPF 96', 'a=inactive'));
});

test.each([
  ['nothing said', ['m=audio 9 X 0'], 'sendrecv'],
  ['said in the stream', ['a=sendrecv', 'm=audio 9 X 0', 'a=sendonly'], 'sendonly'],
  ['said for the session', ['a=inactive', 'm=audio 9 X 0'], 'inactive'],
  ['said of another stream', ['m=audio 9 X 0', 'm=video 9 X 96', 'a=recvonly'], 'sendrecv'],
  ['the old way of holding', ['c=IN IP4 0.0.0.0', 'm=audio 9 X 0'], 'sendonly'],
  ['a browser before it knows its address', ['m=audio 9 X 0', 'c=IN IP4 0.0.0.0', 'a=ice-ufrag:x'], 'sendrecv'],
] as const)('direction: %s', (_, lines, direction) => {
  expect(readDirection(sdp(...lines))).toBe(direction);
});

test('an offer made again differs in version, direction and DTLS role only, and keeps refused streams', () => {
  const sent = sdp(
    'v=0',
    'o=- 7 99999999999999999999 IN IP4 0.0.0.0',
    'm=audio 9 UDP/TLS/RTP/SAVPF 0',
    'a=mid:0',
    'a=sendrecv',
    'a=setup:active',
    'm=video 0 UDP/TLS/RTP/SAVPF 96',
    'a=inactive',
  );
  expect(offerAgain(sent, 'sendonly')).toBe(
    sent
      .replace('99999999999999999999', '100000000000000000000')
      .replace('a=sendrecv', 'a=sendonly')
      .replace('active', 'actpass'),
  );
});

test('an offer in disguise is nothing a browser phone can take', () => {
  expect(narrow(disguise(browserOffer, 'videoOnly'))).toBeUndefined();
  const plain = disguise(browserOffer, 'plainRtp');
  expect(plain).toContain('m=audio 40000 RTP/AVP 0 8 101\r\nc=IN IP4 127.0.0.1\r\n');
  expect(plain).not.toMatch(/ice-ufrag|fingerprint|setup/);
});
