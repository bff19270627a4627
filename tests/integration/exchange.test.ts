// The embedded exchange as a SIP client meets it: registration, every test number, calls between accounts, faults.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { readAddress } from '../../demo/sip/address';
import { header, writeMessage } from '../../demo/sip/message';
import { SipTester, type TesterCall, until } from './sip-tester';

let exchange: Exchange;
const testers: SipTester[] = [];
const calls: TesterCall[] = [];

beforeEach(async () => {
  exchange = await startExchange();
});
afterEach(async () => {
  for (const call of calls.splice(0)) call.end();
  for (const tester of testers.splice(0)) tester.close();
  await exchange.close();
});

async function station(user: string): Promise<SipTester> {
  const account = exchange.accounts.find((each) => each.user === user);
  if (!account) throw new Error(`no account ${user}`);
  const tester = await new SipTester(exchange.sipUrl, account).open();
  testers.push(tester);
  expect((await tester.register()).status).toBe(200);
  return tester;
}

async function dial(tester: SipTester, number: string): Promise<TesterCall> {
  const call = tester.call(number);
  calls.push(call);
  return call.start();
}

async function answered(tester: SipTester): Promise<TesterCall> {
  const call = await tester.incoming();
  calls.push(call);
  call.reply(180);
  await call.answer();
  return call;
}

async function connected(tester: SipTester, number: string): Promise<TesterCall> {
  const call = await dial(tester, number);
  expect(await call.outcome()).toBe(200);
  return call;
}

async function hears(call: TesterCall, energy = 0.004): Promise<void> {
  const before = call.heard.energy;
  await until('sound', () => call.heard.energy > before + energy);
}

const lastCall = () => exchange.calls().at(-1);
const party = (device: string) => lastCall()?.parties.find((each) => each.device === device);

test('the echo number answers and gives back what it hears', async () => {
  const agent = await station('1001');
  const call = (await connected(agent, '600')).talk();
  await hears(call);

  await until(
    'counters',
    () => (party('1001')?.said.energy ?? 0) > 0.004 && (party('1001')?.heard.energy ?? 0) > 0.004,
  );
  expect((await call.ask('BYE')).status).toBe(200);
  expect(lastCall()).toMatchObject({ state: 'cleared', to: '600', clearedBy: '1001', cause: 200 });
  expect(lastCall()?.sipCallIds).toEqual([call.dialog.callId]);
});

test.each([
  ['602', 486],
  ['604', 603],
  ['404', 404],
  ['777', 404],
  ['1480', 480],
  ['1503', 503],
  ['1003', 480],
  ['1001', 486],
])('a call to %s is refused with %i', async (number, status) => {
  const agent = await station('1001');
  const call = await dial(agent, number);
  expect(await call.outcome()).toBe(status);
  expect(lastCall()).toMatchObject({ state: 'cleared', to: number, cause: status });
});

test('the number nobody answers rings until it is cancelled', async () => {
  const agent = await station('1001');
  const call = await dial(agent, '603');
  await call.provisional(180);
  call.cancel();
  expect(await call.outcome()).toBe(487);
  expect(exchange.calls().filter((each) => each.state !== 'cleared')).toEqual([]);
});

test('early media is heard before the answer', async () => {
  const agent = await station('1001');
  const call = await dial(agent, '605');
  await call.hearEarly();
  await hears(call);
  expect(agent.responses(call.invite!).some(({ status }) => status === 200)).toBe(false);
  await until('200', () => agent.responses(call.invite!).find(({ status }) => status === 200));
});

test('keys are read from RTP and from INFO, and each is answered by a beep', async () => {
  const agent = await station('1001');
  const call = await connected(agent, '606');
  await hears(call);
  for (const key of '12#') call.leg.hearKey(key);
  await until('keys by RTP', () => party('1001')?.keys === '12#');
  const info = await call.ask('INFO', [['Content-Type', 'application/dtmf-relay']], 'Signal=9\r\nDuration=160\r\n');
  expect(info.status).toBe(200);
  expect(party('1001')?.keys).toBe('12#9');
  await hears(call);
});

test('in the conference room everyone hears the others and not itself', async () => {
  const [first, second] = [await station('1001'), await station('1002')];
  const speaker = (await connected(first, '607')).talk();
  const listener = await connected(second, '607');
  await hears(listener);
  expect(speaker.heard.packets).toBeGreaterThan(10);
  expect(speaker.heard.energy).toBeLessThan(0.001);
  await hears((listener.talk(300), speaker));
});

