// Credentials against the embedded exchange, which checks them with an implementation of its own.
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import type { DigestAlgorithm } from '../../demo/sip/digest';
import { installNodeBrowser } from './node-browser';
import { SipPhone } from './sip-phone';
import { until } from './sip-tester';

let exchange: Exchange;
let phone: SipPhone | undefined;

beforeAll(installNodeBrowser);
afterEach(async () => {
  phone?.stop();
  phone = undefined;
  await exchange.close();
});

async function phoneAt(digest: DigestAlgorithm[], password?: string): Promise<SipPhone> {
  exchange = await startExchange({ digest });
  const account = exchange.accounts[0]!;
  phone = new SipPhone(exchange.sipUrl, { ...account, password: password ?? account.password });
  return phone;
}

const asked = (method: string) =>
  exchange.log().filter((entry) => entry.direction === 'in' && entry.method === method && entry.status === 0);
/** The algorithm each request of a method was signed with; '' for the first, unsigned one. */
const signedWith = (method: string) =>
  asked(method).map(({ raw }) => /^(?:Proxy-)?Authorization: Digest algorithm=([\w-]+)/m.exec(raw)?.[1] ?? '');

test.for<[DigestAlgorithm[], DigestAlgorithm]>([
  [['SHA-256'], 'SHA-256'],
  [['SHA-256', 'MD5'], 'SHA-256'],
  [['MD5', 'SHA-256'], 'SHA-256'],
  [['MD5'], 'MD5'],
])('an exchange that offers %j: registered, called and hung up with %s', async ([offered, used]) => {
  const agent = await (await phoneAt(offered)).registered();

  const callId = await agent.talking('600');
  await agent.perform({ type: 'hold', callId });
  await agent.becomes('held', callId);
  await agent.perform({ type: 'clear', callId });

  await until('the exchange saw the end', () => exchange.calls().every(({ state }) => state === 'cleared'));
  expect(signedWith('REGISTER').slice(0, 2)).toEqual(['', used]);
  expect(signedWith('INVITE').slice(0, 2)).toEqual(['', used]);
});

test.for<[DigestAlgorithm[]]>([[['SHA-256']], [['MD5', 'SHA-256']]])(
  'a wrong password at an exchange that offers %j is refused twice, and not tried again',
  async ([offered]) => {
    const agent = await phoneAt(offered, 'wrong');

    await until('refused', () => agent.link?.state === 'refused');

    expect(agent.link).toMatchObject({ state: 'refused', cause: 'wrongCredentials' });
    expect(signedWith('REGISTER')).toEqual(['', 'SHA-256']);
  },
);
