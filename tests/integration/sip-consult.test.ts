// Consultation and announced transfer of the SIP back end, against the embedded exchange.
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { installNodeBrowser } from './node-browser';
import { SipPhone } from './sip-phone';
import { until } from './sip-tester';

const CUSTOMER = '+8613812345678';
let exchange: Exchange;
let phone: SipPhone;

beforeAll(installNodeBrowser);
beforeEach(async () => {
  exchange = await startExchange();
  phone = await new SipPhone(exchange.sipUrl, exchange.accounts[0]!).registered();
});
afterEach(async () => {
  phone.stop();
  await exchange.close();
});

/** A customer who called, and talks. @returns the call's id here. */
async function customerTalks(): Promise<string> {
  exchange.ring('1001', CUSTOMER, 'Customer');
  const { id } = await until('ringing', () => phone.call);
  await phone.perform({ type: 'answer', callId: id });
  await phone.becomes('connected', id);
  return id;
}

/** Both calls as commands want them. */
async function consult(number: string): Promise<{ heldId: string; activeId: string }> {
  const heldId = await customerTalks();
  await phone.perform({ type: 'consult', callId: heldId, number });
  return { heldId, activeId: phone.call?.id ?? '' };
}

async function consultTalks(number: string): Promise<{ heldId: string; activeId: string }> {
  const two = await consult(number);
  await phone.becomes('connected', two.activeId);
  return two;
}

const stateOf = (callId: string) => phone.state.calls.byId[callId];
const served = (number: string) => exchange.calls().find(({ from, to }) => from === number || to === number);
const open = () => phone.microphones.map(({ track }) => track.enabled);

test('the customer waits on hold while a colleague is called about it', async () => {
  const { heldId, activeId } = await consult('612');
  await phone.becomes('alerting', activeId);

  expect(stateOf(heldId)).toMatchObject({ state: 'held' });
  expect(stateOf(activeId)).toMatchObject({ consultFor: heldId, direction: 'outbound', remote: { number: '612' } });
});

test('customer and colleague are joined, and both our calls end as transferred', async () => {
  const { heldId, activeId } = await consultTalks('61201');

  await phone.perform({ type: 'completeTransfer', heldId, activeId });

  for (const callId of [heldId, activeId]) {
    expect(await phone.becomes('cleared', callId)).toMatchObject({
      cause: 'transferred',
      transfer: { progress: 'done' },
    });
  }
  const joined = await until('joined', () => {
    const call = served(CUSTOMER);
    return call?.parties.some(({ device, state }) => device === '61201' && state === 'connected') ? call : undefined;
  });
  expect(joined.parties.filter(({ state }) => state !== 'cleared').map(({ device }) => device)).toEqual([
    CUSTOMER,
    '61201',
  ]);
  const heard = () => served(CUSTOMER)?.parties.find(({ device }) => device === '61201')?.heard.packets ?? 0;
  const before = heard();
  await until('the colleague hears the customer', () => heard() > before + 10);
  expect(phone.microphones.every(({ track }) => track.stopped)).toBe(true);
  expect(phone.state.notices).toEqual([]);
  const refer = exchange.log().find(({ method, status }) => method === 'REFER' && status === 0);
  expect(refer?.raw).toMatch(/^Refer-To: <sip:exchange@127\.0\.0\.1:\d+;transport=ws\?Replaces=/m); // the remote target
});

test('a call of ours is joined with a customer who called: the tags are the colleague’s own', async () => {
  const heldId = await customerTalks();
  const activeId = await phone.talking('600');

  await phone.perform({ type: 'completeTransfer', heldId: activeId, activeId: heldId }); // REFER in our own call

  for (const callId of [heldId, activeId]) {
    expect(await phone.becomes('cleared', callId)).toMatchObject({ cause: 'transferred' });
  }
});