test('who asks to be called back is rung by a customer with a name', async () => {
  const agent = await station('1001');
  const asked = await connected(agent, '609');
  await until('BYE', () => asked.requests('BYE').length === 1);
  asked.confirm('BYE');

  const call = await answered(agent);
  expect(readAddress(header(call.incoming!, 'from'))).toMatchObject({
    name: '王小明 Wang Xiaoming',
    uri: 'sip:+8613812345678@exchange.example',
  });
  await hears(call);
  expect(exchange.hangup(lastCall()?.id ?? '')).toBe(true);
  await until('BYE', () => call.requests('BYE').length === 1);
});

test('a ring nobody answers ends with 408 after its time', async () => {
  const impatient = await startExchange({ noAnswerMs: 200 });
  const tester = await new SipTester(impatient.sipUrl, impatient.accounts[0]!).open();
  testers.push(tester);
  await tester.register();
  expect(await (await dial(tester, '603')).outcome()).toBe(408);
  await impatient.close();
});

test('an offer without G.711 is refused before anything rings', async () => {
  const agent = await station('1001');
  const call = agent.call('600');
  calls.push(call);
  const offer = 'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=rtpmap:111 opus/48000/2\r\n';
  const { response } = await agent.ask(call.dialog, 'INVITE', [['Contact', `<${agent.contact}>`]], offer);
  expect(response.status).toBe(488);
  expect(exchange.calls()).toEqual([]);
});

test('in a call UPDATE and OPTIONS are answered, unknown methods and foreign dialogs are not', async () => {
  const agent = await station('1001');
  const call = await connected(agent, '600');
  expect((await call.ask('UPDATE', [['Session-Expires', '90;refresher=uac']])).status).toBe(200);
  expect((await call.ask('OPTIONS')).status).toBe(200);
  expect((await call.ask('PUBLISH')).status).toBe(405);
  expect((await call.ask('INFO', [['Content-Type', 'text/plain']], '1')).status).toBe(415);
  call.dialog.remoteTag = 'unknown';
  expect((await call.ask('BYE')).status).toBe(481);
  expect(lastCall()?.state).toBe('talking');
});

test('an emergency number reaches the make-believe desk', async () => {
  await hears(await connected(await station('1001'), '110'));
});

test('two accounts talk, both ways, and the called one hangs up', async () => {
  const [caller, called] = [await station('1001'), await station('1002')];
  const call = (await dial(caller, '1002')).talk(500);
  const ringing = await called.incoming();
  calls.push(ringing);
  ringing.reply(180);
  await call.provisional(180);
  await ringing.answer();
  expect(await call.outcome()).toBe(200);
  await hears(ringing.talk(900));
  await hears(call);

  expect((await ringing.ask('BYE')).status).toBe(200);
  await until('BYE', () => call.requests('BYE').length === 1);
});

test('keys pressed by one account reach the other', async () => {
  const [caller, called] = [await station('1001'), await station('1002')];
  const call = await dial(caller, '1002');
  const other = await answered(called);
  expect(await call.outcome()).toBe(200);
  await hears((call.talk(), other));
  for (const key of '70*') call.leg.hearKey(key);
  await until('keys', () => other.heard.keys === '70*');
});

test.each([486, 603, 480])('a station that refuses with %i is told to the caller', async (status) => {
  const [caller, called] = [await station('1001'), await station('1002')];
  const call = await dial(caller, '1002');
  const ringing = await called.incoming();
  calls.push(ringing);
  ringing.reply(status);
  expect(await call.outcome()).toBe(status);
});

test('a caller who gives up stops the ringing of the other station', async () => {
  const [caller, called] = [await station('1001'), await station('1002')];
  const call = await dial(caller, '1002');
  const ringing = await called.incoming();
  calls.push(ringing);
  ringing.reply(180);
  await call.provisional(180);
  call.cancel();
  expect(await call.outcome()).toBe(487);
  await until('CANCEL', () => ringing.requests('CANCEL').length === 1);
});

test('of two devices of an account the one that answers has the call and the other is told', async () => {
  const caller = await station('1001');
  const [desk, home] = [await station('1002'), await station('1002')];
  const call = await dial(caller, '1002');
  const [atDesk, atHome] = [await desk.incoming(), await home.incoming()];
  calls.push(atDesk, atHome);
  atHome.reply(180);
  await call.provisional(180);
  await atDesk.answer();
  expect(await call.outcome()).toBe(200);
  const cancel = await until('CANCEL', () => atHome.requests('CANCEL')[0]);
  expect(header(cancel, 'reason')).toContain('Call completed elsewhere');
});

