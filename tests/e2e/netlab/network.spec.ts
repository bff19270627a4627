// Calls on a network that breaks: the built extension in a network namespace, against Kamailio, rtpengine and baresip. The figures
// are printed and stand in the report. Longer faults and more of them: tests/soak/network.spec.ts.
import { spawnSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import type { Page } from 'playwright-core';
import { chance } from '../../integration/trials/random';
import { openPhone, stateOf, untilReachable } from '../desk';
import { unlessRealServers } from '../servers/real-servers';
import { answering, endCalls, lasts, liveCalls, perform, soundBack, talk, toldAfterMs } from './calls';
import { longestGapMs } from './ear';
import { networkGone, soundCut, switchLink } from './faults';
import { figure } from './figures';
import { openLab, type Lab } from './lab';
import { loseInDialog, loseWhileDialling } from './losses';
import { openNetwork, unlessNetworkLab } from './network';

test.skip(...unlessRealServers());
test.skip(...unlessNetworkLab());

/** A break would last as long as its fault, ten seconds or more; on two busy processors packets bunch up all the same. */
const NO_GAP_MS = 2_000;

let lab: Lab;
let phone: Page;

test.beforeAll(async () => {
  lab = await openLab();
  await lab.callbar.configure(lab.servers.accounts.agent, { voice: { allowUnencrypted: true, dtmf: 'info' } });
  phone = await openPhone(lab.callbar);
});
test.afterAll(() => lab?.close());
test.afterEach(() => endCalls(lab));

test('what a run that was killed left behind is gone with the next one', () => {
  const left = 'callbar-lab-4194305-left'; // one above the highest process id of Linux
  spawnSync('ip', ['netns', 'add', left]);
  openNetwork(() => 0).close();
  expect(spawnSync('ip', ['netns', 'list']).stdout.toString()).not.toContain(left);
});

test('the proxy is killed for ten seconds in a call: the sound goes on, the agent is told, and it registers again', async () => {
  const { ear, call } = await talk(lab);
  await perform(lab, { type: 'mute', callId: call.id });

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
  expect(await liveCalls(lab)).toMatchObject([{ id: call.id, state: 'connected', signalling: 'up', muted: true }]);
});

test('sound that cannot pass for three seconds, then for eight: the call does not change, and is heard at once afterwards', async () => {
  const { ear, call } = await talk(lab);
  const before = await untimed();

  const [short, during] = await Promise.all([soundCut(lab, ear, 3_000), lasts(2_900).then(untimed)]);
  expect(during).toEqual(before);
  figure('F9 heard again after 3 s', short.heard, 1_000);
  figure('F9 sent again after 3 s', short.sent, 1_000);

  const told = toldAfterMs(phone, /No sound/, Date.now());
  const long = await soundCut(lab, ear, 8_000);
  figure('F10 told that nothing is heard', await told, 7_000);
  figure('F10 heard again after 8 s', long.heard, 1_000);
  figure('F10 sent again after 8 s', long.sent, 1_000);
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

test('an answer is lost, and then the network for longer than browser and server have patience: the call is kept and heard again', async () => {
  const { ear, call } = await talk(lab);
  lab.network.cutSip('in');
  await perform(lab, { type: 'hold', callId: call.id }); // which the far end agrees to, unheard
  const unheardAt = Date.now();

  const back = await networkGone(lab, ear, 28_000);
  figure('F11 server asked again after the network is back', back.registered, 5_000);
  figure('F11 new path offered after network and server are back', back.offered, 1_000);
  figure('F11 heard again after network and server are back', back.heard - back.registered, 3_000);
  figure('F11 sent again after network and server are back', back.sent - back.registered, 3_000);
  await lasts(unheardAt + 33_000 - Date.now()); // so long a server waits for an ACK before it ends the call
  expect(await liveCalls(lab)).toMatchObject([{ id: call.id, state: 'connected', signalling: 'up' }]);
});

test('the computer moves to another network and back: the call goes on by the other link, and can be ended there; the next one rings', async () => {
  const { ear, call } = await talk(lab);

  for (const link of ['second', 'first']) {
    const back = await switchLink(lab, ear);
    figure(`F12 heard again on the ${link} link`, back.heard, 10_000);
    figure(`F12 sent again on the ${link} link`, back.sent, 10_000);
    expect(await liveCalls(lab)).toMatchObject([{ id: call.id, state: 'connected', signalling: 'up' }]);
  }
  await answering(lab).hangup();
  await expect.poll(() => liveCalls(lab)).toEqual([]);
  await answering(lab).call(lab.servers.accounts.agent.user);
  await expect.poll(() => liveCalls(lab)).toMatchObject([{ state: 'alerting', direction: 'inbound' }]);
});

test('sockets reset in the middle of hold, resume and digits end no call', async () => {
  figure('F4 calls ended by 6 losses in hold, resume, digits', await loseInDialog(lab, 6, chance(4)), 0, 'calls');
});

test('sockets reset while a number is dialled: it rings there once or never, and no second call is made', async () => {
  const { most, connected } = await loseWhileDialling(lab, 6, chance(3));
  console.log(`   F3: of 6 calls dialled, ${connected} came about in spite of it`);
  figure('F3 most INVITEs that arrived for one call dialled', most, 1, 'calls');
});
