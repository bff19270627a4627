import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusalOfRequest, refuse } from './screen';

const GOOD = [
  'INVITE sip:1001@phone.invalid;transport=ws SIP/2.0',
  'Via: SIP/2.0/WS server.invalid;branch=z9hG4bK1',
  'v: SIP/2.0/UDP caller.invalid;branch=z9hG4bK2',
  'Max-Forwards: 70',
  'f: "A, B: C" <sip:2002@exchange.example>;tag=far',
  'To:',
  ' <sip:1001@exchange.example>',
  'Call-ID: one',
  'CSeq: 7 INVITE',
  'Require: timer, replaces',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

test('an ordinary request passes, and what is no request is not judged', () => {
  for (const frame of [GOOD, 'SIP/2.0 200 OK\r\nCSeq: x\r\n\r\n', '', '\r\n', 'GET / HTTP/1.1\r\n\r\n']) {
    expect(refusalOfRequest(frame)).toBeUndefined();
  }
});

test.for([
  ['another version', 'SIP/2.0', 'SIP/7.0', 505],
  ['a scheme we do not know', 'INVITE sip:', 'INVITE isbn:', 416],
  ['no URI', 'sip:1001@phone.invalid', '<sip:1001@phone.invalid>', 400],
  ['a space in the URI', ';transport=ws', '; transport=ws', 400],
  ['two Call-IDs', 'Call-ID: one', 'Call-ID: one\r\ni: two', 400],
  ['two lengths', 'Content-Length: 0', 'Content-Length: 0\r\nl: 3', 400],
  ['the sequence of another method', '7 INVITE', '7 OPTIONS', 400],
  ['an overlarge sequence', '7 INVITE', '36893488147419103232 INVITE', 400],
  ['an overlarge hop count', 'Max-Forwards: 70', 'Max-Forwards: 300', 400],
  ['an extension we do not have', 'Require: timer', 'Require: 100rel', 420],
] as const)('a request with %s is refused', ([, was, is, status]) => {
  expect(refusalOfRequest(GOOD.replace(was, is))?.status).toBe(status);
});

test('what is demanded and not known is named, an ACK or CANCEL is not held up by it', () => {
  const demanding = GOOD.replace('timer', '100rel, x"y, sec-agree');

  expect(refusalOfRequest(demanding)).toEqual({ status: 420, headers: ['Unsupported: 100rel, sec-agree'] });
  for (const method of ['ACK', 'CANCEL']) {
    expect(refusalOfRequest(demanding.replaceAll('INVITE', method))).toBeUndefined();
  }
});

test.for([
  ['blanks', 'INVITE x', ' ', 'y'],
  ['blanks before the version', 'INVITE sip:x', ' ', ' SIP/2.0'],
  ['versions', 'INVITE x', ' SIP/2.0', 'y'],
  ['a URI without end', 'INVITE sip:', 'a', ' SIP/2.0'],
] as const)('a first line that is far too long (%s) is refused unread', ([, start, again, end]) => {
  const frame = GOOD.replace(/^.*/, `${start}${again.repeat(100_000 / again.length)}${end}`);

  expect(refusalOfRequest(frame)).toEqual({ status: 414 });
  expect(refuse(frame, { status: 414 })).toMatch(/^SIP\/2\.0 414 Request-URI Too Long\r\nVia: /);
});

test('blanks in the first line are borne with up to 8 kB, and not beyond', () => {
  const line = (blanks: number) => GOOD.replace(/^.*/, `INVITE sip:x@phone.invalid${' '.repeat(blanks)}SIP/2.0`);

  expect(refusalOfRequest(line(8_000))).toBeUndefined();
  expect(refusalOfRequest(line(8_200))).toEqual({ status: 414 });
});

test('the answer goes back the way the request came, with the same tag each time', () => {
  const answer = refuse(GOOD, { status: 420, headers: ['Unsupported: 100rel'] });

  expect(answer?.split('\r\n')).toEqual([
    'SIP/2.0 420 Bad Extension',
    'Via: SIP/2.0/WS server.invalid;branch=z9hG4bK1',
    'Via: SIP/2.0/UDP caller.invalid;branch=z9hG4bK2',
    'From: "A, B: C" <sip:2002@exchange.example>;tag=far',
    expect.stringMatching(/^To: <sip:1001@exchange\.example>;tag=[0-9a-f]+$/),
    'Call-ID: one',
    'CSeq: 7 INVITE',
    'Unsupported: 100rel',
    'Content-Length: 0',
    '',
    '',
  ]);
  expect(refuse(GOOD, { status: 420, headers: ['Unsupported: 100rel'] })).toBe(answer);
});

test('nothing is answered to an ACK, a response, or a request without an address to answer to', () => {
  for (const frame of [GOOD.replaceAll('INVITE', 'ACK'), 'SIP/2.0 200 OK\r\n\r\n', GOOD.replace('Call-ID', 'X')]) {
    expect(refuse(frame, { status: 400 })).toBeUndefined();
  }
});

test('whatever comes, judging it throws nothing and an answer is one message', () => {
  const frames = fc.tuple(fc.nat(GOOD.length), fc.nat(12), fc.string({ unit: 'binary', maxLength: 30 }));
  fc.assert(
    fc.property(frames, ([at, cut, junk]) => {
      const frame = GOOD.slice(0, at) + junk + GOOD.slice(at + cut);
      refusalOfRequest(frame);
      const answer = refuse(frame, { status: 400 });
      expect(answer === undefined || /^SIP\/2\.0 400 [^\r\n]*(\r\n[^\r\n]+)+\r\n\r\n$/.test(answer)).toBe(true);
    }),
  );
});
