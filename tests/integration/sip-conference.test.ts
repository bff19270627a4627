// A conference mixed here, against the embedded exchange: what each far end hears, told by the frequency of the others.
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { loudnessAt } from '../../demo/exchange/sounds';
import { installNodeBrowser } from './node-browser';
import { SipPhone } from './sip-phone';
import { until } from './sip-tester';

/** Numbers that play a tone, each its own. */
const A = '60107';
const B = '60110';
const C = '60113';
const HERTZ = { [A]: 700, [B]: 1_000, [C]: 1_300, us: 500 } as const;
type Voice = keyof typeof HERTZ;
const ALL = Object.keys(HERTZ) as Voice[];
const AUDIBLE = 1_000;

let exchange: Exchange;
let phone: SipPhone;

beforeAll(installNodeBrowser);
beforeEach(async () => {
  exchange = await startExchange();
  phone = await new SipPhone(exchange.sipUrl, exchange.accounts[0]!, { maxCalls: 4 }).registered();
});
afterEach(async () => {
  phone.stop();
  await exchange.close();
});

const served = (number: string) => exchange.calls().findLast(({ to }) => to === number);
const stateOf = (callId: string) => phone.state.calls.byId[callId];
const members = () => phone.calls.flatMap(({ id, conference }) => (conference === undefined ? [] : [id]));

/** Whose voices a far end heard in the last second. */
function heardBy(number: string): string {
  const sound = exchange.lastHeard(served(number)?.id ?? '', number);
  return ALL.filter((voice) => loudnessAt(HERTZ[voice], sound) > AUDIBLE).join(' ');
}
const hears = (number: string, voices: Voice[]) =>
  until(`${number} hears ${voices.join(' and ') || 'nobody'} (now: ${heardBy(number)})`, () => {
    return heardBy(number) === ALL.filter((voice) => voices.includes(voice)).join(' ');
  });

/** Two calls, the first on hold for the second. */
async function two(first = A, second = B): Promise<{ heldId: string; activeId: string }> {
  const heldId = await phone.talking(first);
  const activeId = await phone.talking(second);
  await phone.becomes('held', heldId);
  return { heldId, activeId };
}

async function conference(): Promise<{ a: string; b: string }> {
  const both = await two();
  await phone.perform({ type: 'completeConference', ...both });
  await until('together', () => members().length === 2);
  return { a: both.heldId, b: both.activeId };
}

async function conferenceOfThree(): Promise<{ a: string; b: string; c: string }> {
  const { a, b } = await conference();
  const c = await phone.talking(C);
  await Promise.all([phone.becomes('held', a), phone.becomes('held', b)]);
  await phone.perform({ type: 'completeConference', heldId: a, activeId: c });
  await phone.perform({ type: 'completeConference', heldId: b, activeId: a });
  await until('together', () => members().length === 3);
  return { a, b, c };
}

test('merged, each far end hears us and the other, and not itself', async () => {
  const { a, b } = await conference();

  await hears(A, [B, 'us']);
  await hears(B, [A, 'us']);
  expect([a, b].map((id) => stateOf(id)?.state)).toEqual(['connected', 'connected']);
  expect(stateOf(a)?.conference).toBe(stateOf(b)?.conference);
  expect(phone.state.notices).toEqual([]);
});

test('another microphone chosen meanwhile reaches every party through the mix, and later in the call alone', async () => {
  await conference();
  await hears(A, [B, 'us']);
  const asked = exchange.received('INVITE');

  phone.chooseMicrophone();
  await until('the ones before are let go', () => phone.microphones.filter(({ track }) => track.stopped).length === 2);
  await hears(A, [B, 'us']);
  await hears(B, [A, 'us']);
  exchange.hangup(served(A)?.id ?? '');
  await until('an ordinary call again', () => members().length === 0);
  await hears(B, ['us']);

  phone.chooseMicrophone();
  await until('let go again', () => phone.microphones.filter(({ track }) => !track.stopped).length === 1);
  await hears(B, ['us']);
  expect(exchange.received('INVITE')).toEqual(asked);
});

test.for([
  [A, B],
  [B, A],
] as const)('when %s hangs up, %s and we talk on alone, microphone to connection', async ([gone, left]) => {
  await conference();
  await hears(left, [gone, 'us']);

  exchange.hangup(served(gone)?.id ?? '');

  await until('an ordinary call again', () => members().length === 0);
  await hears(left, ['us']);
  expect(phone.mixes.map(({ closed, seats }) => ({ closed, seats }))).toEqual([{ closed: true, seats: 0 }]);
});

test('we take one out by hanging up on it alone, and the rest of all by hanging up on everyone', async () => {
  const { a, b, c } = await conferenceOfThree();
  await hears(A, [B, C, 'us']);

  await phone.perform({ type: 'clear', callId: b });
  await hears(A, [C, 'us']);
  expect(members()).toEqual([a, c]);
  await phone.perform({ type: 'clear', callId: a, everyone: true });

  expect([a, b, c].map((id) => stateOf(id)?.state)).toEqual(['cleared', 'cleared', 'cleared']);
  expect(phone.microphones.every(({ track }) => track.stopped)).toBe(true);
  expect(phone.mixes.every(({ closed }) => closed)).toBe(true);
});

