// Session timers (RFC 4028) against SIPp, behind Kamailio: what is agreed, who refreshes, and a timer that is too short.
import { afterEach, beforeAll, expect, test } from 'vitest';
import { missingForSipp, startSipp, type Scenario, type SippRig } from '../e2e/servers/sipp';
import { installHeardPeer } from './heard-peer';
import { installNodeBrowser } from './node-browser';
import { SipPhone } from './sip-phone';

const missing = missingForSipp();
const skip = missing.length > 0 && process.env['CI'] !== 'true';
if (skip) console.log(`session timers with SIPp are not tested, not installed: ${missing.join(' ')}`);

let rig: SippRig | undefined;
let phone: SipPhone | undefined;
beforeAll(() => {
  installNodeBrowser();
  installHeardPeer();
});
afterEach(async () => {
  phone?.stop();
  await rig?.stop();
});

async function talkTo(scenario: Scenario): Promise<{ phone: SipPhone; rig: SippRig; callId: string }> {
  rig = await startSipp(scenario, 25_000);
  phone = await new SipPhone(rig.wsUrl, rig.account).registered();
  return { phone, rig, callId: await phone.talking(rig.number) };
}

test.skipIf(skip)('a far end that refreshes the session is answered, by UPDATE and by re-INVITE', async () => {
  const { phone, rig, callId } = await talkTo('refreshes');
  setTimeout(() => void phone.perform({ type: 'clear', callId }), 2_000);

  await expect(rig.finished()).resolves.toBeUndefined();
});

test.skipIf(skip)('a server that finds our timer too short is asked again with its own, in the same call', async () => {
  const { phone, rig, callId } = await talkTo('too-short');
  await phone.perform({ type: 'clear', callId });

  await expect(rig.finished()).resolves.toBeUndefined();
  expect(phone.calls).toHaveLength(1);
});
