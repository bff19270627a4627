import fc from 'fast-check';
import JsSIP from 'jssip';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { SipSettings } from './settings';

const account = { kind: 'sip', servers: ['wss://pbx.example/'], domain: 'pbx.example', user: '1001' };
const accepts = (change: object) => v.is(SipSettings, { ...account, ...change });

test.for([
  'a..b',
  '-',
  '-a.example',
  'a-.example',
  'pbx.example.',
  'pbx.1',
  '999.1.1.1',
  '01.2.3.4',
  '1.2.3',
  '[12345::::]',
  '[::',
  '[::]',
  'pbx.example:0',
  'pbx.example:65536',
  'pbx.example:',
  `${'a'.repeat(64)}.example`,
])('a domain that is no host is refused: %s', (domain) => {
  expect(accepts({ domain })).toBe(false);
});

test.for([
  'pbx',
  'pbx-1.local',
  'PBX.example:5061',
  '10.0.0.1:5060',
  '[2001:db8::1]',
  '[::1]:5060',
  'xn--fiq.xn--p1ai',
])('a domain is accepted: %s', (domain) => {
  expect(accepts({ domain })).toBe(true);
});

test('every domain that is accepted can be the address of a phone', () => {
  const text = fc.string({ unit: fc.constantFrom(...'ab1.-:[]f0'), minLength: 1, maxLength: 20 });
  const domains = fc.oneof(
    text,
    fc.domain(),
    fc.ipV4(),
    fc.ipV6().map((host) => `[${host}]`),
  );

  fc.assert(
    fc.property(domains, (domain) => {
      fc.pre(accepts({ domain }));
      return JsSIP.URI.parse(`sip:1001@${domain}`) !== undefined;
    }),
    { numRuns: 2_000, examples: [['[::ffff:1.2.3.4]'], ['[1:2:3:4:5:6:7::]'], ['[1::]']] },
  );
});

test.for(['a"b', 'a\\b', 'a\r\nX-Evil: 1', 'a\r\n X-Evil: 1', 'a\u0000', 'a\u007f'])(
  'a digest user that would break its header is refused: %j',
  (authUser) => {
    expect(accepts({ authUser })).toBe(false);
  },
);

test.for(['1001@pbx.example', '张三', "o'neil+desk"])('a digest user is accepted: %s', (authUser) => {
  expect(accepts({ authUser })).toBe(true);
});

test.for([
  'stun:a.example?transport=udp',
  'stun:a.example:99999',
  'stun:a.example:0',
  'stun:a:b:c',
  'stun:[::',
  'stun:-',
  'stun:..',
  'turn:a.example:3478:3478',
  'turn:a.example?transport=sctp',
  'http:a.example',
])('an address that makes the browser refuse every call is refused: %s', (urls) => {
  expect(accepts({ iceServers: [{ urls, username: 'u' }] })).toBe(false);
});

test.for([
  'stun:stun.example:3478',
  'stuns:10.0.0.1',
  'turn:[2001:db8::1]:3478?transport=tcp',
  'turns:turn.example:443?transport=tcp',
  'turn:turn',
])('a STUN or TURN address is accepted: %s', (urls) => {
  expect(accepts({ iceServers: [{ urls, username: 'u' }] })).toBe(true);
});

test.for(['3000', '*98#', 'sip:team@rooms.example', 'team@10.0.0.1:5070'])(
  'a conference room is accepted: %s',
  (room) => {
    expect(accepts({ conferenceRoom: room })).toBe(true);
  },
);

test.for(['', 'the big one', 'a@b@c', 'a@', '@b', 'a@b:0', 'a>\r\nX: y', 'tel:3000'])(
  'a conference room that would break its header is refused: %j',
  (room) => {
    expect(accepts({ conferenceRoom: room })).toBe(false);
  },
);