test('a party on hold hears nobody of us, the others talk on; taken back it is alone, merged again it is back', async () => {
  const { a, b, c } = await conferenceOfThree();

  await phone.perform({ type: 'hold', callId: b });
  await phone.becomes('held', b);
  await hears(A, [C, 'us']);
  expect(members()).toEqual([a, c]);

  await phone.perform({ type: 'completeConference', heldId: b, activeId: a });
  await until('three again', () => members().length === 3);
  await hears(B, [A, C, 'us']);

  await phone.perform({ type: 'hold', callId: a });
  await phone.becomes('held', a);
  await phone.perform({ type: 'retrieve', callId: a });
  await phone.becomes('connected', a);
  await hears(A, ['us']);
  expect([b, c].map((id) => stateOf(id)?.state)).toEqual(['held', 'held']);
});

test('muted, the others hear each other and not us; whoever was muted before the merge makes all of it muted', async () => {
  const { heldId, activeId } = await two();
  await phone.perform({ type: 'mute', callId: activeId });
  await phone.perform({ type: 'completeConference', heldId, activeId });
  await until('together', () => members().length === 2);

  await hears(A, [B]);
  await hears(B, [A]);
  expect([heldId, activeId].map((id) => stateOf(id)?.muted)).toEqual([true, true]);

  await phone.perform({ type: 'unmute', callId: heldId });
  await hears(B, [A, 'us']);
  expect(stateOf(activeId)?.muted).toBe(false);
});

test('a microphone lost in the conference is replaced in the mix', async () => {
  await conference();
  await hears(A, [B, 'us']);
  const lost = phone.microphones.map(({ track }) => track);

  for (const track of lost) {
    track.stop();
    track.emit('ended');
  }
  await until('replaced', () => phone.state.notices.filter(({ code }) => code === 'microphoneReplaced').length === 2);

  await hears(A, [B, 'us']);
  await hears(B, [A, 'us']);
});

test('another call puts everybody on hold; Merge then brings both back together', async () => {
  const { a, b } = await conference();

  const other = await phone.talking('600');
  await Promise.all([phone.becomes('held', a), phone.becomes('held', b)]);
  expect(members()).toEqual([]);
  await phone.perform({ type: 'clear', callId: other });
  await phone.perform({ type: 'completeConference', heldId: a, activeId: b });

  await hears(A, [B, 'us']);
  await hears(B, [A, 'us']);
});

test('an emergency call has the microphone to itself at once', async () => {
  const { a, b } = await conference();
  await hears(A, [B, 'us']);

  await phone.perform({ type: 'makeCall', number: '110', emergency: true });
  expect(phone.microphones.slice(0, 2).map(({ track }) => track.enabled)).toEqual([false, false]);

  await Promise.all([phone.becomes('held', a), phone.becomes('held', b)]);
  expect(members()).toEqual([]);
});

test('a far end that refuses to come back from hold leaves the other call as it was', async () => {
  const both = await two();
  exchange.faults.answerNext({ method: 're-INVITE', status: 603 });

  await phone.perform({ type: 'completeConference', ...both });

  await until('told', () => phone.state.notices.some(({ code }) => code === 'resumeRefused'));
  expect(members()).toEqual([]);
  expect([both.heldId, both.activeId].map((id) => stateOf(id)?.state)).toEqual(['held', 'connected']);
  await hears(B, ['us']);
  expect(phone.mixes.every(({ closed }) => closed)).toBe(true);
});

test('a party that refuses to be put on hold is in the conference again', async () => {
  const { a, b } = await conference();
  exchange.faults.answerNext({ method: 're-INVITE', status: 603 });

  await phone.perform({ type: 'hold', callId: a });
  await until('told', () => phone.state.notices.some(({ code }) => code === 'holdRefused'));

  expect(members()).toEqual([a, b]);
  await hears(A, [B, 'us']);
  await hears(B, [A, 'us']);
});

test('a far end that holds us does not play its music to the others', async () => {
  const { a } = await conference();
  await phone.perform({ type: 'mute', callId: a }); // so that B can hear nothing but the music
  const music = () => {
    const heard = exchange.lastHeard(served(B)?.id ?? '', B);
    return Math.max(...[523, 659, 784, 1_047].map((hertz) => loudnessAt(hertz, heard)));
  };

  exchange.hold(served(A)?.id ?? '');
  await until('told', () => stateOf(a)?.heldByRemote);
  const packets = () => served(B)?.parties.find(({ device }) => device === B)?.heard.packets ?? 0;
  const before = packets();
  await until('a second has passed there', () => packets() > before + 60);

  expect(music()).toBeLessThan(100);
  expect(members()).toHaveLength(2);
});

test('the link may be lost: all talk on, and hanging up here ends every call', async () => {
  const { a, b } = await conference();
  await hears(A, [B, 'us']);

  exchange.faults.dropSockets();
  await until('lost', () => stateOf(a)?.signalling === 'lost');
  await hears(A, [B, 'us']);
  await phone.perform({ type: 'clear', callId: a, everyone: true });

  expect([a, b].map((id) => stateOf(id)?.state)).toEqual(['cleared', 'cleared']);
  await until('the exchange has heard of it', () => [A, B].every((number) => served(number)?.state === 'cleared'));
});

test('two who confer can be handed to each other', async () => {
  const { a, b } = await conference();

  await phone.perform({ type: 'completeTransfer', heldId: a, activeId: b });

  await Promise.all([phone.becomes('cleared', a), phone.becomes('cleared', b)]);
  const both = () =>
    exchange.calls().find(({ parties }) => parties.filter(({ state }) => state === 'connected').length === 2);
  const { id } = await until('joined', both);
  await until('they hear each other', () => loudnessAt(HERTZ[A], exchange.lastHeard(id, B)) > AUDIBLE);
  expect(loudnessAt(HERTZ[B], exchange.lastHeard(id, B))).toBeLessThan(AUDIBLE);
});
