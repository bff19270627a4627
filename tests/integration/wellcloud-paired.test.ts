// wellCloud and SIP as one phone, against the embedded exchange, with real sockets and real WebRTC, all in Node.
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { can } from '../../src/domain/can';
import { PhoneError } from '../../src/domain/phone-error';
import type { Settings } from '../../src/settings/schema';
import { Proxy } from './event-proxy';
import { installNodeBrowser } from './node-browser';
import { PairedDesk } from './paired-desk';
import { until } from './sip-tester';
import { tryPairedCalls } from './trials/paired-calls';
import { AgentPhone } from './wellcloud-phone';
import { WellcloudTester } from './wellcloud-tester';

const DOMAIN = 'test.cc';
const PASSWORD = 'secret';
const CUSTOMER = '+8613800001234';
let exchange: Exchange;
let events: Proxy;
let desk: PairedDesk;
const closing: (() => void)[] = [];

beforeAll(installNodeBrowser);
beforeEach(async () => {
  exchange = await startExchange({
    domain: DOMAIN,
    users: ['8001'],
    wellcloud: { agents: ['5001', '5002', '5003'], password: PASSWORD },
  });
  events = new Proxy(Number(new URL(exchange.wellcloud.url).port));
  desk = await openDesk(await events.open());
});
afterEach(async () => {
  for (const close of closing.splice(0)) close();
  desk.stop();
  await events.close();
  await exchange.close();
});

function openDesk(eventPort: number, answering?: Partial<Settings['answering']>): Promise<PairedDesk> {
  const eventServer = `ws://127.0.0.1:${eventPort}/mvc/stomp/websocket`;
  return new PairedDesk(exchange, { password: PASSWORD, eventServer, ...(answering && { answering }) }).loggedIn();
}
/** Another agent, at a desk phone. */
async function colleague(number: 2 | 3): Promise<AgentPhone> {
  const { url } = exchange.wellcloud;
  const [agent, extension] = [`500${number}`, `800${number}`];
  const phone = new AgentPhone({ server: url, domain: DOMAIN, agent, extension, password: PASSWORD });
  closing.push(() => phone.stop());
  await phone.perform({ type: 'login' });
  await until('logged in', () => phone.state.links.wellcloud?.state === 'open');
  return phone;
}
async function answers(phone: AgentPhone): Promise<void> {
  const [ringing] = await phone.shows('alerting');
  await phone.perform({ type: 'answer', callId: ringing?.id ?? '' });
}
const live = () => exchange.calls().filter(({ state }) => state !== 'cleared');
/** So much has come from our phone until now. */
const said = () =>
  exchange
    .calls()
    .flatMap(({ parties }) => parties.filter(({ device }) => device === '8001'))
    .reduce((sum, party) => sum + party.said.packets, 0);
async function isHeard(): Promise<void> {
  const before = said();
  await until('our voice', () => said() > before + 5);
}
async function oneRecord(): Promise<void> {
  await until('one record', () => desk.filed.length > 0 && live().length === 0);
  expect(desk.calls()).toEqual([]);
  expect(desk.filed).toHaveLength(1);
}
/** A request on our own device's connection that is not ours. @returns its status. */
async function another(action: 'answer' | 'drop'): Promise<number> {
  const tester = new WellcloudTester(exchange.wellcloud, '5003', '8003', DOMAIN);
  closing.push(() => tester.close());
  await tester.login(PASSWORD);
  const [call] = live();
  const path = `/api/csta/callControl/calls/${call?.id}/connections/8001@${DOMAIN}%7C${call?.id}`;
  return (await tester.send(action === 'drop' ? 'DELETE' : 'POST', action === 'drop' ? path : `${path}/${action}`))
    .status;
}
/** We talk with a colleague about a customer who waits. */
async function consulting() {
  const c = await colleague(2);
  const { id: heldId } = await desk.answered(CUSTOMER);
  await desk.perform({ type: 'consult', callId: heldId, number: '8002' });
  await answers(c);
  const [, consult] = await desk.shows('held', 'connected');
  return { c, heldId, activeId: consult?.id ?? '', consult };
}

