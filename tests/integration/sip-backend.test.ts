// The SIP back end against the embedded exchange, with real WebSockets and real WebRTC, all in Node.
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { PhoneError } from '../../src/domain/phone-error';
import { installNodeBrowser } from './node-browser';
import { SipPhone } from './sip-phone';
import { until } from './sip-tester';

let exchange: Exchange;
let phones: SipPhone[] = [];

beforeAll(installNodeBrowser);
beforeEach(async () => {
  exchange = await startExchange();
});
afterEach(async () => {
  for (const phone of phones) phone.stop();
  phones = [];
  await exchange.close();
});

function phoneOf(index: number, settings: ConstructorParameters<typeof SipPhone>[2] = {}, password?: string): SipPhone {
  const account = exchange.accounts[index]!;
  const phone = new SipPhone(exchange.sipUrl, { ...account, password: password ?? account.password }, settings);
  phones.push(phone);
  return phone;
}

const served = (to: string) => exchange.calls().find((call) => call.to === to);
const invites = () => {
  const ids = exchange
    .log()
    .filter(({ direction, method, status }) => direction === 'in' && method === 'INVITE' && status === 0);
  return new Set(ids.map(({ callId }) => callId)).size;
};

test('registers with its instance, and unregisters its own contact when it stops', async () => {
  const phone = await phoneOf(0).registered();
  expect(exchange.contacts('1001')).toHaveLength(1);

  phone.stop();

  await until('unregistered', () => exchange.contacts('1001').length === 0);
  const registers = exchange.log().filter(({ method, status }) => method === 'REGISTER' && status === 0);
  expect(registers[0]?.raw).toMatch(/reg-id=1;\+sip\.instance="<urn:uuid:/);
  expect(registers.some(({ raw }) => /^Contact: \*/m.test(raw))).toBe(false);
  expect(phone.link?.state).toBe('closed');
});

test('a wrong password is refused once and not tried again', async () => {
  const phone = phoneOf(0, {}, 'wrong');

  await until('refused', () => phone.link?.state === 'refused');

  expect(phone.link).toMatchObject({ state: 'refused', cause: 'wrongCredentials' });
  const refusals = exchange.log().filter(({ method, status }) => method === 'REGISTER' && status === 401);
  expect(refusals).toHaveLength(2);
});

test('a call to the echo is answered, speaks both ways and ends', async () => {
  const phone = await phoneOf(0).registered();

  const callId = await phone.talking('600');
  const sound = await until('sound both ways', () => {
    const party = served('600')?.parties.find(({ station }) => station);
    return party && party.heard.packets > 10 && party.said.packets > 10 ? party : undefined;
  });
  await phone.perform({ type: 'clear', callId });

  expect(sound.said.energy).toBeGreaterThan(0);
  expect(phone.playing.get(callId)).toBeNull();
  expect(phone.call).toMatchObject({ state: 'cleared', clearedBy: 'local', cause: 'normal', direction: 'outbound' });
  expect(phone.microphones[0]?.track.stopped).toBe(true);
  await until('the exchange saw the end', () => served('600')?.state === 'cleared');
});

test.for([
  ['602', 'busy'],
  ['404', 'notFound'],
  ['604', 'declined'],
  ['1480', 'unavailable'],
  ['1503', 'serverFailure'],
])('a call to %s ends with the cause %s', async ([number, cause]) => {
  const phone = await phoneOf(0).registered();

  await phone.dial(number!);
  await phone.becomes('cleared');

  expect(phone.call).toMatchObject({ clearedBy: 'remote', cause });
});

test('early media is heard before the answer', async () => {
  const phone = await phoneOf(0).registered();

  const callId = await phone.dial('605');
  const call = await phone.becomes('alerting', callId);

  expect(call.earlyMedia).toBe(true);
  await until('early sound', () => phone.playing.get(callId));
});

test('a call hung up while it rings is cancelled, and two clicks do no harm', async () => {
  const phone = await phoneOf(0).registered();
  const callId = await phone.dial('603');
  await phone.becomes('alerting', callId);

  const clicks = [phone.perform({ type: 'clear', callId }), phone.perform({ type: 'clear', callId })];

  await expect(clicks[0]).resolves.toBeUndefined();
  await expect(clicks[1]).rejects.toMatchObject({ code: 'callUnknown' });
  expect(phone.call).toMatchObject({ state: 'cleared', clearedBy: 'local', cause: 'cancelled' });
  await until('cancelled', () => served('603')?.state === 'cleared');
});

test('a call hung up before anything came back never talks to anyone', async () => {
  const phone = await phoneOf(0).registered();
  const callId = await phone.dial('600');

  await phone.perform({ type: 'clear', callId });

  expect(phone.call).toMatchObject({ state: 'cleared', cause: 'cancelled' });
  await phone.talking('601');
  expect(served('600')?.parties.some(({ said }) => said.packets > 0) ?? false).toBe(false);
  expect(exchange.calls().filter(({ state }) => state === 'talking')).toHaveLength(1);
});

test('a call from a customer rings, is answered with the microphone and hung up by the customer', async () => {
  const phone = await phoneOf(0).registered();
  const id = exchange.ring('1001', '+8613812345678', '王小明');

  const ringing = await until('ringing', () => phone.call);
  expect(ringing).toMatchObject({
    direction: 'inbound',
    state: 'alerting',
    remote: { number: '+8613812345678', name: '王小明' },
  });
  expect(phone.microphones).toHaveLength(0);
  await phone.perform({ type: 'answer', callId: ringing.id });
  await phone.becomes('connected');
  exchange.hangup(id);

  expect(await phone.becomes('cleared')).toMatchObject({ clearedBy: 'remote', cause: 'normal' });
});

test.for([486, 603] as const)('declining sends %i', async (declineStatus) => {
  const phone = await phoneOf(0, { declineStatus }).registered();
  exchange.ring('1001', '+8613812345678', '');
  const ringing = await until('ringing', () => phone.call);

  await phone.perform({ type: 'decline', callId: ringing.id });

  expect(phone.call).toMatchObject({ state: 'cleared', clearedBy: 'local', cause: 'declined' });
  await until('declined', () =>
    exchange.log().find(({ method, status }) => method === 'INVITE' && status === declineStatus),
  );
});

test('a caller who gives up stops the ring; a third call finds the phone busy', async () => {
  const phone = await phoneOf(0).registered();
  const ids = ['1', '2', '3'].map((last) => exchange.ring('1001', `+861381234567${last}`, ''));
  await until('third refused', () =>
    exchange.log().find(({ method, status }) => method === 'INVITE' && status === 486),
  );
  expect(phone.calls).toHaveLength(2);

  exchange.hangup(ids[0]!);

  await until('stopped', () => phone.calls.find(({ state }) => state === 'cleared'));
  expect(phone.calls.find(({ state }) => state === 'cleared')).toMatchObject({
    clearedBy: 'remote',
    cause: 'cancelled',
  });
});

test('hold and resume take effect when the far end agrees; mute survives them', async () => {
  const phone = await phoneOf(0).registered();
  const callId = await phone.talking('600');
  await phone.perform({ type: 'mute', callId });

  await phone.perform({ type: 'hold', callId });
  await phone.becomes('held', callId);
  expect(exchange.log().some(({ direction, raw }) => direction === 'in' && raw.includes('a=sendonly'))).toBe(true);
  await phone.perform({ type: 'retrieve', callId });
  const call = await phone.becomes('connected', callId);

  expect(call.muted).toBe(true);
  expect(phone.microphones[0]?.track.enabled).toBe(false);
  await phone.perform({ type: 'unmute', callId });
  expect(phone.microphones[0]?.track.enabled).toBe(true);
});

test('a second call puts the first on hold', async () => {
  const phone = await phoneOf(0).registered();
  const first = await phone.talking('600');

  const second = await phone.talking('601');

  expect(phone.state.calls.byId[first]?.state).toBe('held');
  expect(phone.state.calls.byId[second]?.state).toBe('connected');
});

test('an emergency call in a call: it alone is heard, the other waits, and is taken back after', async () => {
  const phone = await phoneOf(0).registered();
  const first = await phone.talking('600');

  await phone.perform({ type: 'makeCall', number: '601', emergency: true });
  const emergency = phone.call!.id;
  await phone.becomes('connected', emergency);
  await phone.becomes('held', first);
  expect(phone.microphones.map(({ track }) => track.enabled)).toEqual([false, true]);
  await phone.perform({ type: 'clear', callId: emergency });
  await phone.perform({ type: 'retrieve', callId: first });
  await phone.becomes('connected', first);

  expect(phone.microphones[0]?.track.enabled).toBe(true);
});

test('two presses on Answer at once: one caller speaks with us, the other waits', async () => {
  const phone = await phoneOf(0).registered();
  for (const last of ['1', '2']) exchange.ring('1001', `+861381234567${last}`, '');
  await until('both ring', () => phone.calls.length === 2);

  await Promise.all(phone.calls.map(({ id }) => phone.perform({ type: 'answer', callId: id })));

  await until('one speaks', () => {
    const states = new Set(phone.calls.map(({ state }) => state));
    return states.has('connected') && states.has('held');
  });
  const connected = phone.calls.findIndex(({ state }) => state === 'connected');
  expect(phone.microphones.map(({ track }) => track.enabled)).toEqual([0, 1].map((index) => index === connected));
});

test('digits reach the keypad, and those dialled with the number after the answer', async () => {
  const phone = await phoneOf(0, { dtmf: 'info' }).registered();
  await phone.perform({ type: 'makeCall', number: '606', after: '12' });
  await phone.becomes('connected');

  await phone.perform({ type: 'sendDtmf', callId: phone.call!.id, digits: '3#' });

  await until('keys', () => served('606')?.parties.some(({ keys }) => keys.includes('12') && keys.includes('3#')));
  await expect(phone.perform({ type: 'sendDtmf', callId: phone.call!.id, digits: '5x' })).rejects.toMatchObject({
    code: 'digitsInvalid',
  });
});

test('a transfer tells its progress and ends our part; a refused one leaves the call', async () => {
  const phone = await phoneOf(0).registered();
  await phone.talking('600');
  await phone.perform({ type: 'singleStepTransfer', callId: phone.call!.id, number: '602' });
  await until('refused', () => phone.call?.state === 'connected' && phone.call.transfer?.progress === 'refused');
  expect(phone.state.notices.at(-1)?.code).toBe('transferRefused');

  await phone.perform({ type: 'singleStepTransfer', callId: phone.call!.id, number: '601' });
  expect(phone.state.notices).toEqual([]); // the refusal was of the one before
  await phone.becomes('cleared');

  expect(phone.call).toMatchObject({ cause: 'transferred', transfer: { to: '601', progress: 'done' } });
});

test('a microphone that is denied: no INVITE, and the reason', async () => {
  const phone = await phoneOf(0).registered();
  phone.microphoneError = new PhoneError('microphoneDenied', 'denied');

  await expect(phone.dial('600')).rejects.toMatchObject({ code: 'microphoneDenied' });

  expect(phone.call).toMatchObject({ state: 'cleared', cause: 'microphoneFailed' });
  expect(invites()).toBe(0);
});

test('a socket lost in a call leaves the call and registers again', async () => {
  const phone = await phoneOf(0).registered();
  const callId = await phone.talking('600');

  const before = phone.events.length;
  exchange.faults.dropSockets();
  // By its events: the first try may come at once.
  const told = () => phone.events.slice(before);
  await until('lost', () => told().some((event) => event.type === 'linkChanged' && event.to.state === 'reopening'));
  expect(told()).toContainEqual({ type: 'signallingChanged', link: 'sip', signalling: 'lost' });
  expect(phone.call).toMatchObject({ state: 'connected' });
  await phone.registered();

  expect(phone.state.calls.byId[callId]).toMatchObject({ state: 'connected', signalling: 'up' });
  await phone.perform({ type: 'hold', callId });
  await phone.becomes('held', callId);
});

test('a call hung up while the link is down ends at once here, and at the exchange once the link is back', async () => {
  const phone = await phoneOf(0).registered();
  const callId = await phone.talking('600');
  exchange.faults.set({ refuseSockets: true });
  exchange.faults.dropSockets();
  await until('lost', () => phone.link?.state === 'reopening');

  await phone.perform({ type: 'clear', callId });
  expect(phone.call).toMatchObject({ state: 'cleared', clearedBy: 'local' });
  expect(phone.microphones[0]?.track.stopped).toBe(true);
  expect(served('600')?.state).toBe('talking');
  exchange.faults.set({ refuseSockets: false });

  await until('the exchange saw the end', () => served('600')?.state === 'cleared');
});
