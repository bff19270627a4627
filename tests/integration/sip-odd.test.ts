// Odd requests from a server, in a live call: each gets the answer of its RFC, and the call goes on.
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Header } from '../../demo/sip/message';
import { SPEAKABLE } from '../../src/backends/sip/scripted-server';
import { installNodeBrowser } from './node-browser';
import { until } from './sip-tester';
import { callsMade, openTrialDesk, type TrialDesk } from './trials/desk';
import { answersTo, request, responsesTo, settled, uriOf } from './trials/raw-requests';

let desk: TrialDesk;
let live: string;
beforeAll(installNodeBrowser);
beforeEach(async () => {
  desk = await openTrialDesk({ maxCalls: 2 });
  live = await desk.phone.talking('600');
});
afterEach(async () => {
  const { exchange, phone, close } = desk;
  const heard = () =>
    exchange
      .calls()
      .find(({ to }) => to === '600')
      ?.parties.find(({ station }) => station)?.said.packets ?? 0;
  const before = heard();
  await until('the live call is heard', () => heard() > before);
  await until('the live call is as it was', () => phone.state.calls.byId[live]?.state === 'connected');
  await until('the link is as it was', () => phone.link?.state === 'open');
  await until('no frame made the parser throw', () => phone.logged.every((line) => line.startsWith('info')));
  await close();
});

const rings = () => desk.phone.calls.filter(({ id }) => id !== live);
const outcome = (id: string) => until('an outcome', () => desk.exchange.calls().find((each) => each.id === id)?.cause);
const send = (method: string, parts: Omit<Parameters<typeof request>[1], 'uri'>) =>
  desk.exchange.faults.sendRaw('1001', request(method, { uri: uriOf(desk.exchange), ...parts }));
const answered = async (method: string, parts: Omit<Parameters<typeof request>[1], 'uri'>) => {
  send(method, parts);
  await settled(desk.exchange);
  return answersTo(desk.exchange, parts.callId);
};

test('a caller who leaves the offer to us is heard after we answer, and hears us', async () => {
  const { exchange, phone } = desk;
  const id = exchange.ring('1001', '02161234567', '', 'lateOffer');
  const call = await until('a ring', () => rings()[0]);

  await phone.perform({ type: 'hold', callId: live });
  await phone.becomes('held', live);
  await phone.perform({ type: 'answer', callId: call.id });
  await phone.becomes('connected', call.id);

  const caller = () => exchange.calls().find((each) => each.id === id)?.parties[0];
  await until('sound both ways', () => (caller()?.heard.packets ?? 0) > 5 && (caller()?.said.packets ?? 0) > 5);
  await phone.perform({ type: 'clear', callId: call.id });
  await phone.perform({ type: 'retrieve', callId: live });
  await phone.becomes('connected', live);
});

test.for(['videoOnly', 'plainRtp'] as const)('an INVITE that is %s is refused and never rings', async (manner) => {
  expect(await outcome(desk.exchange.ring('1001', '02161234567', '', manner))).toBe(488);
  expect(rings()).toEqual([]);
});

test.for([
  ['an extension we do not have', ['Require: 100rel'], SPEAKABLE, 420],
  ['a body that is no offer', [], 'hello', 488],
  ['no wish for SDP', ['Accept: text/plain'], SPEAKABLE, 406],
  ['a Replaces of a call that we do not have', ['Replaces: none;to-tag=a;from-tag=b'], SPEAKABLE, 481],
  ['a Replaces that cannot be read', ['Replaces: ;;'], SPEAKABLE, 400],
] as const)('an INVITE with %s is refused', async ([, headers, body, status]) => {
  expect((await answered('INVITE', { callId: 'odd', headers, body })).at(-1)).toBe(status);
  expect(rings()).toEqual([]);
});

test('an INVITE that would take the place of our call is refused', async () => {
  const invite = desk.exchange.log().find(({ method, status }) => method === 'INVITE' && status === 200);
  const [, toTag] = /^To:.*;tag=(\S+)/m.exec(invite?.raw ?? '') ?? [];
  const [, fromTag] = /^From:.*;tag=(\S+)/m.exec(invite?.raw ?? '') ?? [];
  const replaces = `Replaces: ${invite?.callId};to-tag=${fromTag};from-tag=${toTag}`;

  expect((await answered('INVITE', { callId: 'thief', headers: [replaces], body: SPEAKABLE })).at(-1)).toBe(486);
  expect(rings()).toEqual([]);
});

test('one INVITE that comes by two ways rings once', async () => {
  desk.exchange.ring('1001', '02161234567', '', 'merged');
  await until('482', () => desk.exchange.log().find(({ method, status }) => method === 'INVITE' && status === 482));

  expect(rings()).toMatchObject([{ state: 'alerting' }]);
});

test('of twenty callers at once one rings beside the call, and the others find us busy', async () => {
  const ids = new Set(Array.from({ length: 20 }, (_, i) => desk.exchange.ring('1001', `021612300${10 + i}`, '')));
  const busy = () => desk.exchange.calls().filter(({ id, cause }) => ids.has(id) && cause === 486);
  await until('nineteen refused', () => busy().length === 19);

  expect(rings()).toHaveLength(1);
});