describe('a call of our own', () => {
  test('rings our phone first, is answered there by itself, and is one card and one record under one id', async () => {
    const call = await desk.talking('601');
    await isHeard();

    expect(call).toMatchObject({ direction: 'outbound', link: 'wellcloud', remote: { number: '601' } });
    expect(call.voice).toEqual({ link: 'sip', signalling: 'up' });
    expect(desk.shownAtMost.cards).toBe(1);
    const states = desk.history.flatMap(({ cards }) => cards);
    expect(new Set(states.map((card) => card.split(' ')[0]))).toEqual(new Set([call.id]));
    await desk.perform({ type: 'clear', callId: call.id });
    await oneRecord();
    expect(desk.filed[0]).toMatchObject({ id: call.id, clearedBy: 'local', cause: 'normal' });
  });

  test('sends the digits behind a number once it is answered, and those of the keypad, by our own leg', async () => {
    await desk.perform({ type: 'makeCall', number: '606', after: '12' });
    await desk.shows('connected');
    const keys = () => live().flatMap(({ parties }) => parties.map((party) => party.keys));
    await until('behind the number', () => keys().includes('12'));
    await desk.perform({ type: 'sendDtmf', callId: desk.call().id, digits: '3#' });
    await until('of the keypad', () => keys().includes('123#'));
  });

  test('to somebody who is busy says so, in one record', async () => {
    await desk.perform({ type: 'makeCall', number: '602' });
    await oneRecord();
    expect(desk.filed[0]).toMatchObject({ direction: 'outbound', cause: 'busy', remote: { number: '602' } });
  });

  test('hung up while the far end rings was cancelled', async () => {
    await desk.perform({ type: 'makeCall', number: '603' });
    await desk.shows('alerting');
    await desk.perform({ type: 'clear', callId: desk.call().id });
    await oneRecord();
    expect(desk.filed[0]).toMatchObject({ clearedBy: 'local', cause: 'cancelled' });
  });

  test('goes through while the agent is not to be disturbed, who calls in does not', async () => {
    await desk.perform({ type: 'setDoNotDisturb', on: true });
    const call = await desk.talking('601');
    await desk.perform({ type: 'clear', callId: call.id });
    await oneRecord();
    exchange.wellcloud.queueCall('8001', CUSTOMER);
    await until('turned away', () => desk.filed.length > 1);
    expect(desk.calls()).toEqual([]);
    expect(desk.filed).toHaveLength(2);
  });

  test('to an emergency number is dialled by our own line beside any other, which waits on hold meanwhile', async () => {
    await desk.answered(CUSTOMER);
    await desk.perform({ type: 'makeCall', number: '601', emergency: true });
    const [customer, emergency] = await desk.shows('held', 'connected');
    await until('the server told of it', () => desk.state.calls.byId[emergency?.id ?? '']?.link === 'wellcloud');
    await isHeard();

    expect(emergency).toMatchObject({ emergency: true, direction: 'outbound', remote: { number: '601' } });
    expect(can(desk.state, { type: 'retrieve', callId: customer?.id ?? '' })).toEqual({
      ok: false,
      reason: 'emergencyFirst',
    });
    expect(desk.shownAtMost.cards).toBe(2);
  });

  test('without a microphone is given up, and says why', async () => {
    desk.microphoneError = new PhoneError('microphoneBusy', 'test');
    await desk.perform({ type: 'makeCall', number: '601' });
    await oneRecord();
    expect(desk.state.notices.map(({ code }) => code)).toContain('microphoneBusy');
  });
});

describe('a call that comes in', () => {
  test('is one card with what both links know, answered by its SIP leg, hung up here', async () => {
    const call = await desk.answered(CUSTOMER);
    await isHeard();

    expect(desk.shownAtMost.cards).toBe(1);
    expect(call).toMatchObject({ direction: 'inbound', link: 'wellcloud', details: { queue: '7000' } });
    await desk.perform({ type: 'clear', callId: call.id });
    await oneRecord();
    expect(desk.filed[0]).toMatchObject({ id: call.id, clearedBy: 'local', cause: 'normal' });
  });

  test('hung up by the customer, and by the server: one record', async () => {
    for (const hangUp of [() => exchange.hangup(live()[0]?.id ?? ''), () => another('drop')]) {
      desk.filed.length = 0;
      await desk.answered(CUSTOMER);
      await hangUp();
      await oneRecord();
    }
  });

  test('given up by the customer before it is answered: one record, never answered', async () => {
    const id = exchange.wellcloud.queueCall('8001', CUSTOMER);
    await desk.shows('alerting');
    exchange.hangup(id);
    await oneRecord();
    expect(desk.filed[0]).not.toHaveProperty('establishedAt');
  });

  test('declined here: one record, and the customer is not left ringing', async () => {
    exchange.wellcloud.queueCall('8001', CUSTOMER);
    await desk.shows('alerting');
    await desk.perform({ type: 'decline', callId: desk.call().id });
    await oneRecord();
    expect(desk.filed[0]).toMatchObject({ clearedBy: 'local', cause: 'declined' });
  });

  test('asked of the server to be answered rings on until its SIP leg is answered: the agent sees one state', async () => {
    exchange.wellcloud.queueCall('8001', CUSTOMER);
    await desk.shows('alerting');
    expect(await another('answer')).toBe(204);
    expect(desk.call().state).toBe('alerting');
    await desk.perform({ type: 'answer', callId: desk.call().id });
    await desk.shows('connected');
    expect(desk.shownAtMost.cards).toBe(1);
  });

  test('is answered once by the agent’s own rule', async () => {
    desk.stop();
    await events.close();
    desk = await openDesk(await events.open(), { autoAnswer: true, delayS: 0 });
    exchange.wellcloud.queueCall('8001', CUSTOMER);
    const [call] = await desk.shows('connected');
    await isHeard();
    expect(call?.autoAnswer).toEqual({ phase: 'answered' });
    expect(desk.microphones).toHaveLength(1);
    expect(desk.shownAtMost.cards).toBe(1);
  });
});

