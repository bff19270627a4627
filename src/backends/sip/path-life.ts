// Whether the media path of a call carries anything at all. A far end that is silent is another matter: its browser or
// gateway still answers connectivity checks and sends reports. Names of the counters: W3C "Identifiers for WebRTC's
// Statistics API". Pure.

import type { Entry } from './sound-path';

/** What only grows while something arrives: sound, reports, and checks of ICE consent (RFC 7675; Chromium: every 2.5 s). */
const SIGNS: Readonly<Record<string, readonly string[]>> = {
  'inbound-rtp': ['packetsReceived'],
  'candidate-pair': ['bytesReceived', 'responsesReceived', 'requestsReceived'],
  transport: ['bytesReceived'],
};

/** By entry and counter. */
export type SignsOfLife = ReadonlyMap<string, number>;

export function readSigns(report: RTCStatsReport): SignsOfLife {
  const signs = new Map<string, number>();
  report.forEach((entry: Entry) => {
    for (const name of SIGNS[String(entry['type'])] ?? []) {
      const value = entry[name];
      if (typeof value === 'number' && Number.isFinite(value)) signs.set(`${String(entry['id'])} ${name}`, value);
    }
  });
  return signs;
}

/** Whether something arrived between two looks; a counter seen for the first time counts from nothing. */
export function hasGrown(before: SignsOfLife, now: SignsOfLife): boolean {
  return [...now].some(([name, value]) => value > (before.get(name) ?? 0));
}