test('hold is answered in kind, stops the sound and resumes it', async () => {
  const agent = await station('1001');
  const call = (await connected(agent, '601')).talk();
  await hears(call);

  for (const [offered, given] of [
    ['sendonly', 'recvonly'],
    ['inactive', 'inactive'],
  ] as const) {
    const response = await call.direct(offered);
    expect(response.status).toBe(200);
    expect(response.body).toMatch(new RegExp(`^m=audio [1-9][^]*^a=${given}\\r$`, 'm'));
    expect(party('1001')?.state).toBe('held');
  }
  const silentFrom = party('1001')?.heard.packets;
  await until('the tone goes on at the far end', () => (party('601')?.said.seconds ?? 0) > 0);
  expect(party('1001')?.heard.packets).toBe(silentFrom);

  expect((await call.direct('sendrecv')).body).toContain('a=sendrecv');
  await hears(call);
  expect(party('1001')?.state).toBe('connected');
});

test('a customer is transferred to another account, told step by step', async () => {
  const [agent, colleague] = [await station('1001'), await station('1002')];
  const call = await connected(agent, '600');
  const refer = await call.ask('REFER', [['Refer-To', '<sip:1002@exchange.example>']]);
  expect(refer.status).toBe(202);

  const taken = (await answered(colleague)).talk();
  await hears(taken);
  await until('BYE', () => call.requests('BYE').length === 1);
  const told = call.requests('NOTIFY').map(({ body }) => body.trim());
  expect(told).toEqual(['SIP/2.0 100 Trying', 'SIP/2.0 180 Ringing', 'SIP/2.0 200 OK']);
  expect(call.requests('NOTIFY').map((notify) => header(notify, 'subscription-state')?.split(';')[0])).toEqual([
    'active',
    'active',
    'terminated',
  ]);
  expect(lastCall()?.state).toBe('talking');
});

test('a transfer to a busy number is refused and the call goes on', async () => {
  const agent = await station('1001');
  const call = (await connected(agent, '600')).talk();
  expect((await call.ask('REFER', [['Refer-To', '<sip:602@exchange.example>']])).status).toBe(202);
  await until('refusal', () => call.requests('NOTIFY').at(-1)?.body.startsWith('SIP/2.0 486'));
  await hears(call);
});

test('a wrong password is refused each time, and a client of another cannot use it', async () => {
  const account = { ...exchange.accounts[0]!, password: 'wrong' };
  const tester = await new SipTester(exchange.sipUrl, account).open();
  testers.push(tester);
  expect((await tester.register()).status).toBe(401);
  expect((await tester.register()).status).toBe(401);
  expect(exchange.contacts(account.user)).toEqual([]);
});

test('registering for less than a minute is refused with the least allowed; leaving removes only the own contact', async () => {
  const [desk, home] = [await station('1001'), await station('1001')];
  const brief = await desk.register(30);
  expect([brief.status, header(brief, 'min-expires')]).toEqual([423, '60']);
  expect(exchange.contacts('1001')).toHaveLength(2);
  await desk.register(0);
  expect(exchange.contacts('1001')).toEqual([home.contact]);
});

test('SHA-256 is offered when wished and accepted', async () => {
  const modern = await startExchange({ digest: ['SHA-256', 'MD5'] });
  const tester = await new SipTester(modern.sipUrl, modern.accounts[0]!, 'SHA-256').open();
  testers.push(tester);
  expect((await tester.register()).status).toBe(200);
  await modern.close();
});

test('garbage is dropped, a keep-alive answered, and the registration lives', async () => {
  const agent = await station('1001');
  agent.frames.length = 0;
  for (const text of [
    '',
    'nonsense',
    'INVITE\r\n\r\n',
    `SIP/2.0 200 OK\r\nContent-Length: 99\r\n\r\n`,
    '\u0000\u0001',
  ]) {
    agent.sendText(text);
  }
  agent.sendText('\r\n\r\n');
  await until('keep-alive answered', () => agent.frames.length > 0);
  expect(agent.frames).toEqual(['\r\n']);
  expect((await agent.register()).status).toBe(200);
});

test('whatever is done to the bytes of an INVITE, the exchange goes on', async () => {
  const agent = await station('1001');
  const original = writeMessage((await dial(agent, '603')).invite!);
  fc.assert(
    fc.property(fc.nat(original.length), fc.nat(40), fc.string({ unit: 'binary', maxLength: 20 }), (at, cut, put) => {
      agent.sendText(original.slice(0, at) + put + original.slice(at + cut));
    }),
    { numRuns: 500 },
  );
  expect((await agent.register()).status).toBe(200);
  await hears((await connected(agent, '600')).talk());
});

