// Calls on a network that breaks: the built extension in a network namespace, against Kamailio, rtpengine and baresip. The figures
// are printed and stand in the report. Longer faults and more of them: tests/soak/network.spec.ts.
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright-core';
import type { Command } from '../../../src/domain/commands';
import { chance } from '../../integration/trials/random';
import { openPhone, stateOf, untilReachable } from '../desk';
import { unlessRealServers } from '../servers/real-servers';
import { answering, endCalls, lasts, liveCalls, perform, soundBack, talk, toldAfterMs } from './calls';
import { longestGapMs } from './ear';
import { figure } from './figures';
import { openLab, type Lab } from './lab';
import { unlessNetworkLab } from './network';

test.skip(...unlessRealServers());
test.skip(...unlessNetworkLab());

/** A network that is not broken is heard without a break; on two loaded processors packets still bunch up. */
const NO_GAP_MS = 400;

let lab: Lab;
let phone: Page;

test.beforeAll(async () => {
  lab = await openLab();
  await lab.callbar.configure(lab.servers.accounts.agent, { voice: { allowUnencrypted: true, dtmf: 'info' } });
  phone = await openPhone(lab.callbar);
});
test.afterAll(() => lab?.close());
test.afterEach(() => endCalls(lab));

test('the proxy is killed for ten seconds in a call: the sound goes on, the agent is told, and it registers again', async () => {
  const { ear } = await talk(lab);

  const killedAt = Date.now();
  await lab.servers.killProxy();
  figure('F1 told that the server is lost', await toldAfterMs(phone, 'Your call goes on.', killedAt), 2_000);
  await lasts(10_000 - (Date.now() - killedAt));
  await lab.servers.startProxy();
  const listensAt = Date.now();
  await untilReachable(lab.callbar);
  figure('F1 registered again', ((await stateOf(lab.callbar)).links.sip?.since ?? Infinity) - listensAt, 8_000);

  await soundBack(ear, Date.now());
  figure('F1 longest gap in the sound heard', longestGapMs(await ear.here(), killedAt, listensAt), NO_GAP_MS);
  figure('F1 longest gap in the sound sent', longestGapMs(ear.there(), killedAt, listensAt), NO_GAP_MS);
  expect(await liveCalls(lab)).toMatchObject([{ state: 'connected', signalling: 'up' }]);
});

test('sound that cannot pass for three seconds, then for eight: the call does not change, and is heard at once afterwards', async () => {
  const { ear, call } = await talk(lab);
  const before = await untimed();

  lab.network.cutMedia();
  await lasts(3_000);
  expect(await untimed()).toEqual(before);
  lab.network.heal();
  const short = await soundBack(ear, Date.now());
  figure('F9 heard again after 3 s', short.here, 1_000);
  figure('F9 sent again after 3 s', short.there, 1_000);

  const cutAt = Date.now();
  lab.network.cutMedia();
  figure('F10 told that nothing is heard', await toldAfterMs(phone, /No sound/, cutAt), 7_000);
  await lasts(8_000 - (Date.now() - cutAt));
  lab.network.heal();
  const long = await soundBack(ear, Date.now());
  figure('F10 heard again after 8 s', long.here, 1_000);
  figure('F10 sent again after 8 s', long.there, 1_000);
  expect(await liveCalls(lab)).toMatchObject([{ id: call.id, state: 'connected' }]);

  /** The call without what is measured. */
  async function untimed(): Promise<object[]> {
    return (await liveCalls(lab)).map(({ quality: _measured, ...rest }) => rest);
  }
});

test('a server that falls silent without a word is found out, while the call is heard on', async () => {
  const { ear } = await talk(lab);

  const cutAt = Date.now();
  lab.network.cutSip();
  figure('F15 told that the server is lost', await toldAfterMs(phone, 'Your call goes on.', cutAt), 15_000);
  lab.network.heal();
  const healedAt = Date.now();
  await untilReachable(lab.callbar);
  figure('F15 registered again', ((await stateOf(lab.callbar)).links.sip?.since ?? Infinity) - healedAt, 8_000);
  await soundBack(ear, Date.now());
  figure('F15 longest gap in the sound heard', longestGapMs(await ear.here(), cutAt, healedAt), NO_GAP_MS);
  figure('F15 longest gap in the sound sent', longestGapMs(ear.there(), cutAt, healedAt), NO_GAP_MS);
});

test('sockets reset in the middle of hold, resume and digits end no call', async () => {
  const { ear, call } = await talk(lab);
  const { below } = chance(4);
  const commands: Command[] = [
    { type: 'hold', callId: call.id },
    { type: 'retrieve', callId: call.id },
    { type: 'sendDtmf', callId: call.id, digits: '5' },
  ];

  let ended = 0;
  for (let tries = 0; tries < 6; tries += 1) {
    const command = commands[tries % commands.length];
    if (command) await perform(lab, command).catch(() => undefined); // not possible in the state that the last loss left
    await resetAfter(below(60));
    ended += (await liveCalls(lab)).length === 1 ? 0 : 1;
  }
  figure('F4 calls ended by 6 losses in hold, resume, digits', ended, 0, 'calls');
  await expect
    .poll(async () => {
      const [now] = await liveCalls(lab);
      if (now?.state === 'held') await perform(lab, { type: 'retrieve', callId: call.id }).catch(() => undefined);
      return now?.state;
    })
    .toBe('connected');
  await soundBack(ear, Date.now());
});

test('sockets reset while a number is dialled: it rings there once or never, and no second call is made', async () => {
  const { below } = chance(3);
  /** INVITEs that the phone has answered; a repeated one is answered once. */
  const arrived = () => lab.servers.proxyLog().match(/ 180 \S+ to INVITE from udp/g)?.length ?? 0;

  let [most, connected] = [0, 0];
  for (let tries = 0; tries < 6; tries += 1) {
    const before = arrived();
    const asked = perform(lab, { type: 'makeCall', number: answering(lab).user });
    await resetAfter(below(80));
    await asked;
    await expect.poll(async () => (await liveCalls(lab)).every(({ state }) => state === 'connected')).toBe(true);
    connected += (await liveCalls(lab)).length;
    await endCalls(lab);
    most = Math.max(most, arrived() - before);
  }
  console.log(`   F3: of 6 calls dialled, ${connected} came about in spite of it`);
  figure('F3 most INVITEs that arrived for one call dialled', most, 1, 'calls');
});

/** A reset some time after what was just asked, and the way back. */
async function resetAfter(ms: number): Promise<void> {
  await lasts(ms);
  lab.network.resetSip();
  await lasts(200);
  lab.network.heal();
  await untilReachable(lab.callbar);
}
