// What a supervisor may do to the calls and states of others at the exchange's wellCloud door (wellclient.md §5.4).
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loudnessAt } from '../../demo/exchange/sounds';
import { SipTester, until } from './sip-tester';
import { DOMAIN, openWellcloudDesk, talkingTogether, type WellcloudDesk } from './wellcloud-desk';
import type { WellcloudTester } from './wellcloud-tester';

let desk: WellcloudDesk;
beforeEach(async () => {
  desk = await openWellcloudDesk({ supervisors: ['5003'] }, { users: ['8003'] });
});
afterEach(() => desk.close());

const connection = (tester: WellcloudTester, callId: string) =>
  `/api/csta/callControl/calls/${callId}/connections/${tester.device}%7C${callId}`;
const spyPath = (callId: string, tester: WellcloudTester) =>
  `/api/csta/callControl/calls/${callId}/spy?deviceId=${tester.device}`;
/** The supervisor at 8003, with a SIP phone. */
async function supervisor() {
  const [account] = desk.exchange.accounts;
  if (!account) throw new Error('no account');
  const phone = await new SipTester(desk.exchange.sipUrl, account).open();
  await phone.register();
  return { s: await desk.agent(3), phone };
}
async function pickUp(phone: SipTester) {
  const leg = await phone.incoming();
  leg.reply(180);
  await leg.answer();
  return leg;
}

test('one who is no supervisor may touch nobody else’s call or state', async () => {
  const { a, b, callId } = await talkingTogether(desk);
  expect((await a.send('DELETE', connection(b, callId))).status).toBe(457);
  expect((await a.send('POST', `${connection(b, callId)}/singleStepTransfer`, { transferTo: '8001' })).status).toBe(
    457,
  );
  expect((await a.send('POST', spyPath(callId, a))).status).toBe(457);
  const body = { func: 'SetState', agentMode: 'Ready', loginId: b.agentId, agentId: b.agentId, device: b.device };
  expect((await a.send('POST', '/api/csta/agent/state', body)).status).toBe(457);
  expect(desk.exchange.calls()[0]?.state).toBe('talking');
});

test('who listens hears both and is not heard, nobody in the call is told, and it ends with the call', async () => {
  const { s, phone } = await supervisor();
  const a = await desk.agent(1);
  const callId = await a.call('60105'); // plays 500 Hz
  await a.event('established');
  const before = a.heard.length;
  expect((await s.send('POST', spyPath(callId, s))).status).toBe(204);
  const leg = await pickUp(phone);
  await s.event('established', ({ answeringDevice }) => answeringDevice === s.device);
  await until('500 Hz', () => loudnessAt(500, desk.exchange.lastHeard(callId, '8003')) > 1000);
  leg.talk(700);
  const said = () => desk.exchange.calls()[0]?.parties.find(({ device }) => device === '8003')?.said.packets ?? 0;
  await until('the listener’s own voice', () => said() > 20);
  expect(loudnessAt(700, desk.exchange.lastHeard(callId, '60105'))).toBeLessThan(100);
  expect(a.heard).toHaveLength(before);

  await a.on(callId, 'drop');
  await s.event('connectionCleared', ({ releasingDevice }) => releasingDevice === s.device);
  await until('BYE', () => leg.requests('BYE').length > 0);
  leg.end();
  phone.close();
});

test('a listener who leaves ends nothing', async () => {
  const { s, phone } = await supervisor();
  const { a, callId } = await talkingTogether(desk);
  await s.send('POST', spyPath(callId, s));
  const leg = await pickUp(phone);
  await s.event('established');
  await s.send('DELETE', connection(s, callId));
  await s.event('connectionCleared');
  expect(a.names()).not.toContain('connectionCleared');
  expect(desk.exchange.calls()[0]?.state).toBe('talking');
  leg.end();
  phone.close();
});

test('a supervisor ends, joins and takes over another’s call', async () => {
  const { s, phone } = await supervisor();
  const { a, b, callId } = await talkingTogether(desk);
  const join = { conferenceParticipant: '8003', participationType: 'Active' };
  expect((await s.send('POST', `${connection(b, callId)}/singleStepConference`, join)).status).toBe(204);
  const leg = await pickUp(phone);
  for (const tester of [a, b, s]) {
    expect(await tester.event('conferenced')).toMatchObject({ conferencingDevice: b.device, addedParty: s.device });
  }
  await s.send('DELETE', connection(s, callId));
  await a.event('connectionCleared', ({ releasingDevice }) => releasingDevice === s.device);

  expect((await s.send('POST', `${connection(b, callId)}/singleStepTransfer`, { transferTo: '8003' })).status).toBe(
    204,
  );
  const taken = await pickUp(phone);
  await b.event('connectionCleared', ({ releasingDevice }) => releasingDevice === b.device);
  await a.event('established', ({ answeringDevice }) => answeringDevice === s.device);

  expect((await s.send('DELETE', connection(a, callId))).status).toBe(204);
  await a.event('connectionCleared', ({ releasingDevice }) => releasingDevice === a.device);
  await until('BYE', () => taken.requests('BYE').length > 0);
  for (const each of [leg, taken]) each.end();
  phone.close();
});

test('a supervisor makes an agent ready, not ready, and logs one out in each way there is', async () => {
  const { s, phone } = await supervisor();
  const state = (body: object) => s.send('POST', '/api/csta/agent/state', body);
  const mode = ({ agentId, device }: WellcloudTester, agentMode: string) =>
    state({ func: 'SetState', agentMode, loginId: agentId, agentId, device });
  const a = await desk.agent(1);
  expect((await mode(a, 'Ready')).status).toBe(204);
  await a.event('agentReady');
  expect((await mode(a, 'NotReady')).status).toBe(204);

  const { agentId, device } = a;
  expect((await state({ func: 'Logout', namespace: DOMAIN, device, agentId, loginId: agentId })).status).toBe(204);
  await a.event('agentLoggedOff');
  for (const body of [{ agentId }, { device, namespace: DOMAIN }]) {
    const again = await desk.agent(1);
    expect((await state({ func: 'Logout', ...body })).status).toBe(204);
    await again.event('agentLoggedOff');
  }
  expect((await state({ func: 'Logout', agentId })).status).toBe(458);
  phone.close();
});
