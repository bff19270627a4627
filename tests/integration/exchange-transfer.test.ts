// Announced transfer at the embedded exchange: REFER with Replaces, and a call taken over by INVITE with Replaces.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hears, Stations, until, type TesterCall } from './sip-tester';

let stations: Stations;
beforeEach(async () => void (stations = await Stations.open()));
afterEach(() => stations.close());

const byes = (call: TesterCall) => call.requests('BYE').length;

test('customer and colleague are joined, both legs of the agent end, and it is told 200 first', async () => {
  const [agent, colleague] = [await stations.station('1001'), await stations.station('1002')];
  const first = await stations.connected(agent, '601');
  await first.direct('sendonly');
  const consult = await stations.dial(agent, '1002');
  const other = await stations.answered(colleague);
  expect(await consult.outcome()).toBe(200);

  expect(await first.refer('1002', consult.replaces())).toBe(202);
  await until('both ended', () => byes(first) === 1 && byes(consult) === 1);
  expect(first.progress()).toEqual([100, 200]);
  await hears(other);

  const joined = stations.callWith('601');
  expect(joined.state).toBe('talking');
  expect(joined.parties.map(({ device, state }) => [device, state])).toEqual([
    ['1001', 'cleared'],
    ['601', 'connected'],
    ['1002', 'connected'],
  ]);
  expect(joined.sipCallIds).toContain(other.dialog.callId);
  expect(stations.callWith('1002')).toMatchObject({ state: 'cleared', cause: 200 });
  expect((await other.ask('BYE')).status).toBe(200);
  expect(stations.callWith('601').state).toBe('cleared');
});

test('a customer who called in is handed to a colleague and hears the colleague speak', async () => {
  const [agent, colleague] = [await stations.station('1001'), await stations.station('1002')];
  const callId = stations.exchange.ring('1001', '02161234567', 'Customer');
  const first = await stations.answered(agent);
  const consult = await stations.dial(agent, '1002');
  const other = (await stations.answered(colleague)).talk();
  expect(await consult.outcome()).toBe(200);
  expect(await first.refer('1002', consult.replaces())).toBe(202);
  const customer = () => stations.exchange.calls().find(({ id }) => id === callId)?.parties[0];
  const before = customer()?.heard.energy ?? 0;
  await until('the customer hears', () => (customer()?.heard.energy ?? 0) > before + 0.004);
  await hears(other);
});

test('two outside parties talk on when the agent has gone', async () => {
  const agent = await stations.station('1001');
  const first = await stations.connected(agent, '601');
  const consult = await stations.connected(agent, '606');
  expect(await consult.refer('601', first.replaces())).toBe(202); // from either of the two calls
  await until('both ended', () => byes(first) === 1 && byes(consult) === 1);
  const said = () => stations.callWith('606').parties.find(({ device }) => device === '606')?.heard.packets ?? 0;
  const before = said();
  await until('the one hears the other', () => said() > before + 10);
});

test('transferred while the colleague still rings: the consult ends, the first call when the colleague answers', async () => {
  const [agent, colleague] = [await stations.station('1001'), await stations.station('1002')];
  const first = await stations.connected(agent, '601');
  const consult = await stations.dial(agent, '1002');
  const ringing = await stations.ringing(colleague);
  ringing.reply(180);
  await consult.provisional(180);
  expect(await first.refer('1002', consult.replaces())).toBe(202);
  expect(await consult.outcome()).toBe(487);
  await until('ringing told', () => first.progress().join() === '100,180');
  expect(byes(first)).toBe(0);

  await ringing.answer();
  await until('ended', () => byes(first) === 1);
  expect(first.progress()).toEqual([100, 180, 200]);
  await hears(ringing);
});

test('a number that rings some seconds is answered after the transfer', async () => {
  const agent = await stations.station('1001');
  const first = await stations.connected(agent, '601');
  const consult = await stations.dial(agent, '61202');
  await consult.provisional(180);
  expect(await first.refer('61202', consult.replaces())).toBe(202);
  await until('ended', () => byes(first) === 1);
  expect(first.progress()).toEqual([100, 180, 200]);
  expect(stations.callWith('601').parties.at(-1)).toMatchObject({ device: '61202', state: 'connected' });
});

test.each([486, 603])(
  'a colleague who refuses (%i) the transferred ring leaves the agent the customer',
  async (status) => {
    const [agent, colleague] = [await stations.station('1001'), await stations.station('1002')];
    const first = await stations.connected(agent, '601');
    const consult = await stations.dial(agent, '1002');
    const ringing = await stations.ringing(colleague);
    ringing.reply(180);
    await consult.provisional(180);
    await first.refer('1002', consult.replaces());
    expect(await consult.outcome()).toBe(487);
    ringing.reply(status);
    await until('refusal', () => first.progress().at(-1) === status);
    await hears(first);
    expect(await first.refer('600')).toBe(202);
  },
);

test('a dialog nobody knows, one of another account, and one that has ended are refused; the call goes on', async () => {
  const [agent, stranger] = [await stations.station('1001'), await stations.station('1003')];
  const first = await stations.connected(agent, '601');
  const told = async (replaces: string) => {
    const before = first.progress().length;
    expect(await first.refer('600', replaces)).toBe(202);
    await until('refusal', () => first.progress().length > before);
    return first.progress().at(-1);
  };
  expect(await told('nobody;to-tag=1;from-tag=2')).toBe(481);
  const foreign = await stations.connected(stranger, '600');
  expect(await told(foreign.replaces())).toBe(481);

  const consult = await stations.connected(agent, '600');
  expect(await told(`${consult.replaces()};early-only`)).toBe(486);
  expect(await told(first.replaces())).toBe(491);
  expect((await consult.ask('BYE')).status).toBe(200);
  expect(await told(consult.replaces())).toBe(603);
  expect(await first.refer('600', 'nothing')).toBe(400);
  await hears(first);
});

test('another account takes a call over by INVITE with Replaces', async () => {
  const [agent, colleague] = [await stations.station('1001'), await stations.station('1002')];
  const first = await stations.connected(agent, '601');
  const taking = await stations.dial(colleague, '1001', [['Replaces', first.replaces()]]);
  expect(await taking.outcome()).toBe(200);
  await until('BYE', () => byes(first) === 1);
  await hears(taking);
  expect(stations.exchange.calls()).toHaveLength(1);
});

test('another device of the account takes its own call over', async () => {
  const [desk, home] = [await stations.station('1001'), await stations.station('1001')];
  const first = await stations.connected(desk, '601');
  const taking = await stations.dial(home, '601', [['Replaces', first.replaces()]]);
  expect(await taking.outcome()).toBe(200);
  await until('BYE', () => byes(first) === 1);
  await hears(taking);
  expect((await taking.ask('BYE')).status).toBe(200);
  expect(stations.callWith('601').state).toBe('cleared');
});

test('INVITE with Replaces is refused where there is nothing to replace', async () => {
  const [agent, colleague] = [await stations.station('1001'), await stations.station('1002')];
  const first = await stations.connected(agent, '601');
  const outcome = async (replaces: string) =>
    (await stations.dial(colleague, '1001', [['Replaces', replaces]])).outcome();
  expect(await outcome('nobody;to-tag=1;from-tag=2')).toBe(481);
  expect(await outcome('nobody')).toBe(400);
  expect(await outcome(`${first.replaces()};early-only`)).toBe(486);
  await first.ask('BYE');
  expect(await outcome(first.replaces())).toBe(603);
});
