// Long runs in the network lab: calls over many outages, holes and moves, against Kamailio, rtpengine and baresip.
// `npm test` makes one or two of each: tests/e2e/netlab/network.spec.ts.
import { expect, test } from '@playwright/test';
import { endCalls, lasts, liveCalls, talk } from '../e2e/netlab/calls';
import { networkGone, soundCut, switchLink } from '../e2e/netlab/faults';
import { loseInDialog, loseWhileDialling } from '../e2e/netlab/losses';
import { openLab, type Lab } from '../e2e/netlab/lab';
import { unlessNetworkLab } from '../e2e/netlab/network';
import { stateOf, untilReachable } from '../e2e/desk';
import { unlessRealServers } from '../e2e/servers/real-servers';
import { chance } from '../integration/trials/random';
import { soaked, type SoakPlan } from './rows';

test.skip(...unlessRealServers());
test.skip(...unlessNetworkLab());

let lab: Lab;
test.beforeAll(async () => {
  lab = await openLab();
  await lab.callbar.configure(lab.servers.accounts.agent, { voice: { allowUnencrypted: true, dtmf: 'info' } });
});
test.afterAll(() => lab?.close());
test.afterEach(() => endCalls(lab));

/** One call lives through all of it: what one round tells is how long it took to be well again, in milliseconds. */
function oneCall(
  plan: SoakPlan,
  most: { readonly p95?: number; readonly max: number },
  round: (ear: Awaited<ReturnType<typeof talk>>['ear'], index: number) => Promise<number>,
) {
  test(`${plan.count} ${plan.what}: ${plan.target}`, () =>
    soaked(plan, async (count) => {
      const { ear, call } = await talk(lab);
      const times: number[] = [];
      for (let index = 0; index < count; index += 1) {
        times.push(await round(ear, index));
        expect(await liveCalls(lab)).toMatchObject([{ id: call.id, state: 'connected' }]);
        await lasts(1_000); // of quiet talk
      }
      const told = `median ${part(times, 0.5)} ms, p95 ${part(times, 0.95)} ms, max ${part(times, 1)} ms, 0 calls lost`;
      expect(part(times, 0.95), told).toBeLessThanOrEqual(most.p95 ?? most.max);
      expect(part(times, 1), told).toBeLessThanOrEqual(most.max);
      return told;
    }));
}

function part(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? Infinity);
}

oneCall(
  { what: 'moves to another network', count: 100, target: 'sound back p95 ≤ 5 s, max ≤ 10 s' },
  { p95: 5_000, max: 10_000 },
  async (ear) => {
    const { heard, sent } = await switchLink(lab, ear);
    return Math.max(heard, sent);
  },
);

oneCall(
  { what: 'times no network for 45 s', count: 3, target: 'sound back ≤ 3 s after network and server are back' },
  { max: 3_000 },
  async (ear) => {
    const { heard, sent, registered } = await networkGone(lab, ear, 45_000);
    return Math.max(heard, sent) - registered;
  },
);

oneCall(
  { what: 'holes of 1 to 60 s in the sound', count: 60, target: 'sound back ≤ 3 s' },
  { max: 3_000 },
  async (ear, index) => {
    const { heard, sent } = await soundCut(lab, ear, 1_000 * (index + 1));
    return Math.max(heard, sent);
  },
);

oneCall(
  { what: 'kills of the proxy, back after 1 to 10 s', count: 100, target: 'registered again p95 ≤ 5 s, max ≤ 8 s' },
  { p95: 5_000, max: 8_000 },
  async (_ear, index) => {
    await lab.servers.killProxy();
    await lasts(1_000 * (1 + (index % 10)));
    await lab.servers.startProxy();
    const listensAt = Date.now();
    await untilReachable(lab.callbar);
    return ((await stateOf(lab.callbar)).links.sip?.since ?? Infinity) - listensAt;
  },
);

const RESETS: SoakPlan = { what: 'resets in hold, resume and digits', count: 200, target: '0 calls ended' };
test(`${RESETS.count} ${RESETS.what}: ${RESETS.target}`, () =>
  soaked(RESETS, async (count, seed) => {
    const ended = await loseInDialog(lab, count, chance(seed));
    await lasts(33_000); // so long a server waits for an ACK before it ends the call
    expect([ended, (await liveCalls(lab)).length]).toEqual([0, 1]);
    return '0 calls ended, also 33 s later';
  }));

const DIALS: SoakPlan = { what: 'resets while dialling', count: 100, target: '0 or 1 INVITE arrives for each' };
test(`${DIALS.count} ${DIALS.what}: ${DIALS.target}`, () =>
  soaked(DIALS, async (count, seed) => {
    const { most, connected } = await loseWhileDialling(lab, count, chance(seed));
    expect(most).toBeLessThanOrEqual(1);
    return `at most ${most}; ${connected} calls came about`;
  }));