describe('in the call', () => {
  test('hold and retrieve are the server’s: our leg is told by SIP, and is heard again afterwards', async () => {
    const { id: callId } = await desk.talking('601');
    await desk.perform({ type: 'hold', callId });
    await desk.shows('held');
    const isToldToWait = () =>
      exchange.log().some(({ direction, method, raw }) => {
        return direction === 'out' && method === 'INVITE' && /^a=inactive/m.test(raw);
      });
    await until('told by SIP', isToldToWait);
    expect(desk.call().heldByRemote).toBe(false);
    await desk.perform({ type: 'retrieve', callId });
    await desk.shows('connected');
    await isHeard();
  });

  test('mute is the SIP leg’s, recording the server’s, both on the one card', async () => {
    const { id: callId } = await desk.talking('601');
    await desk.perform({ type: 'mute', callId });
    expect(desk.call().muted).toBe(true);
    expect(desk.microphones.at(-1)?.track.enabled).toBe(false);
    await desk.perform({ type: 'unmute', callId });
    expect(desk.call().muted).toBe(false);
    expect(desk.microphones.at(-1)?.track.enabled).toBe(true);

    await until('recorded', () => desk.call().details?.recording);
    await desk.perform({ type: 'stopRecording', callId });
    await until('no more', () => desk.call().details?.recording === false);
    await desk.perform({ type: 'startRecording', callId });
    await until('recorded again', () => desk.call().details?.recording);
  });

  test('of two customers the first is on hold once the second is answered', async () => {
    await desk.answered(CUSTOMER);
    exchange.wellcloud.queueCall('8001', '13900139000', { queue: '7000' });
    await desk.shows('connected', 'alerting');
    const second = await until('both links know it', () =>
      desk.calls().find(({ state, voice }) => state === 'alerting' && voice),
    );
    await desk.perform({ type: 'answer', callId: second.id });
    await desk.shows('held', 'connected');
  });

  test('consultation: the second ring is answered by itself too, then the customer is handed over', async () => {
    const { c, heldId, activeId, consult } = await consulting();
    await isHeard();
    expect(consult).toMatchObject({ consultFor: heldId, voice: { link: 'sip' } });
    expect(desk.shownAtMost.cards).toBe(2);

    await desk.perform({ type: 'completeTransfer', heldId, activeId });
    await until('both filed', () => desk.filed.length === 2);
    expect(desk.calls()).toEqual([]);
    await c.shows('connected');
    expect(live()).toHaveLength(1);
    expect(new Set(desk.filed.map(({ id }) => id)).size).toBe(2);
  });

  test('consultation cancelled: the customer is back, and hears us', async () => {
    const { heldId, activeId } = await consulting();
    await desk.perform({ type: 'reconnect', heldId, activeId });
    await desk.shows('connected');
    expect(desk.call().id).toBe(heldId);
    await isHeard();
  });

  test('swap: one waits, the other talks', async () => {
    const { heldId, activeId } = await consulting();
    await desk.perform({ type: 'alternate', heldId, activeId });
    await desk.shows('connected', 'held');
    await isHeard();
  });

  test('conference: one card, one leg, all three talk, and it is hung up as one', async () => {
    const { heldId, activeId } = await consulting();
    await desk.perform({ type: 'completeConference', heldId, activeId });
    await desk.shows('connected');
    await isHeard();
    expect(desk.call()).toMatchObject({ id: heldId, voice: { link: 'sip' } });
    await desk.perform({ type: 'mute', callId: heldId });
    expect(desk.microphones.filter(({ track }) => !track.stopped && track.enabled)).toEqual([]);

    await desk.perform({ type: 'clear', callId: heldId });
    await until('both filed', () => desk.filed.length === 2);
    expect(desk.calls()).toEqual([]);
  });

  test('handed over at once: over here, the colleague rings', async () => {
    const c = await colleague(2);
    const { id: callId } = await desk.answered(CUSTOMER);
    await desk.perform({ type: 'singleStepTransfer', callId, number: '8002' });
    await until('over here', () => desk.calls().length === 0 && desk.filed.length === 1);
    await answers(c);
    await c.shows('connected');
  });
});

