// Listens to a call for the figures of a test: what the browser receives, sampled ten times a second in its own page, and what
// rtpengine receives, packet by packet. Times are those of `Date.now()`, the same on both ends: it is one computer.
import type { Callbar } from '../../../demo/browser/callbar';
import type { Phone, RealServers } from '../servers/real-servers';

/** When packets came, in order. */
type Arrivals = readonly number[];

export interface Ear {
  /** In the browser, from the far end. As fine as it is sampled. */
  here(): Promise<Arrivals>;
  /** In rtpengine, from the browser. */
  there(): Arrivals;
}

/** Listens to the one live call of the browser, which must have been answered, with this phone. */
export async function listen(callbar: Callbar, servers: RealServers, phone: Phone): Promise<Ear> {
  await callbar.offscreen.onConnections(SAMPLE);
  const fromPhone = ({ sourcePort }: { sourcePort: number }) =>
    sourcePort >= phone.rtpPorts.first && sourcePort <= phone.rtpPorts.last;
  return {
    here: async () => (await callbar.offscreen.evaluate('globalThis.labArrivals')) as number[], // SAMPLE writes them
    there: () => servers.packets().flatMap((packet) => (fromPhone(packet) ? [] : [packet.at])),
  };
}

const EVERY_MS = 100;
const SAMPLE = `async function () {
  clearInterval(globalThis.labTimer);
  const live = [...this].filter((one) => one.connectionState !== 'closed');
  const arrivals = (globalThis.labArrivals = []);
  let before;
  globalThis.labTimer = setInterval(async () => {
    const at = performance.timeOrigin + performance.now();
    let packets = 0;
    for (const one of live) for (const report of (await one.getStats()).values())
      if (report.type === 'inbound-rtp' && report.kind === 'audio') packets += report.packetsReceived ?? 0;
    if (packets > before) arrivals.push(at);
    before = packets;
  }, ${EVERY_MS});
}`;

/** The longest time without an arrival in a stretch of time that sound came before and after. */
export function longestGapMs(arrivals: Arrivals, from: number, to: number): number {
  const before = arrivals.findLast((at) => at <= from) ?? from;
  const after = arrivals.find((at) => at >= to) ?? to;
  const within = [before, ...arrivals.filter((at) => at > from && at < to), after];
  return Math.max(...within.map((at, index) => at - (within[index - 1] ?? at)));
}

/** How long after `from` sound came steadily again: the first of ten arrivals within two seconds. */
export function backAfterMs(arrivals: Arrivals, from: number): number {
  const later = arrivals.filter((at) => at > from);
  const first = later.find((at, index) => (later[index + 9] ?? Infinity) - at < 2_000);
  return first === undefined ? Infinity : first - from;
}
