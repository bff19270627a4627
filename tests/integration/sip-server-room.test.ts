// A conference in a room of the embedded exchange: we dial it, the far ends are referred to it.
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { startExchange, type Exchange } from '../../demo/exchange/exchange';
import { loudnessAt } from '../../demo/exchange/sounds';
import type { Call } from '../../src/domain/calls';
import { installNodeBrowser } from './node-browser';
import { SipPhone } from './sip-phone';
import { until } from './sip-tester';

const A = '60107';
const B = '60110';
const ROOM = '60701';
const AUDIBLE = 1_000;
const [A_HERTZ, B_HERTZ, US_HERTZ] = [700, 1_000, 500];

let exchange: Exchange;
let phone: SipPhone;

beforeAll(installNodeBrowser);
beforeEach(async () => {
  exchange = await startExchange();
});
afterEach(async () => {
  phone.stop();
  await exchange.close();
});

const stateOf = (callId: string) => phone.state.calls.byId[callId];
/** The call of the exchange that a far end is in now; of A and B both are still named after the number we dialled. */
const served = (number: string) => exchange.calls().findLast(({ to }) => to === number);
const ourRoom = (): Call | undefined => phone.calls.find(({ remote }) => remote.conference);

async function two(room = ROOM): Promise<{ heldId: string; activeId: string }> {
  phone = await new SipPhone(exchange.sipUrl, exchange.accounts[0]!, { conferenceRoom: room }).registered();
  const heldId = await phone.talking(A);
  const activeId = await phone.talking(B);
  await phone.becomes('held', heldId);
  return { heldId, activeId };
}

function heardBy(number: string): boolean[] {
  const sound = exchange.lastHeard(served(number)?.id ?? '', number);
  return [A_HERTZ, B_HERTZ, US_HERTZ].map((hertz) => loudnessAt(hertz, sound) > AUDIBLE);
}

test('both far ends are brought into the room, and we are in it by an ordinary call', async () => {
  const { heldId, activeId } = await two();

  await phone.perform({ type: 'completeConference', heldId, activeId });

  for (const id of [heldId, activeId]) {
    expect(await phone.becomes('cleared', id)).toMatchObject({ cause: 'transferred', transfer: { to: ROOM } });
  }
  await until('A hears B and us', () => heardBy(A).join() === 'false,true,true');
  await until('B hears A and us', () => heardBy(B).join() === 'true,false,true');
  expect(ourRoom()).toMatchObject({ state: 'connected', remote: { number: ROOM, conference: true } });
  expect(phone.state.notices).toEqual([]);
  expect(phone.mixes).toEqual([]);
});

test('a far end that does not come stays with us and can be merged again', async () => {
  const { heldId, activeId } = await two();
  exchange.faults.answerNext({ method: 'REFER', status: 603 });

  await phone.perform({ type: 'completeConference', heldId, activeId });
  await phone.becomes('cleared', heldId);
  await until('told', () => phone.state.notices.some(({ code }) => code === 'transferRefused'));
  expect(stateOf(activeId)).toMatchObject({ state: 'held', transfer: { progress: 'refused' } });

  await phone.perform({ type: 'completeConference', heldId: activeId, activeId: ourRoom()?.id ?? '' });
  await phone.becomes('cleared', activeId);
  await until('B hears A and us', () => heardBy(B).join() === 'true,false,true');
});

test.for(['602', '404'])('a room that does not answer (%s) gives the two calls back as they were', async (room) => {
  const { heldId, activeId } = await two(room);

  await phone.perform({ type: 'completeConference', heldId, activeId });
  await until('the room is given up', () => ourRoom()?.state === 'cleared');

  await phone.becomes('connected', activeId);
  expect(stateOf(heldId)?.state).toBe('held');
  await until('B hears us again', () => heardBy(B)[2]);
});

test('hung up while the room still rings: the one talked to before is back', async () => {
  const { heldId, activeId } = await two('603');
  await phone.perform({ type: 'completeConference', heldId, activeId });
  await until('it rings', () => ourRoom()?.state === 'alerting');

  await phone.perform({ type: 'clear', callId: ourRoom()?.id ?? '' });

  await phone.becomes('connected', activeId);
  expect(stateOf(heldId)?.state).toBe('held');
});

test('a far end that hangs up while the room rings is not missed: the other comes alone', async () => {
  const { heldId, activeId } = await two('61201');
  await phone.perform({ type: 'completeConference', heldId, activeId });
  await until('it rings', () => ourRoom()?.state === 'alerting');
  exchange.hangup(served(A)?.id ?? '');
  await phone.becomes('cleared', heldId);

  expect(await phone.becomes('cleared', activeId)).toMatchObject({ cause: 'transferred' });
  expect(ourRoom()?.state).toBe('connected');
});

test('a second Merge while the room is being dialled dials nothing more', async () => {
  const both = await two('603');
  const first = phone.perform({ type: 'completeConference', ...both });

  await expect(phone.perform({ type: 'completeConference', ...both })).rejects.toMatchObject({ code: 'callInSetup' });

  await first;
  expect(phone.calls.filter(({ remote }) => remote.conference)).toHaveLength(1);
});
