// All paired headsets that are plugged in: opened when they come, forgotten when they go, tried again while another program holds one.
import type { HeadsetFacts } from '../domain/headset';
import { createHeadset, type Headset, type HeadsetWorld } from './headset';
import { isTelephony } from './layout';
import type { HeadsetDevice, HeadsetPort } from './port';

const BUSY_AGAIN_MS = 15_000;
const OPEN_WITHIN_MS = 3_000;

export interface Headsets {
  /** Looks again, also for what was paired or forgotten meanwhile; resolves when all that can be is open. */
  look(): Promise<void>;
  /** The phone's state has changed: the lights follow. */
  phoneChanged(): void;
}

/** @param tell the whole list, whenever something of it has changed. */
export function openHeadsets(
  port: HeadsetPort,
  world: HeadsetWorld,
  tell: (headsets: readonly HeadsetFacts[]) => void,
): Headsets {
  const known = new Map<HeadsetDevice, Headset>();
  let looking: Promise<void> = Promise.resolve();
  let retrying = false;
  let told = '[]';

  function changed(): void {
    const headsets = [...known.values()].map((headset) => headset.facts());
    const text = JSON.stringify(headsets);
    if (text === told) return;
    told = text;
    tell(headsets);
  }

  async function lookNow(): Promise<void> {
    const devices = (await port.devices()).filter(({ collections }) => isTelephony(collections));
    for (const [device, headset] of known) {
      if (devices.includes(device)) continue;
      headset.stop();
      known.delete(device);
    }
    for (const device of devices) {
      if (!known.has(device)) known.set(device, createHeadset(device, world, changed));
    }
    await inTime(Promise.all([...known.values()].map((headset) => headset.open())));
    changed();
    if ([...known.values()].some((headset) => headset.facts().state === 'busy')) tryLater();
  }

  /** One whose driver never answers keeps no other from being found; it is taken when it answers at last. */
  async function inTime(opening: Promise<unknown>): Promise<void> {
    await Promise.race([opening, new Promise<void>((resolve) => world.later(OPEN_WITHIN_MS, resolve))]);
  }

  function tryLater(): void {
    if (retrying) return;
    retrying = true;
    world.later(BUSY_AGAIN_MS, () => {
      retrying = false;
      void look();
    });
  }

  function look(): Promise<void> {
    looking = looking.then(lookNow).catch((cause: unknown) => {
      world.log('warning', `headset: not listed: ${cause instanceof Error ? cause.name : 'Error'}`);
    });
    return looking;
  }

  port.watch(() => void look());
  void look();
  return {
    look,
    phoneChanged() {
      for (const headset of known.values()) headset.phoneChanged();
    },
  };
}
