// Contract tests of the one member of JsSIP that ./parser patches.
import JsSIP from 'jssip';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ScriptedServer } from '../scripted-server';
import { openSipSocket } from '../socket';
import { guardParser } from './parser';

let server: ScriptedServer;
let ua: JsSIP.UA;
/** Frames at which something threw. */
let dropped: number;

beforeEach(async () => {
  vi.useFakeTimers();
  dropped = 0;
  server = new ScriptedServer();
  server.install();
  const silent = () => undefined;
  const socket = openSipSocket('ws://127.0.0.1/', {
    opened: silent,
    lost: silent,
    received: silent,
    log: () => (dropped += 1),
  });
  ua = new JsSIP.UA({
    sockets: socket.forJssip,
    uri: 'sip:1001@exchange.example',
    password: 'secret',
    register: false,
  });
  guardParser();
  ua.start();
  socket.open('ws://127.0.0.1/');
  await vi.advanceTimersByTimeAsync(0);
});
afterEach(() => {
  ua.stop();
  vi.runOnlyPendingTimers();
  vi.useRealTimers();
});

function options(
  callId: string,
  line: string,
  via = `SIP/2.0/WS server.invalid;branch=z9hG4bK${callId}`,
  to = ownUri(),
): void {
  const lines = [
    `OPTIONS ${to} SIP/2.0`,
    ...(via === '' ? [] : [`Via: ${via}`]),
    'From: <sip:2002@exchange.example>;tag=far',
    'To: <sip:1001@exchange.example>',
    `Call-ID: ${callId}`,
    'CSeq: 1 OPTIONS',
    line,
    'Content-Length: 0',
  ];
  server.send(`${lines.join('\r\n')}\r\n\r\n`);
}

const ownUri = () => /<([^>]+)>/.exec(ua.contact.toString())?.[1];

test('parseMessage: a request that JsSIP cannot read, or should not, is answered; a broken response is not', () => {
  options('one', 'Subject: ordinary');
  options('two', 'Require: 100rel');
  options('three', 'Contact: "');
  expect(server.answered).toEqual([200, 420, 400]);

  server.send('SIP/2.0 200 OK\r\nVia: SIP/2.0/WS a;branch=z9hG4bKx\r\nCSeq: nonsense\r\n\r\n');
  expect(server.answered).toHaveLength(3);
});

test('parseMessage: requests without a branch of their own are told apart by the rest', () => {
  for (const callId of ['one', 'two']) options(callId, 'Subject: old', 'SIP/2.0/WS server.invalid');

  expect(server.answered).toEqual([200, 200]);
});

test('parseMessage: an address that its grammar half takes is refused; without a Via nobody is answered', () => {
  options('one', 'Subject: odd', undefined, 'sip:1001@_odd');
  expect(server.answered).toEqual([400]);

  options('two', 'Subject: no way back', '');
  expect(server.answered).toHaveLength(1);
  expect(dropped).toBe(0);
});
