import { expect, test } from 'vitest';
import type { SipCall } from './call';
import { openFloor } from './floor';

/** A call as the floor sees it, not yet answered; asked to wait it does so a moment later. */
function newCall(urgent = false) {
  const call = {
    phase: 'setUp',
    held: false,
    isUrgent: () => urgent,
    setMicrophone: () => undefined,
    notice: () => undefined,
    async waitOnHold(wanted: () => boolean = () => true) {
      await Promise.resolve();
      if (call.phase === 'answered' && wanted()) call.held = true;
      return true;
    },
  };
  return call;
}
type Fake = ReturnType<typeof newCall>;

/** @param conference those who talk together. */
function floorOf(live: Fake[], conference: readonly Fake[] = []) {
  const isIn = (call: SipCall) => conference.includes(call as unknown as Fake);
  const floor = openFloor(
    () => live as unknown as SipCall[],
    (one, other) => isIn(one) && isIn(other),
  );
  const speaking = () =>
    live.filter((call) => call.phase === 'answered' && !call.held && floor.mayBeHeard(call as unknown as SipCall));
  const take = (call: Fake) => {
    call.phase = 'answered';
    floor.take(call as unknown as SipCall);
  };
  return { floor, speaking, take };
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('of two calls only the one that was taken last is heard, and the other waits', async () => {
  const [first, second] = [newCall(), newCall()];
  const { speaking, take } = floorOf([first, second]);

  take(first);
  take(second);
  expect(speaking()).toEqual([second]);
  await settled();

  expect([first.held, second.held]).toEqual([true, false]);
});

test('all of a conference are heard, whichever joined last, and nobody of it is asked to wait', async () => {
  const [a, b, c] = [newCall(), newCall(), newCall()];
  const { speaking, take } = floorOf([a, b, c], [a, b, c]);

  for (const call of [b, c, a]) take(call);
  await settled();

  expect(speaking()).toEqual([a, b, c]);
  expect([a, b, c].some(({ held }) => held)).toBe(false);
});

test('another call that is answered puts all of a conference on hold', async () => {
  const [a, b, other] = [newCall(), newCall(), newCall()];
  const { speaking, take } = floorOf([a, b, other], [a, b]);
  for (const call of [a, b]) take(call);

  take(other);
  expect(speaking()).toEqual([other]);
  await settled();

  expect([a.held, b.held, other.held]).toEqual([true, true, false]);
});

test('room for a party of a conference is made by the others alone, before it speaks', async () => {
  const [a, b, other] = [newCall(), newCall(), newCall()];
  const { floor } = floorOf([a, b, other], [a, b]);
  for (const call of [a, b, other]) call.phase = 'answered';
  let waited: boolean[] = [];

  await floor.makeRoom(a as unknown as SipCall, () => {
    waited = [a, b, other].map(({ held }) => held);
  });

  expect(waited).toEqual([false, false, true]);
});

test('an emergency call is heard alone, before everybody on hold knows', () => {
  const [a, b, emergency] = [newCall(), newCall(), newCall(true)];
  const { speaking, take } = floorOf([a, b, emergency], [a, b]);
  for (const call of [a, b]) take(call);

  take(emergency);

  expect(speaking()).toEqual([emergency]);
});
