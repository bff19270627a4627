// An agent whose extension is a SIP account of the exchange: one call, told at both doors, with sound at the SIP phone.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { loudnessAt } from '../../demo/exchange/sounds';
import { header } from '../../demo/sip/message';
import { SipTester, until, type TesterCall } from './sip-tester';
import { WellcloudTester } from './wellcloud-tester';

const DOMAIN = 'test.cc';
const PASSWORD = 'secret';
let exchange: Exchange;
const closing: (() => void)[] = [];

beforeEach(async () => {
  exchange = await startExchange({
    domain: DOMAIN,
    users: ['8001', '8002'],
    wellcloud: { agents: ['5001', '5002', '5003'], password: PASSWORD },
  });
});
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  await exchange.close();
});

async function sipPhone(user: string): Promise<SipTester> {
  const account = exchange.accounts.find((each) => each.user === user);
  if (!account) throw new Error(`no account ${user}`);
  const phone = await new SipTester(exchange.sipUrl, account).open();
  closing.push(() => phone.close());
  expect((await phone.register()).status).toBe(200);
  return phone;
}
async function agent(number: 1 | 2 | 3): Promise<WellcloudTester> {
  const tester = new WellcloudTester(exchange.wellcloud, `500${number}`, `800${number}`, DOMAIN);
  closing.push(() => tester.close());
  expect(await tester.login(PASSWORD)).toBe(204);
  await tester.event('agentLoggedOn');
  return tester;
}
async function answered(phone: SipTester): Promise<TesterCall> {
  const leg = await phone.incoming();
  leg.reply(180);
  await leg.answer();
  closing.push(() => leg.leg.close());
  return leg;
}
/** The agent at 8001 talks with a number it has called. */
async function talkingTo(number: string) {
  const phone = await sipPhone('8001');
  const a = await agent(1);
  const callId = await a.call(number);
  const leg = await answered(phone);
  await a.event('established');
  return { a, phone, leg, callId };
}
const sipCallId = ({ incoming }: TesterCall) => incoming && header(incoming, 'call-id');
/** The agent's phone hears a tone: 601NN plays one of NN × 100 Hz, 601 one of 440 Hz. */
const hears = (callId: string, hertz: number) =>
  until(`${hertz} Hz`, () => loudnessAt(hertz, exchange.lastHeard(callId, '8001')) > 1000);

test('an extension that is a SIP account and not registered there cannot be logged in at', async () => {
  const tester = new WellcloudTester(exchange.wellcloud, '5001', '8001', DOMAIN);
  closing.push(() => tester.close());
  expect(await tester.login(PASSWORD)).toBe(451);
  await sipPhone('8001');
  expect(await tester.login(PASSWORD)).toBe(204);
});

test('an own call rings the agent’s SIP phone first, with the number it asked to see, and then the far end', async () => {
  const phone = await sipPhone('8001');
  const a = await agent(1);
  const callId = await a.call('601', { destForDisplay: '***00' });
  const leg = await phone.incoming();
  expect(leg.incoming && header(leg.incoming, 'from')).toContain('sip:***00@');
  leg.reply(180);
  expect(a.names().filter((name) => !name.startsWith('agent'))).toEqual(['serviceInitiated', 'originated']);
  expect(exchange.calls()[0]?.parties.map(({ device }) => device)).toEqual(['8001']);

  await leg.answer();
  closing.push(() => leg.leg.close());
  await a.event('delivered', ({ alertingDevice }) => alertingDevice === '601@test.cc');
  expect(await a.event('established')).toMatchObject({
    callId,
    answeringDevice: '601@test.cc',
    sipCallId: sipCallId(leg),
  });
  await hears(callId, 440);
});

test('an own call ends where nobody answers at the SIP phone', async () => {
  const phone = await sipPhone('8001');
  const a = await agent(1);
  await a.call('600');
  (await phone.incoming()).reply(486);
  expect(await a.event('connectionCleared')).toMatchObject({ releasingDevice: a.device, cause: 'USER_BUSY' });
  expect(a.names()).not.toContain('delivered');
});

test('a customer rings the SIP phone and at the other door; answered there, it stands at both', async () => {
  const phone = await sipPhone('8001');
  const a = await agent(1);
  const callId = exchange.wellcloud.queueCall('8001', '13800138000', { queue: '7000' });
  const leg = await phone.incoming();
  leg.reply(180);
  await a.event('delivered', ({ alertingDevice }) => alertingDevice === a.device);
  expect((await a.on(callId, 'answer')).status).toBe(204); // accepted; the phone itself has to be answered
  expect(a.names()).not.toContain('established');
  await leg.answer();
  closing.push(() => leg.leg.close());
  expect(await a.event('established')).toMatchObject({ callId, answeringDevice: a.device, sipCallId: sipCallId(leg) });
  await until('the customer’s voice', () => leg.heard.packets > 5);
});

