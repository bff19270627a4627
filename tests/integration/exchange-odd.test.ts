// What the embedded exchange can do to a client: odd INVITEs, requests out of place, message lamps, remote control of it all.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { requestIn, respond } from '../../demo/sip/build';
import { newTag } from '../../demo/sip/ids';
import { cseq, header, type Header, type SipRequest } from '../../demo/sip/message';
import { hears, Stations, until, type SipTester } from './sip-tester';

let stations: Stations;
beforeEach(async () => void (stations = await Stations.open()));
afterEach(() => stations.close());

const requests = (tester: SipTester, method: string) =>
  tester.received.filter((each): each is SipRequest => each.kind === 'request' && each.method === method);

test('an INVITE without an offer is answered with one, and both hear each other', async () => {
  const agent = await stations.station('1001');
  const id = stations.exchange.ring('1001', '02161234567', '', 'lateOffer');
  const call = await stations.ringing(agent);
  expect(call.incoming?.body).toBe('');
  expect(header(call.incoming!, 'content-type')).toBeUndefined();
  call.reply(180);
  await call.answerLate();
  await hears(call.talk());
  const customer = () => stations.exchange.calls().find((each) => each.id === id)?.parties[0];
  await until('the customer hears', () => (customer()?.heard.energy ?? 0) > 0.004);
});

test.each([
  ['videoOnly', /^m=video 9 UDP\/TLS\/RTP\/SAVPF 96\r$/m, /^m=audio/m],
  ['plainRtp', /^m=audio 40000 RTP\/AVP 0 8 101\r$/m, /fingerprint|ice-|candidate/],
] as const)('an INVITE that is %s is what it says, and its refusal is kept', async (manner, has, hasNot) => {
  const agent = await stations.station('1001');
  const id = stations.exchange.ring('1001', '02161234567', '', manner);
  const call = await stations.ringing(agent);
  expect(call.incoming?.body).toMatch(has);
  expect(call.incoming?.body).not.toMatch(hasNot);
  call.reply(488);
  await until('refused', () => stations.exchange.calls().find((each) => each.id === id)?.cause === 488);
  expect(call.requests('ACK')).toHaveLength(1);
});

test('a merged INVITE comes twice, by another branch, and the refusal of the second ends nothing', async () => {
  const agent = await stations.station('1001');
  stations.exchange.ring('1001', '02161234567', '', 'merged');
  const call = await stations.ringing(agent);
  await until('both', () => call.requests('INVITE').length === 2);
  const [one, two] = call.requests('INVITE');
  expect(header(two!, 'via')).not.toBe(header(one!, 'via'));
  for (const name of ['from', 'to', 'call-id', 'cseq']) expect(header(two!, name)).toBe(header(one!, name));
  agent.send(respond(two!, 482, { toTag: newTag() }));
  await until('ACK', () => call.requests('ACK').length === 1);
  await call.answer();
  await hears(call);
});

test('twenty callers at once are twenty INVITEs, each refused on its own', async () => {
  const agent = await stations.station('1001');
  const ids = new Set(Array.from({ length: 20 }, (_, i) => stations.exchange.ring('1001', `021612300${10 + i}`, '')));
  await until('all', () => requests(agent, 'INVITE').length === 20);
  for (const invite of requests(agent, 'INVITE')) agent.send(respond(invite, 486, { toTag: newTag() }));
  const ended = () => stations.exchange.calls().filter(({ id, cause }) => ids.has(id) && cause === 486);
  await until('all refused', () => ended().length === 20);
});

test('a BYE and a REFER that belong to nothing reach the client, and what it says is told', async () => {
  const agent = await stations.station('1001');
  const bye = stations.exchange.stray('1001', 'BYE');
  const came = await until('BYE', () => requests(agent, 'BYE')[0]);
  expect(header(came, 'to')).toContain('tag=');
  agent.send(respond(came, 481));
  expect(await bye).toBe(481);

  const headers: Header[] = [['Refer-To', '<sip:900@evil.example>']];
  const refer = stations.exchange.stray('1001', 'REFER', { headers, inDialog: false });
  const asked = await until('REFER', () => requests(agent, 'REFER')[0]);
  expect(header(asked, 'refer-to')).toBe('<sip:900@evil.example>');
  expect(header(asked, 'to')).not.toContain('tag=');
  agent.send(respond(asked, 603, { toTag: newTag() }));
  expect(await refer).toBe(603);
  await expect(stations.exchange.stray('1003', 'BYE')).rejects.toThrow('not registered');
});

test('a far end asks the client inside a call to call somebody else', async () => {
  const agent = await stations.station('1001');
  const call = await stations.connected(agent, '601');
  const answer = stations.exchange.refer(stations.callWith('601').id, '600');
  const refer = await until('REFER', () => call.requests('REFER')[0]);
  expect(header(refer, 'refer-to')).toBe('<sip:600@exchange.example>');
  agent.send(respond(refer, 603));
  expect(await answer).toBe(603);
  await hears(call);
});

