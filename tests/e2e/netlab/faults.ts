// Faults that take a call's sound or socket away for a while, and how long it took until all was well again. In milliseconds.
import { untilReachable } from '../desk';
import { lasts, requested, soundBack } from './calls';
import type { Ear } from './ear';
import type { Lab } from './lab';

interface Back {
  /** Sound is heard, and sent, since the network came back. */
  readonly heard: number;
  readonly sent: number;
  /** The server has got a REGISTER, since the network came back. */
  readonly registered: number;
  /** The server has got an offer of a new path, since both network and server are there. */
  readonly offered: number;
}

/** Neither signalling nor sound passes for a while. */
export async function networkGone(lab: Lab, ear: Ear, ms: number): Promise<Back> {
  lab.network.cutSip();
  lab.network.cutMedia();
  await lasts(ms);
  lab.network.heal();
  return back(lab, ear, Date.now());
}

/** The computer gets another address, on its other link; the first one is gone. */
export async function switchLink(lab: Lab, ear: Ear): Promise<Back> {
  lab.network.switchLink();
  return back(lab, ear, Date.now());
}

/** Only the sound does not pass for a while. */
export async function soundCut(lab: Lab, ear: Ear, ms: number): Promise<Pick<Back, 'heard' | 'sent'>> {
  lab.network.cutMedia();
  await lasts(ms);
  lab.network.heal();
  const { here, there } = await soundBack(ear, Date.now(), 30_000);
  return { heard: here, sent: there };
}

/** The socket is reset some time after what was just asked; a moment later the way is free again. */
export async function socketReset(lab: Lab, afterMs: number): Promise<void> {
  await lasts(afterMs);
  lab.network.resetSip();
  await lasts(200);
  lab.network.heal();
  await untilReachable(lab.callbar);
}

async function back(lab: Lab, ear: Ear, since: number): Promise<Back> {
  const { here, there } = await soundBack(ear, since, 40_000);
  await untilReachable(lab.callbar);
  const first = (times: readonly number[]) => times.find((at) => at > since) ?? Infinity;
  const registered = first(requested(lab, 'REGISTER'));
  return {
    heard: here,
    sent: there,
    registered: registered - since,
    offered: Math.max(0, first(requested(lab, 'INVITE')) - registered),
  };
}