test('hold and retrieve at either door are told at the other', async () => {
  const { a, leg, callId } = await talkingTo('601');
  await a.on(callId, 'hold');
  expect((await leg.answerReinvite()).body).toContain('a=inactive');
  await a.event('held');
  await a.on(callId, 'retrieve');
  expect((await leg.answerReinvite()).body).toContain('a=sendrecv');
  expect(await a.event('retrieved')).toMatchObject({ sipCallId: sipCallId(leg) });
  await hears(callId, 440);

  expect((await leg.direct('sendonly')).status).toBe(200);
  await until('held again', () => a.names().filter((name) => name === 'held').length === 2);
  expect((await leg.direct('sendrecv')).status).toBe(200);
  await until('back again', () => a.names().filter((name) => name === 'retrieved').length === 2);
  expect(leg.reinvites()).toHaveLength(2); // nobody was told what it did itself
});

test('hung up at either door, it is over at the other', async () => {
  const first = await talkingTo('600');
  await first.a.on(first.callId, 'drop');
  await until('BYE', () => first.leg.requests('BYE').length > 0);

  const second = await first.a.call('600');
  const leg = await answered(first.phone);
  await first.a.event('established', ({ callId }) => callId === second);
  expect((await leg.ask('BYE')).status).toBe(200);
  await first.a.event(
    'connectionCleared',
    ({ callId, releasingDevice }) => callId === second && releasingDevice === first.a.device,
  );
});

test('a consultation rings the SIP phone a second time; the conference goes on in the first dialog with all voices', async () => {
  const { a, phone, leg, callId } = await talkingTo('60104');
  await a.on(callId, 'consult', { consultationParticipant: '60109' });
  await leg.answerReinvite();
  const second = await answered(phone);
  const consult = (await a.event('established', (event) => event.callId !== callId)).callId;
  expect((await a.on(callId, 'conference', { consultCallId: consult })).status).toBe(204);
  expect((await leg.answerReinvite()).body).toContain('a=sendrecv');
  await until('BYE of the second dialog', () => second.requests('BYE').length > 0);
  for (const hertz of [400, 900]) await hears(callId, hertz);
  const parties = exchange.calls().find(({ id }) => id === callId)?.parties;
  expect(parties?.map(({ state }) => state)).toEqual(['connected', 'connected', 'connected']);
});

test('after a transfer the colleague’s SIP phone has the far end’s voice, and the agent’s phone is free', async () => {
  const { a, phone, leg, callId } = await talkingTo('60105');
  const colleague = await sipPhone('8002');
  const b = await agent(2);
  await a.on(callId, 'consult', { consultationParticipant: '8002' });
  await leg.answerReinvite();
  const second = await answered(phone);
  const theirs = await answered(colleague);
  const consult = (await b.event('established')).callId;
  await a.event('established', (event) => event.callId === consult);

  expect((await a.on(callId, 'transfer', { consultCallId: consult })).status).toBe(204);
  expect(await b.event('transferred')).toMatchObject({ newCall: callId, secondaryOldCall: consult });
  for (const own of [leg, second]) await until('BYE', () => own.requests('BYE').length > 0);
  await until('500 Hz', () => loudnessAt(500, exchange.lastHeard(callId, '8002')) > 1000);
  await b.on(callId, 'drop');
  await until('BYE', () => theirs.requests('BYE').length > 0);
});

test('a number dialled at the SIP phone itself is told without originated, and under the phone’s own dialog', async () => {
  const phone = await sipPhone('8001');
  const a = await agent(1);
  const call = await phone.call('600').start();
  closing.push(() => call.end());
  expect(await call.outcome()).toBe(200);
  await a.event('delivered', ({ alertingDevice }) => alertingDevice === '600@test.cc');
  expect(await a.event('established')).toMatchObject({ sipCallId: call.dialog.callId });
  expect(a.names()).not.toContain('originated');
});

test('a transfer by the SIP phone itself is told to the one who was handed over', async () => {
  const phone = await sipPhone('8001');
  const [a, c] = [await agent(1), await agent(3)];
  const callId = await a.call('8003');
  const leg = await answered(phone);
  await c.event('delivered');
  await c.on(callId, 'answer');
  await a.event('established');
  expect(await leg.refer('600')).toBe(202);
  expect(await c.event('transferred')).toMatchObject({
    ...{ newCall: callId, transferringDevice: a.device, transferredToDevice: '600@test.cc' },
  });
  await c.event('connectionCleared', ({ releasingDevice }) => releasingDevice === a.device);
  expect(c.names()).not.toContain('retrieved');
});