test('a flood of re-INVITEs: every answer is told, and the call goes on', async () => {
  const agent = await stations.station('1001');
  const call = await stations.connected(agent, '601');
  const answers = stations.exchange.reinvite(stations.callWith('601').id, 10);
  await until('all', () => call.reinvites().length === 10);
  const numbers = call.reinvites().map((each) => cseq(each)?.number ?? 0);
  expect(numbers).toEqual(Array.from({ length: 10 }, (_, i) => (numbers[0] ?? 0) + i));
  for (const invite of call.reinvites().slice(1)) agent.send(respond(invite, 500, { headers: [['Retry-After', '3']] }));
  await call.answerReinvite();
  expect(await answers).toEqual([200, ...Array.from({ length: 9 }, () => 500)]);
  expect(call.requests('ACK')).toHaveLength(10);
  await hears(call);
});

test('who subscribes is told of messages at once, at each change, and at the end', async () => {
  const agent = await stations.station('1001');
  const target = 'sip:1001@exchange.example';
  const dialog = agent.newDialog(`<${target}>`, target);
  const headers = (seconds: number): Header[] => [
    ['Contact', `<${agent.contact}>`],
    ['Event', 'message-summary'],
    ['Expires', String(seconds)],
  ];
  const { response } = await agent.ask(dialog, 'SUBSCRIBE', headers(600));
  expect([response.status, header(response, 'expires')]).toEqual([200, '600']);
  dialog.remoteTag = /tag=([^;]+)/.exec(header(response, 'to') ?? '')?.[1] ?? '';
  const told = () => requests(agent, 'NOTIFY').map(({ body }) => /Voice-Message: (\S+)/.exec(body)?.[1]);
  await until('first', () => told().join() === '0/0');

  stations.exchange.setMessages('1001', { fresh: 2, old: 5 });
  stations.exchange.setMessages('1002', { fresh: 9, old: 9 });
  await until('change', () => told().join() === '0/0,2/5');
  const notify = requests(agent, 'NOTIFY').at(-1)!;
  expect(notify.body).toContain('Messages-Waiting: yes\r\n');
  expect(header(notify, 'event')).toBe('message-summary');
  expect(header(notify, 'call-id')).toBe(dialog.callId);
  expect(header(notify, 'subscription-state')).toMatch(/^active;expires=/);

  agent.send(requestIn(dialog, 'SUBSCRIBE', { headers: headers(0) }));
  await until('end', () => requests(agent, 'NOTIFY').length === 3);
  expect(header(requests(agent, 'NOTIFY')[2]!, 'subscription-state')).toMatch(/^terminated/);
  stations.exchange.setMessages('1001', { fresh: 3, old: 5 });
  expect((await agent.register()).status).toBe(200);
  expect(requests(agent, 'NOTIFY')).toHaveLength(3);
});

test('messages are told unasked where that is wished, and other events are refused', async () => {
  const agent = await stations.station('1001');
  stations.exchange.setMessages('1001', { fresh: 1, old: 0 }, true);
  const notify = await until('NOTIFY', () => requests(agent, 'NOTIFY')[0]);
  expect(notify.body).toContain('Voice-Message: 1/0 (0/0)');
  const dialog = agent.newDialog('<sip:1001@exchange.example>', 'sip:1001@exchange.example');
  const { response } = await agent.ask(dialog, 'SUBSCRIBE', [
    ['Contact', `<${agent.contact}>`],
    ['Event', 'presence'],
  ]);
  expect(response.status).toBe(489);
});

test('all of it is there through the remote control, and nonsense is refused', async () => {
  const agent = await stations.station('1001');
  const post = async (path: string, body: unknown) => {
    const response = await fetch(stations.exchange.controlUrl + path, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, said: (await response.json()) as unknown };
  };
  expect((await post('/ring', { account: '1001', from: '02161234567', manner: 'lateOffer' })).status).toBe(200);
  const late = await stations.ringing(agent);
  expect(late.incoming?.body).toBe('');
  late.reply(486);

  const call = await stations.connected(agent, '601');
  const { id } = stations.callWith('601');
  expect((await post('/hold', { callId: id })).said).toEqual({ done: true });
  await call.answerReinvite();
  expect((await post('/retrieve', { callId: id })).said).toEqual({ done: true });
  await call.answerReinvite();
  const flooded = post('/reinvite', { callId: id, count: 1 });
  await call.answerReinvite();
  expect((await flooded).said).toEqual({ statuses: [200] });
  const referred = post('/refer', { callId: id, target: '600' });
  agent.send(respond(await until('REFER', () => call.requests('REFER')[0]), 603));
  expect((await referred).said).toEqual({ status: 603 });
  const stray = post('/stray', { account: '1001', method: 'BYE' });
  agent.send(respond(await until('BYE', () => requests(agent, 'BYE')[0]), 481));
  expect((await stray).said).toEqual({ status: 481 });
  expect((await post('/messages', { account: '1001', fresh: 1, old: 2, unasked: true })).status).toBe(200);
  await until('NOTIFY', () => requests(agent, 'NOTIFY')[0]);
  expect((await post('/answer-next', { method: 'OPTIONS', status: 503 })).status).toBe(200);
  expect((await call.ask('OPTIONS')).status).toBe(200 + 303);

  expect((await post('/hold', { callId: 'none' })).said).toEqual({ done: false });
  for (const [path, body] of [
    ['/ring', { account: '1001', from: '1', manner: 'rude' }],
    ['/answer-next', { method: 'INFO', status: 100 }],
    ['/reinvite', { callId: id, count: 0 }],
    ['/refer', { callId: 'none', target: '600' }],
  ] as const) {
    expect((await post(path, body)).status).toBe(400);
  }
});
