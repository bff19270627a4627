import { expect, test } from 'vitest';
import { branch, cseq, header, headerValues, readMessage, writeMessage, type SipMessage } from './message';

const frame = (...lines: string[]) => lines.join('\r\n');

test('a request is read with compact names, folded lines and lists on one line', () => {
  const message = readMessage(
    frame(
      'INVITE sip:600@demo.example SIP/2.0',
      'v: SIP/2.0/WS a.invalid;branch=z9hG4bKabc',
      'm: "Li, Wei" <sip:a@b;x=1,2>, <sip:c@d>',
      'Subject: two',
      '  lines',
      'CSeq: 7 INVITE',
      'l: 4',
      '',
      'v=0\n',
    ),
  );

  expect(message).toMatchObject({ kind: 'request', method: 'INVITE', uri: 'sip:600@demo.example', body: 'v=0\n' });
  if (!message) return;
  expect(headerValues(message, 'Contact')).toEqual(['"Li, Wei" <sip:a@b;x=1,2>', '<sip:c@d>']);
  expect(header(message, 'subject')).toBe('two lines');
  expect(branch(message)).toBe('z9hG4bKabc');
  expect(cseq(message)).toEqual({ number: 7, method: 'INVITE' });
});

test('Content-Length counts bytes and cuts what is too much', () => {
  const message = readMessage(frame('SIP/2.0 200 OK', 'Content-Length: 6', '', '你好 and more'));
  expect(message).toMatchObject({ kind: 'response', status: 200, reason: 'OK', body: '你好' });
});

test.each([
  ['nothing', ''],
  ['words', 'hello there'],
  ['a body cut short', frame('SIP/2.0 200 OK', 'Content-Length: 10', '', 'abc')],
  ['a length that is no number', frame('SIP/2.0 200 OK', 'Content-Length: ten', '', 'abc')],
  ['a line without a colon', frame('SIP/2.0 200 OK', 'Via', '', '')],
  ['a status out of range', frame('SIP/2.0 999 Odd', '', '')],
])('%s is no message', (_, text) => {
  expect(readMessage(text)).toBeUndefined();
});

test('bytes that are no text do not throw', () => {
  expect(readMessage(Uint8Array.from({ length: 400 }, (_, i) => (i * 37) % 256))).toBeUndefined();
});

test('what is written is read back, and a line break in a value starts no header', () => {
  const written: SipMessage = {
    kind: 'response',
    status: 404,
    reason: 'Not Found',
    headers: [
      ['Via', 'SIP/2.0/WS a'],
      ['Warning', 'x\r\nInjected: yes'],
    ],
    body: 'é',
  };
  const message = readMessage(writeMessage(written));

  expect(message).toMatchObject({ status: 404, body: 'é' });
  expect(message && header(message, 'injected')).toBeUndefined();
  expect(message && header(message, 'content-length')).toBe('2');
});