test('a refused transfer leaves both calls and says so; the next try is taken', async () => {
  const { heldId, activeId } = await consultTalks('61201');
  exchange.faults.answerNext({ method: 'REFER', status: 603 });

  await phone.perform({ type: 'completeTransfer', heldId, activeId });
  await until('refused', () => stateOf(heldId)?.transfer?.progress === 'refused');

  expect(stateOf(heldId)).toMatchObject({ state: 'held' });
  expect(stateOf(activeId)).toMatchObject({ state: 'connected', transfer: { progress: 'refused' } });
  expect(phone.state.notices.map(({ code }) => code)).toEqual(['transferRefused']);
  await phone.perform({ type: 'completeTransfer', heldId, activeId });
  expect(await phone.becomes('cleared', heldId)).toMatchObject({ cause: 'transferred' });
});

test('a transfer that the server takes and then cannot carry out leaves both calls, too', async () => {
  const heldId = await phone.talking('600');
  const activeId = await phone.talking('600'); // nobody can be joined with oneself: 486 by NOTIFY

  await phone.perform({ type: 'completeTransfer', heldId, activeId });
  await until('refused', () => stateOf(heldId)?.transfer?.progress === 'refused');

  expect([heldId, activeId].map((callId) => stateOf(callId)?.state)).toEqual(['held', 'connected']);
  expect(phone.state.notices.map(({ code }) => code)).toEqual(['transferRefused']);
});

test('a customer who hangs up during the transfer leaves us the colleague', async () => {
  const { heldId, activeId } = await consultTalks('61201');
  exchange.faults.answerNext({ method: 'REFER', status: 0 });
  await phone.perform({ type: 'completeTransfer', heldId, activeId });

  exchange.hangup(served(CUSTOMER)?.id ?? '');
  await phone.becomes('cleared', heldId);

  await until('told', () => stateOf(activeId)?.transfer?.progress === 'refused');
  expect(stateOf(activeId)?.state).toBe('connected');
});

test.for(['604', '404'])(
  'a colleague who does not come (%s) leaves the customer on hold, to be taken back',
  async (number) => {
    const { heldId, activeId } = await consult(number);
    await phone.becomes('cleared', activeId);

    expect(stateOf(heldId)?.state).toBe('held');
    await phone.perform({ type: 'retrieve', callId: heldId });
    await phone.becomes('connected', heldId);
  },
);

test('cancelled while the colleague rings: the ring stops and the customer is back', async () => {
  const { heldId, activeId } = await consult('603');
  await phone.becomes('alerting', activeId);

  await phone.perform({ type: 'reconnect', heldId, activeId });

  expect(await phone.becomes('cleared', activeId)).toMatchObject({ clearedBy: 'local', cause: 'cancelled' });
  await phone.becomes('connected', heldId);
  await until('the ring stopped', () => served('603')?.state === 'cleared');
  expect(open()[0]).toBe(true);
});

test('cancelled at once, before the customer is on hold: nobody is called, the customer talks on', async () => {
  const heldId = await customerTalks();
  const asked = phone.perform({ type: 'consult', callId: heldId, number: '603' });
  const { id: activeId } = await until('shown', () => phone.calls.find(({ consultFor }) => consultFor === heldId));

  await phone.perform({ type: 'reconnect', heldId, activeId });
  await asked;

  expect(stateOf(activeId)).toMatchObject({ state: 'cleared', cause: 'cancelled' });
  await phone.becomes('connected', heldId);
  await until('the microphone is open', () => open()[0]);
  expect(served('603')?.state ?? 'cleared').toBe('cleared');
});

test('cancelled while the server says nothing yet: the customer is back at once', async () => {
  exchange.faults.answerNext({ method: 'INVITE', status: 0 });
  const { heldId, activeId } = await consult('603');
  await phone.becomes('held', heldId);
  expect(stateOf(activeId)?.state).toBe('initiated');

  await phone.perform({ type: 'reconnect', heldId, activeId });

  expect(stateOf(activeId)).toMatchObject({ state: 'cleared', clearedBy: 'local', cause: 'cancelled' });
  await phone.becomes('connected', heldId);
  expect(open()[0]).toBe(true);
});

