// Calls that outlive a bad network: the back end against the embedded exchange, whose media path can be cut.
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { readQueryAnswer, registrarQuery } from '../../src/backends/sip/registrar-query';
import { installNodeBrowser } from './node-browser';
import { SipPhone } from './sip-phone';
import { until } from './sip-tester';

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

const heardThere = () =>
  exchange
    .calls()
    .at(-1)
    ?.parties.find(({ station }) => station)?.said.packets ?? 0;
/** re-INVITEs of the phone, each with a new ICE user. */
const restarts = () => {
  const offers = exchange
    .log()
    .filter(({ direction, method, status }) => direction === 'in' && method === 'INVITE' && status === 0);
  return new Set(offers.map(({ raw }) => /a=ice-ufrag:.*/.exec(raw)?.[0])).size - 1;
};

test('a media path that is cut is told after five seconds, and the call goes on while ICE is restarted', async () => {
  const callId = await phone.talking('601');
  await until('sound', () => heardThere() > 20);
  const call = () => phone.state.calls.byId[callId];

  exchange.faults.cutMedia('1001', 60_000);
  await until('told', () => call()?.soundLostSince !== undefined);
  await until('restarted twice', () => restarts() === 2);

  expect(call()?.state).toBe('connected');
});

test('a registrar is asked whether it is at work, and goes on knowing us', async () => {
  const { domain, user } = exchange.accounts[0]!;
  const socket = new WebSocket(exchange.sipUrl, 'sip');
  const answers: unknown[] = [];
  socket.addEventListener('message', ({ data }) => answers.push(data));
  socket.addEventListener('open', () =>
    socket.send(registrarQuery({ domain, user }, { callId: 'asked', tag: 'us', branch: 'one' })),
  );

  const answer = await until('answered', () => answers.map(readQueryAnswer).find((each) => each !== undefined));
  socket.close();
  exchange.ring('1001', '+8613800138000', 'Lin Mei');

  expect(answer).toBe('atWork');
  await until('rings', () => phone.call?.state === 'alerting');
});
