import { expect, test, vi } from 'vitest';
import type { World } from '../backend';
import type { SipCall } from './call';
import { openConferences } from './conference';
import { openFloor, type Floor } from './floor';

/** An answered call; `seatless`: the browser has no place for it in a mix. */
function newCall(held: boolean, seatless = false) {
  const call = {
    ...{ id: crypto.randomUUID(), phase: 'answered', transfer: 'none', muted: false, held },
    ...{ isUrgent: () => false, setMicrophone: () => undefined, notice: () => undefined, flows: () => true },
    seat: { setAside: () => undefined, leave: vi.fn() },
    confer: () => {
      if (seatless) throw new DOMException('no more sound', 'NotSupportedError');
    },
    takeBack: async () => ((call.held = false), true),
    async waitOnHold(wanted: () => boolean = () => true) {
      await Promise.resolve();
      if (wanted()) call.held = true;
      return true;
    },
  };
  return call;
}
type Fake = ReturnType<typeof newCall>;
const asCall = (fake: Fake) => fake as unknown as SipCall;

function phoneOf(...calls: Fake[]) {
  const emit = vi.fn();
  const mix = { close: vi.fn() };
  const world = { emit, media: { openMix: () => mix } } as unknown as World;
  const conferences = openConferences(world, () => floor);
  const floor: Floor = openFloor(() => calls.map(asCall), conferences.together);
  const heard = () => calls.filter((call) => !call.held && floor.mayBeHeard(asCall(call)));
  return { conferences, floor, heard, emit, mix };
}

test.for([
  ['on hold', true, false],
  ['we talk to', false, true],
] as const)('no place in the mix for the call %s: Merge is refused, and both are as they were', async (which) => {
  const [, heldSeatless, activeSeatless] = which;
  const [held, active] = [newCall(true, heldSeatless), newCall(false, activeSeatless)];
  const { conferences, floor, heard, emit, mix } = phoneOf(held, active);
  floor.take(asCall(active));

  await expect(conferences.merge(asCall(held), asCall(active))).rejects.toMatchObject({ name: 'NotSupportedError' });
  await new Promise<void>((resolve) => setImmediate(resolve));

  expect(conferences.partiesOf(asCall(held))).toEqual([held]);
  expect(conferences.partiesOf(asCall(active))).toEqual([active]);
  expect([held.held, active.held]).toEqual([true, false]);
  expect(heard()).toEqual([active]);
  expect(emit).not.toHaveBeenCalled();
  expect(mix.close).toHaveBeenCalled();
});
