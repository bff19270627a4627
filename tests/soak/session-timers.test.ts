// Session timers at their real pace, against SIPp behind Kamailio: 90 s is the least RFC 4028 allows, so that a refresh is
// due after 45 s. SIPp hangs up as soon as it has been refreshed.
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, expect } from 'vitest';
import { startSipp, type SippRig } from '../e2e/servers/sipp';
import { installHeardPeer } from '../integration/heard-peer';
import { installNodeBrowser } from '../integration/node-browser';
import { SipPhone } from '../integration/sip-phone';
import { soak } from './soak';

const PATIENCE_MS = 90_000;
const DUE_S = 45;
const OUTAGE_BEGINS_MS = 40_000;
const OUTAGE_MS = 10_000;

beforeAll(() => {
  installNodeBrowser();
  installHeardPeer();
});

soak({
  what: 'session refresh at half of 90 s, in real time',
  count: 1,
  target: `after ${DUE_S} s, by UPDATE`,
  run: () =>
    withCall(async (phone, rig) => {
      const started = performance.now();
      await ended(phone, rig);
      const seconds = (performance.now() - started) / 1_000;
      expect(Math.abs(seconds - DUE_S)).toBeLessThan(2);
      return `after ${seconds.toFixed(1)} s`;
    }),
});

soak({
  what: 'session refresh that falls into an outage of 10 s',
  count: 1,
  target: '≤ 1 s after the link is back, call alive',
  run: () =>
    withCall(async (phone, rig) => {
      await wait(OUTAGE_BEGINS_MS);
      await rig.killProxy();
      await wait(OUTAGE_MS);
      await rig.startProxy();
      while (phone.call?.signalling !== 'up') await wait(1);
      const back = performance.now();
      await ended(phone, rig);
      const seconds = (performance.now() - back) / 1_000;
      expect(seconds).toBeLessThan(1.1);
      return `${seconds.toFixed(2)} s after the link was back`;
    }),
});

async function withCall(run: (phone: SipPhone, rig: SippRig) => Promise<string>): Promise<string> {
  const rig = await startSipp(['is-refreshed'], PATIENCE_MS);
  const phone = await new SipPhone(rig.wsUrl, rig.account).registered();
  try {
    await phone.talking(rig.numbers[0] ?? '');
    return await run(phone, rig);
  } finally {
    phone.stop();
    await rig.stop();
  }
}

/** Ended by SIPp, which has what it wanted. */
async function ended(phone: SipPhone, rig: SippRig): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  while (phone.call?.state !== 'cleared' && performance.now() < until) await wait(1);
  expect(phone.call).toMatchObject({ clearedBy: 'remote' });
  await rig.finished();
}