test.for([
  ['BYE', true, 481],
  ['INFO', true, 481],
  ['UPDATE', true, 481],
  ['REFER', true, 481],
  ['NOTIFY', true, 481],
  ['REFER', false, 405],
  ['MESSAGE', false, 405],
  ['SUBSCRIBE', false, 405],
  ['INFO', false, 405],
  ['BYE', false, 481],
  ['NOTIFY', false, 200], // messages may be told unasked (RFC 3842 as it is used)
  ['OPTIONS', false, 200],
] as const)('%s out of place (in a dialog: %s) is answered %i', async ([method, inDialog, status]) => {
  const headers: Header[] = [
    ['Refer-To', '<sip:900@evil.example>'],
    ['Event', 'message-summary'],
    ['Subscription-State', 'active'],
  ];
  const before = callsMade(desk.exchange).size;

  expect(await desk.exchange.stray('1001', method, { headers, inDialog })).toBe(status);
  expect(callsMade(desk.exchange).size).toBe(before);
  expect(rings()).toEqual([]);
});

test('the far end asks us to call somebody else: refused, and nobody is called', async () => {
  const { exchange } = desk;
  const before = callsMade(exchange).size;

  expect(await exchange.refer(exchange.calls().find(({ to }) => to === '600')?.id ?? '', '601')).toBe(603);
  expect(callsMade(exchange).size).toBe(before);
});

test('a number that has moved is told as redirected, and the new one is not called', async () => {
  const { exchange, phone } = desk;
  await phone.perform({ type: 'hold', callId: live });
  await phone.becomes('held', live);
  const before = callsMade(exchange).size;

  const callId = await phone.dial('613');
  const call = await phone.becomes('cleared', callId);

  expect(call).toMatchObject({ cause: 'redirected', clearedBy: 'remote' });
  expect(callsMade(exchange).size).toBe(before + 1);
  await phone.perform({ type: 'retrieve', callId: live });
  await phone.becomes('connected', live);
});

test('a flood of fifty re-INVITEs: one is carried out, the others are told to wait', async () => {
  const { exchange, phone } = desk;
  const statuses = await exchange.reinvite(exchange.calls().find(({ to }) => to === '600')?.id ?? '', 50);

  expect(statuses).toHaveLength(50);
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(1);
  expect(statuses.filter((status) => ![200, 491, 500].includes(status))).toEqual([]);
  const told = exchange
    .log()
    .filter(({ direction, method, status }) => direction === 'in' && method === 'INVITE' && status === 500);
  for (const { raw } of told) expect(raw).toMatch(/^Retry-After:\s*\d+/m);
  await phone.perform({ type: 'hold', callId: live });
  await phone.becomes('held', live);
  await phone.perform({ type: 'retrieve', callId: live });
  await phone.becomes('connected', live);
});

test('a caller who gives up in the same moment never rings on', async () => {
  send('INVITE', { callId: 'gone', branch: 'z9hG4bKgone', body: SPEAKABLE });
  expect(await answered('CANCEL', { callId: 'gone', branch: 'z9hG4bKgone' })).toEqual([100, 180, 200, 487]);

  expect(rings()).toMatchObject([{ state: 'cleared', cause: 'cancelled' }]);
});

test('a CANCEL of another request, or a second one, changes nothing', async () => {
  send('INVITE', { callId: 'rings', branch: 'z9hG4bKrings', body: SPEAKABLE });
  expect(await answered('CANCEL', { callId: 'rings', branch: 'z9hG4bKother' })).toEqual([100, 180, 481]);
  expect(rings()).toMatchObject([{ state: 'alerting' }]);

  for (const _ of [1, 2]) send('CANCEL', { callId: 'rings', branch: 'z9hG4bKrings' });
  await settled(desk.exchange);
  expect(rings()).toMatchObject([{ state: 'cleared', cause: 'cancelled' }]);
});

test('a name full of line breaks, marks and markup is shown as one plain line', async () => {
  const name = String.raw`"<b>Bank</b>\" <sip:911@bank.example>\u202e` + '\u202e\u200b\t';
  send('INVITE', {
    callId: 'named',
    from: `${name}" <sip:2002@exchange.example>`,
    headers: ['P-Asserted-Identity: "A\u2028B" <sip:+8613800000000@exchange.example>', 'X-Evil: a\u2028Via: b'],
    body: SPEAKABLE,
  });
  const call = await until('a ring', () => rings()[0]);

  expect(call.remote).toEqual({ number: '+8613800000000', name: 'AB' });
});

test('a frame of a megabyte is dropped, and the next is read', async () => {
  send('OPTIONS', { callId: 'huge', headers: [`X-Huge: ${'a'.repeat(2 ** 20)}`] });
  await settled(desk.exchange);

  expect(responsesTo(desk.exchange, 'huge')).toEqual([]);
  expect(desk.phone.logged.splice(0)).toEqual([expect.stringContaining('oversized frames dropped: 1')]);
});