test('cancelled while talking with the colleague: the colleague is gone and the customer is back', async () => {
  const { heldId, activeId } = await consultTalks('61201');

  await phone.perform({ type: 'reconnect', heldId, activeId });

  expect(await phone.becomes('cleared', activeId)).toMatchObject({ clearedBy: 'local', cause: 'normal' });
  await phone.becomes('connected', heldId);
  await until('ended there', () => served('61201')?.state === 'cleared');
});

test('handed over while the colleague still rings: our ring stops, and the customer rings there', async () => {
  const { heldId, activeId } = await consult('61204');
  await phone.becomes('alerting', activeId);

  await phone.perform({ type: 'completeTransfer', heldId, activeId });

  expect(await phone.becomes('cleared', activeId)).toMatchObject({ clearedBy: 'local', cause: 'transferred' });
  await until('ringing told', () => stateOf(heldId)?.transfer?.progress === 'ringing');
  expect(await phone.becomes('cleared', heldId)).toMatchObject({
    cause: 'transferred',
    transfer: { to: '61204', progress: 'done' },
  });
  const parties = served(CUSTOMER)?.parties.filter(({ state }) => state === 'connected');
  expect(parties?.map(({ device }) => device)).toEqual([CUSTOMER, '61204']);
  expect(phone.microphones.every(({ track }) => track.stopped)).toBe(true);
});

test('handed over while it rings, and nobody answers there: the customer is back and talks with us', async () => {
  await exchange.close();
  phone.stop();
  exchange = await startExchange({ noAnswerMs: 1_000 });
  phone = await new SipPhone(exchange.sipUrl, exchange.accounts[0]!).registered();
  const { heldId, activeId } = await consult('603');
  await phone.becomes('alerting', activeId);

  await phone.perform({ type: 'completeTransfer', heldId, activeId });
  expect(stateOf(activeId)).toMatchObject({ state: 'cleared', cause: 'transferred' }); // our ring there, given up for it
  await until('refused', () => stateOf(heldId)?.transfer?.progress === 'refused');

  await phone.becomes('connected', heldId);
  expect(open()[0]).toBe(true);
  expect(phone.state.notices.map(({ code }) => code)).toEqual(['transferRefused']);
});

test('a transfer that cannot be asked for now does not give up the ring', async () => {
  const { heldId, activeId } = await consult('603');
  await phone.becomes('alerting', activeId);
  exchange.faults.answerNext({ method: 'REFER', status: 0 });
  await phone.perform({ type: 'singleStepTransfer', callId: heldId, number: '601' }); // one is on its way already

  await expect(phone.perform({ type: 'completeTransfer', heldId, activeId })).rejects.toMatchObject({
    code: 'callNotInThatState',
  });

  expect(stateOf(activeId)?.state).toBe('alerting');
});

test('a call that is no consultation is never dropped as one', async () => {
  const heldId = await customerTalks();
  const activeId = await phone.talking('600');

  await expect(phone.perform({ type: 'reconnect', heldId, activeId })).rejects.toMatchObject({
    code: 'callNotInThatState',
  });

  expect(stateOf(activeId)?.state).toBe('connected');
});

test('swap, and swap back: one speaks, the other waits', async () => {
  const { heldId, activeId } = await consultTalks('61201');
  const speaks = async (one: string, other: string, microphones: boolean[]) => {
    await phone.becomes('connected', one);
    await phone.becomes('held', other);
    await until('one microphone', () => open().join() === microphones.join());
  };
  await speaks(activeId, heldId, [false, true]);

  await phone.perform({ type: 'alternate', heldId, activeId });
  await speaks(heldId, activeId, [true, false]);
  await phone.perform({ type: 'alternate', heldId: activeId, activeId: heldId });
  await speaks(activeId, heldId, [false, true]);

  await expect(phone.perform({ type: 'alternate', heldId: activeId, activeId: heldId })).rejects.toMatchObject({
    code: 'callNotInThatState',
  });
});
