// Far ends of the embedded exchange that hold and come back, a second caller, and answers that are wrong on purpose.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readAddress } from '../../demo/sip/address';
import { requestIn } from '../../demo/sip/build';
import { header } from '../../demo/sip/message';
import { hears, Stations, until } from './sip-tester';

let stations: Stations;
beforeEach(async () => void (stations = await Stations.open()));
afterEach(() => stations.close());

test('610 holds after 3 s with music and comes back after 6 s', async () => {
  const agent = await stations.station('1001');
  const call = await stations.connected(agent, '610');
  expect((await call.answerReinvite()).body).toContain('a=sendonly');
  expect(stations.callWith('610').parties.find(({ device }) => device === '610')?.state).toBe('held');
  await hears(call, 0.05);
  expect((await call.answerReinvite()).body).toContain('a=sendrecv');
  await hears(call);
}, 20_000);

test('a customer holds and comes back when told, with music or without', async () => {
  const agent = await stations.station('1001');
  const { exchange } = stations;
  const id = exchange.ring('1001', '02161234567', '');
  const call = (await stations.answered(agent)).talk();
  const heard = () => exchange.calls().find((each) => each.id === id)?.parties[0]?.heard.packets ?? 0;
  await until('the customer hears', () => heard() > 10);

  expect(exchange.hold(id)).toBe(true);
  expect(exchange.hold(id)).toBe(false);
  expect((await call.answerReinvite()).body).toMatch(/^m=audio [1-9][^]*^a=sendonly\r$/m);
  await hears(call);
  const before = heard();
  await hears(call);
  expect(heard()).toBe(before);

  expect(exchange.retrieve(id)).toBe(true);
  expect((await call.answerReinvite()).body).toContain('a=sendrecv');
  await until('the customer hears again', () => heard() > before + 10);

  expect(exchange.hold(id, true)).toBe(true);
  expect((await call.answerReinvite()).body).toContain('a=inactive');
  const sent = () => exchange.calls().find((each) => each.id === id)?.parties[1]?.heard.packets;
  const sentBefore = sent();
  expect(sentBefore).toBeGreaterThan(0);
  for (let i = 0; i < 5; i++) await call.ask('OPTIONS'); // some frames of 20 ms go by
  expect(sent()).toBe(sentBefore);
  expect(exchange.retrieve(id)).toBe(true);
  await call.answerReinvite();
  await hears(call);
});

test('both hold: the answer says so, and the agent takes the call back first', async () => {
  const agent = await stations.station('1001');
  const { exchange } = stations;
  const call = await stations.connected(agent, '601');
  const { id } = stations.callWith('601');
  expect((await call.direct('sendonly')).status).toBe(200);
  exchange.hold(id);
  await call.answerReinvite();
  expect((await call.direct('sendrecv')).status).toBe(200);
  await hears(call); // music
  exchange.retrieve(id);
  await call.answerReinvite();
  await hears(call);
});

test('a hold refused with 491 is asked again', async () => {
  const agent = await stations.station('1001');
  const call = await stations.connected(agent, '601');
  stations.exchange.hold(stations.callWith('601').id);
  await call.answerReinvite(491);
  expect((await call.answerReinvite()).body).toContain('a=sendonly');
});

test('a re-INVITE that crosses ours is refused with 491', async () => {
  const agent = await stations.station('1001');
  const call = await stations.connected(agent, '601');
  stations.exchange.hold(stations.callWith('601').id);
  await until('re-INVITE', () => call.reinvites().length === 1);
  const offer = await call.leg.offer();
  expect((await call.ask('INVITE', [['Content-Type', 'application/sdp']], offer)).status).toBe(491);
});

test('a hold the client does not know the call for ends it', async () => {
  const agent = await stations.station('1001');
  const call = await stations.connected(agent, '601');
  stations.exchange.hold(stations.callWith('601').id);
  await call.answerReinvite(481);
  await until('ended', () => stations.callWith('601').state === 'cleared');
});

test('611 answers, and 2 s later another customer calls', async () => {
  const agent = await stations.station('1001');
  const first = await stations.connected(agent, '611');
  const second = await stations.answered(agent);
  expect(readAddress(header(second.incoming!, 'from'))?.uri).toBe('sip:+8613812345678@exchange.example');
  await hears(second);
  await hears(first);
});

test('613 has moved, and says where to', async () => {
  const agent = await stations.station('1001');
  const call = await stations.dial(agent, '613');
  expect(await call.outcome()).toBe(302);
  const moved = agent.responses(call.invite!).find(({ status }) => status === 302);
  expect(header(moved!, 'contact')).toBe('<sip:601@exchange.example>');
});

test.each([491, 500, 481])(
  'the next request of a method is answered %i, the one after it as it should be',
  async (status) => {
    const agent = await stations.station('1001');
    const call = await stations.connected(agent, '606');
    const { answerNext } = stations.exchange.faults;
    for (const method of ['re-INVITE', 'REFER', 'INFO', 'UPDATE']) answerNext({ method, status });
    const offer = await call.leg.offer();
    const reinvite = async () => (await call.ask('INVITE', [['Content-Type', 'application/sdp']], offer)).status;
    const info = async () =>
      (await call.ask('INFO', [['Content-Type', 'application/dtmf-relay']], 'Signal=5\r\n')).status;
    expect([await reinvite(), await reinvite()]).toEqual([status, 200]);
    expect([await info(), await info()]).toEqual([status, 200]);
    expect([(await call.ask('UPDATE')).status, (await call.ask('UPDATE')).status]).toEqual([status, 200]);
    expect([await call.refer('602'), await call.refer('602')]).toEqual([status, 202]);
    expect(stations.callWith('606').parties[0]?.keys).toBe('5');
  },
);

test('a request met with silence is answered not even when it is repeated', async () => {
  const agent = await stations.station('1001');
  const call = await stations.connected(agent, '606');
  stations.exchange.faults.answerNext({ method: 'UPDATE', status: 0 });
  const lost = requestIn(call.dialog, 'UPDATE', { headers: [['Contact', `<${agent.contact}>`]] });
  agent.send(lost);
  const updates = () => stations.exchange.received('UPDATE')[call.dialog.callId];
  agent.send(lost);
  await until('received', () => updates() === 2);
  expect((await call.ask('UPDATE')).status).toBe(200);
  expect(agent.received.filter((each) => header(each, 'cseq')?.endsWith('UPDATE'))).toHaveLength(1);
});
