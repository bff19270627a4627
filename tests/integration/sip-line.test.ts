// The line of the SIP back end against the embedded exchange: do not disturb, the message lamp, forwarding by code.
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { installNodeBrowser } from './node-browser';
import { SipPhone } from './sip-phone';
import { until } from './sip-tester';

let exchange: Exchange;
let phones: SipPhone[] = [];

beforeAll(installNodeBrowser);
beforeEach(async () => {
  exchange = await startExchange();
});
afterEach(async () => {
  for (const phone of phones) phone.stop();
  phones = [];
  await exchange.close();
});

async function phoneOf(index: number, settings: ConstructorParameters<typeof SipPhone>[2] = {}): Promise<SipPhone> {
  const phone = new SipPhone(exchange.sipUrl, exchange.accounts[index]!, settings);
  phones.push(phone);
  return phone.registered();
}
const callFrom = (from: string) => exchange.calls().find((call) => call.from === from);
const subscriptions = () => Object.keys(exchange.received('SUBSCRIBE')).length;

test.for([[undefined, 486] as const, [603, 603] as const])(
  'not to be disturbed: a caller gets the status of the settings (%s) at once, nothing rings, and the call is told as missed',
  async ([doNotDisturbStatus, status]) => {
    const phone = await phoneOf(0, doNotDisturbStatus && { doNotDisturbStatus });
    await phone.perform({ type: 'setDoNotDisturb', on: true });

    exchange.ring('1001', '+8613800138000', 'Lin Mei');

    const call = await until('refused', () => callFrom('+8613800138000')?.cause && callFrom('+8613800138000'));
    expect(call).toMatchObject({ state: 'cleared', cause: status });
    expect(phone.calls).toMatchObject([{ state: 'cleared', cause: 'doNotDisturb', remote: { name: 'Lin Mei' } }]);
    expect(phone.events.some(({ type }) => type === 'delivered')).toBe(false);
  },
);

test('not to be disturbed, one still calls out, and calls ring again once it is over', async () => {
  const phone = await phoneOf(0);
  await phone.perform({ type: 'setDoNotDisturb', on: true });
  const callId = await phone.talking('600');
  await phone.perform({ type: 'clear', callId });
  await phone.perform({ type: 'setDoNotDisturb', on: false });

  exchange.ring('1001', '+8613800138000', 'Lin Mei');

  await until('rings', () => phone.call?.state === 'alerting');
});

test('messages that the server tells unasked light the lamp, and put it out', async () => {
  const phone = await phoneOf(0);

  exchange.setMessages('1001', { fresh: 3, old: 1 }, true);
  await until('lit', () => phone.state.line.messages?.waiting);
  expect(phone.state.line.messages).toEqual({ waiting: true, fresh: 3, number: '*98' });
  exchange.setMessages('1001', { fresh: 0, old: 4 }, true);

  await until('out', () => phone.state.line.messages?.waiting === false);
  expect(subscriptions()).toBe(0);
});

test('asked for by the settings, messages are told from the start, and again after the socket was lost', async () => {
  exchange.setMessages('1001', { fresh: 1, old: 0 });
  const phone = await phoneOf(0, { voicemail: { subscribe: true } });
  await until('first', () => phone.state.line.messages?.fresh === 1);

  exchange.faults.dropSockets();
  await until('lost', () => phone.link?.state !== 'open');
  await phone.registered();
  await until('asked anew', () => subscriptions() === 2);
  exchange.setMessages('1001', { fresh: 2, old: 0 });

  await until('second', () => phone.state.line.messages?.fresh === 2);
});

test('a server without mailboxes is asked once, and the phone is as reachable as ever', async () => {
  exchange.faults.answerNext({ method: 'SUBSCRIBE', status: 489 });
  const phone = await phoneOf(0, { voicemail: { subscribe: true } });

  await until('asked', () => subscriptions() === 1);
  await phone.talking('600');

  expect(phone.state.line.messages).toBeNull();
  expect(phone.link?.state).toBe('open');
});

test('a phone that logs out is told no more: the lamp goes out, and nothing is asked until it is back', async () => {
  exchange.setMessages('1001', { fresh: 2, old: 0 });
  const phone = await phoneOf(0, { voicemail: { subscribe: true } });
  await until('lit', () => phone.state.line.messages?.fresh === 2);

  await phone.perform({ type: 'logout' });
  await until('out', () => phone.state.line.messages === null);
  await until('closed', () => phone.link?.state === 'closed');
  const asked = () => exchange.log().filter(({ method, status }) => method === 'SUBSCRIBE' && status === 0);
  await until('taken back', () => asked().some(({ raw }) => /^Expires: 0\r$/m.test(raw)));

  await phone.perform({ type: 'login' });
  await until('lit again', () => phone.state.line.messages?.fresh === 2);
});

test('a phone that stops takes its subscription back', async () => {
  const phone = await phoneOf(0, { voicemail: { subscribe: true } });
  await until('told', () => phone.state.line.messages !== null);

  phone.stop();

  const asked = () => exchange.log().filter(({ method, status }) => method === 'SUBSCRIBE' && status === 0);
  await until('taken back', () => asked().some(({ raw }) => /^Expires: 0\r$/m.test(raw)));
});

test('a caller whose server asks that the call be answered by itself: the phone knows, and rings like for any other', async () => {
  const phone = await phoneOf(0);

  exchange.ring('1001', '+8613800138000', 'Lin Mei', 'asksAnswer');
  await until('rings', () => phone.call?.state === 'alerting');

  expect(phone.call?.answerAskedMs).toBe(0);
});

const CODES = { forwarding: { always: { set: '*72{number}', cancel: '*73' } } };

test('forwarded: calls for us ring at the colleague until the code that ends it', async () => {
  const [agent, colleague] = [await phoneOf(0, CODES), await phoneOf(1)];

  await agent.perform({ type: 'setForwarding', kind: 'always', number: '1002' });
  expect(agent.call?.forwards).toEqual({ kind: 'always', number: '1002' });
  await until('confirmed and hung up', () => agent.call?.state === 'cleared');
  exchange.ring('1001', '+8613800138000', 'Lin Mei');
  await until('rings there', () => colleague.call?.state === 'alerting');
  await colleague.perform({ type: 'decline', callId: colleague.call?.id ?? '' });

  await agent.perform({ type: 'setForwarding', kind: 'always', number: null });
  await until('ended', () => agent.calls.every(({ state }) => state === 'cleared') && agent.calls.length === 2);
  exchange.ring('1001', '+8613912345678', 'Zhang');
  await until('rings here', () => agent.call?.state === 'alerting');
});

test('forwarding that the server has no code for is refused before anything is dialled', async () => {
  const phone = await phoneOf(0, CODES);

  await expect(phone.perform({ type: 'setForwarding', kind: 'busy', number: '1002' })).rejects.toMatchObject({
    code: 'notSupported',
  });
  expect(phone.calls).toEqual([]);
});
