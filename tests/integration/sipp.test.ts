// SIPp behind Kamailio: session timers (RFC 4028) and an announced transfer by REFER with Replaces.
import { afterEach, beforeAll, expect, test } from 'vitest';
import { missingForSipp, startSipp, type Scenario, type SippRig } from '../e2e/servers/sipp';
import { installHeardPeer } from './heard-peer';
import { installNodeBrowser } from './node-browser';
import { SipPhone } from './sip-phone';

const missing = missingForSipp();
const skip = missing.length > 0 && process.env['CI'] !== 'true';
if (skip) console.log(`session timers and transfer are not tested with SIPp, not installed: ${missing.join(' ')}`);

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

async function talkTo(...scenarios: Scenario[]): Promise<{ phone: SipPhone; rig: SippRig; callId: string }> {
  rig = await startSipp(scenarios, 25_000);
  phone = await new SipPhone(rig.wsUrl, rig.account).registered();
  return { phone, rig, callId: await phone.talking(rig.numbers[0] ?? '') };
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

test.skipIf(skip)('a party on hold is joined with the one consulted, by REFER with Replaces', async () => {
  const { phone, rig, callId: heldId } = await talkTo('is-transferred', 'is-consulted');
  await phone.perform({ type: 'consult', callId: heldId, number: rig.numbers[1] ?? '' });
  const activeId = phone.call?.id ?? '';
  await phone.becomes('connected', activeId);
  await phone.becomes('held', heldId);

  await phone.perform({ type: 'completeTransfer', heldId, activeId });

  for (const callId of [heldId, activeId]) {
    expect(await phone.becomes('cleared', callId)).toMatchObject({ cause: 'transferred' });
  }
  await expect(rig.finished()).resolves.toBeUndefined();
});
