// Credentials against the embedded exchange, which checks them with an implementation of its own.
import { createHash } from 'node:crypto';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import type { DigestAlgorithm } from '../../demo/sip/digest';
import type { PhoneErrorCode } from '../../src/domain/phone-error';
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

async function phoneWithHa1(digest: DigestAlgorithm[], { realm = 'exchange.example', user = '1001' } = {}) {
  exchange = await startExchange({ digest });
  const account = exchange.accounts[0]!;
  const ha1 = createHash('md5').update(`${user}:${realm}:${account.password}`).digest('hex');
  phone = new SipPhone(exchange.sipUrl, { ...account, password: ha1 }, { hashed: { algorithm: 'MD5', realm } });
  return phone;
}

test('an HA1 in place of the password: registered and called, with the algorithm it was made with', async () => {
  const agent = await (await phoneWithHa1(['SHA-256', 'MD5'])).registered();

  await agent.talking('600');

  expect(signedWith('REGISTER').slice(0, 2)).toEqual(['', 'MD5']);
  expect(signedWith('INVITE').slice(0, 2)).toEqual(['', 'MD5']);
});

test.for<[string, DigestAlgorithm[], object, PhoneErrorCode, number]>([
  ['another algorithm', ['SHA-256'], {}, 'ha1OtherKind', 1],
  ['another realm', ['MD5'], { realm: 'elsewhere.example' }, 'ha1OtherRealm', 1],
  ['another user', ['MD5'], { user: '1002' }, 'wrongCredentials', 2],
])('an HA1 for %s is told as such, and not tried again', async ([, digest, made, cause, tries]) => {
  const agent = await phoneWithHa1(digest, made);

  await until('refused', () => agent.link?.state === 'refused');

  expect(agent.link).toMatchObject({ cause });
  expect(asked('REGISTER')).toHaveLength(tries);
});

test('a password where an HA1 is meant is sent nowhere', async () => {
  exchange = await startExchange();
  const hashed = { algorithm: 'SHA-256', realm: 'exchange.example' } as const;
  phone = new SipPhone(exchange.sipUrl, exchange.accounts[0]!, { hashed });

  expect(phone.link).toMatchObject({ state: 'refused', cause: 'ha1Invalid' });
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