test('sockets are refused while that fault is on', async () => {
  exchange.faults.set({ refuseSockets: true });
  await expect(new SipTester(exchange.sipUrl, exchange.accounts[0]!).open()).rejects.toThrow('503');
  exchange.faults.set({ refuseSockets: false });
  await station('1001');
});

test('a request sent twice is one call', async () => {
  const agent = await station('1001');
  const call = await dial(agent, '603');
  agent.send(call.invite!);
  await call.provisional(180);
  agent.send(call.invite!);
  await until(
    'the last response again',
    () => agent.responses(call.invite!).filter(({ status }) => status === 180).length > 1,
  );
  expect(exchange.calls()).toHaveLength(1);
  expect(exchange.received('INVITE')).toEqual({ [call.dialog.callId]: 4 }); // asked for credentials once, sent three times
});

test('the server dies and comes back mid-call: sound goes on and the call can be ended over the new socket', async () => {
  const agent = await station('1001');
  const call = (await connected(agent, '600')).talk();
  await hears(call);
  const restarted = exchange.faults.restart(300);
  await until('socket lost', () => !agent.isOpen);
  await hears(call);
  await restarted;
  expect(exchange.contacts('1001')).toEqual([]);

  await agent.open();
  expect((await agent.register()).status).toBe(200);
  await hears(call);
  expect((await call.ask('BYE')).status).toBe(200);
});

test('a hang-up the client could not hear reaches it when it registers again', async () => {
  const agent = await station('1001');
  const call = await connected(agent, '600');
  exchange.faults.dropSockets('1001');
  await until('socket lost', () => !agent.isOpen);
  exchange.hangup(lastCall()?.id ?? '');
  await agent.open();
  await agent.register();
  await until('BYE', () => call.requests('BYE').length === 1);
});

test('faults are switched on and off through the remote control, and the log holds no digest', async () => {
  const agent = await station('1001');
  const post = (path: string, body: unknown) =>
    fetch(exchange.controlUrl + path, { method: 'POST', body: JSON.stringify(body) });
  expect((await post('/faults', { registerStatus: 503, duplicate: true })).status).toBe(200);
  expect((await agent.register()).status).toBe(503);
  await until(
    'twice',
    () => agent.received.filter((each) => each.kind === 'response' && each.status === 503).length === 2,
  );
  expect((await post('/faults', { registerStatus: 0, duplicate: false })).status).toBe(200);
  expect((await agent.register()).status).toBe(200);

  expect((await post('/faults', { delay: 1 })).status).toBe(400);
  expect((await post('/ring', {})).status).toBe(400);
  const foreign = await fetch(exchange.controlUrl, { headers: { Origin: 'https://evil.example' } });
  expect(foreign.status).toBe(403);
  const log = exchange.log();
  expect(log.filter(({ method, direction }) => method === 'REGISTER' && direction === 'in').length).toBeGreaterThan(3);
  expect(log.some(({ raw }) => /response="[0-9a-f]/.test(raw))).toBe(false);
});

test('a caller with a huge name full of markup rings like any other', async () => {
  const agent = await station('1001');
  const name = `<img src=x>"\\\r\nX: 1 ${'长'.repeat(20_000)}`;
  exchange.ring('1001', '02161234567', name);
  const call = await answered(agent);
  expect(readAddress(header(call.incoming!, 'from'))?.name).toBe(name.replace('\r\n', ' '));
  expect(header(call.incoming!, 'x')).toBeUndefined();
});

test('started alone, its first line tells a client everything it needs', async () => {
  const started = spawn(process.execPath, ['--import', 'tsx', 'demo/exchange/main.ts', '--sip-port', '0']);
  try {
    let output = '';
    started.stdout.on('data', (chunk) => (output += String(chunk)));
    const line = await until('first line', () =>
      output.includes('\n') ? output.slice(0, output.indexOf('\n')) : undefined,
    );
    const info: Pick<Exchange, 'sipUrl' | 'accounts' | 'numbers'> = JSON.parse(line);
    expect(info.numbers.map(({ number }) => number)).toContain('600');
    const tester = await new SipTester(info.sipUrl, info.accounts[2]!).open();
    testers.push(tester);
    expect((await tester.register()).status).toBe(200);

    const ended = once(started, 'exit');
    started.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  } finally {
    started.kill('SIGKILL');
  }
});