describe('a link is lost in a call', () => {
  test('call control: talked on and hung up by SIP, what only the server can is grey', async () => {
    const { id: callId } = await desk.talking('601');
    await events.close();
    await until('lost', () => desk.call().signalling === 'lost');
    await isHeard();
    expect(can(desk.state, { type: 'hold', callId })).toEqual({ ok: false, reason: 'linkLost' });
    expect(can(desk.state, { type: 'mute', callId })).toEqual({ ok: true });

    await desk.perform({ type: 'clear', callId });
    await oneRecord();
    await events.open();
    await until('back', () => desk.state.links.wellcloud?.state === 'open');
    expect(desk.calls()).toEqual([]);
  });

  test('call control: a call that comes in meanwhile is answered by SIP, and is the same card once it is back', async () => {
    await events.close();
    await until('lost', () => desk.state.links.wellcloud?.state === 'reopening');
    exchange.ring('8001', CUSTOMER, 'Ada');
    await desk.shows('alerting');
    const { id: callId } = desk.call();
    await desk.perform({ type: 'answer', callId });
    await desk.shows('connected');
    await events.open();
    await until('steered', () => desk.call().link === 'wellcloud');
    expect(desk.call()).toMatchObject({ id: callId, signalling: 'up', state: 'connected' });
    await desk.perform({ type: 'hold', callId });
    await desk.shows('held');
    expect(desk.shownAtMost.cards).toBe(1);
  });

  test('the SIP link: the sound goes on, Hang up goes to the server', async () => {
    const { id: callId } = await desk.talking('601');
    exchange.faults.set({ refuseSockets: true });
    exchange.faults.dropSockets();
    await until('lost', () => desk.call().voice?.signalling === 'lost');
    await isHeard();
    expect(desk.call().signalling).toBe('up');

    await desk.perform({ type: 'clear', callId });
    await oneRecord();
    expect(desk.microphones.every(({ track }) => track.stopped)).toBe(true);
  });

  test('both, and both come back: the same call on the same card', async () => {
    const { id: callId } = await desk.talking('601');
    await events.close();
    exchange.faults.set({ refuseSockets: true });
    exchange.faults.dropSockets();
    await until('both lost', () => desk.call().signalling === 'lost' && desk.call().voice?.signalling === 'lost');
    await isHeard();
    exchange.faults.set({ refuseSockets: false });
    await events.open();
    await until('both back', () => desk.call().signalling === 'up' && desk.call().voice?.signalling === 'up');
    await isHeard();
    expect(desk.call()).toMatchObject({ id: callId, state: 'connected' });
    await desk.perform({ type: 'hold', callId });
    await desk.shows('held');
  });
});

test.each([
  [
    'events come twice and in the wrong order',
    () => void Object.assign(exchange.wellcloud.faults, { swap: true, duplicateAfter: 1 }),
  ],
  [
    'the server answers a second after it acts',
    () => void Object.assign(exchange.wellcloud.faults, { delayMs: 1_000 }),
  ],
  ['events come before the answers', () => void Object.assign(exchange.wellcloud.faults, { eventsFirst: true })],
  ['SIP is slower than the events', () => exchange.faults.set({ delayMs: 300 })],
])('one card and one record each where %s', async (_where, begin) => {
  begin();
  const own = await desk.talking('601');
  await isHeard();
  await desk.perform({ type: 'clear', callId: own.id });
  await oneRecord();
  const call = await desk.answered(CUSTOMER);
  await isHeard();
  await desk.perform({ type: 'clear', callId: call.id });
  await until('two records', () => desk.filed.length === 2 && live().length === 0);
  expect(desk.shownAtMost.cards).toBe(1);
});

test('twenty calls, in and out: never a second card, not for a moment', async () => {
  const { secondCards } = await tryPairedCalls(desk, exchange, 20);
  expect(secondCards).toBe(0);
  await until('all filed', () => desk.filed.length === 20);
}, 60_000);
