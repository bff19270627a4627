// Keys as telephone events in RTP, both ways. RFC 4733 §2.3: event, end bit and volume, duration in samples.

const keys = '0123456789*#ABCD';

/** Reads the packets of one stream; a key is told once, at its first packet, however often that is repeated. */
export class KeyReader {
  private lastTimestamp: number | undefined;

  read(payload: Uint8Array, timestamp: number): string | undefined {
    if (payload.length < 4 || timestamp === this.lastTimestamp) return undefined;
    this.lastTimestamp = timestamp;
    return keys[payload[0]!];
  }
}

/** Payloads of one key pressed for 100 ms: one per 20 ms, the last three times over (RFC 4733 §2.5.1.4). */
export function writeKey(key: string): Uint8Array[] {
  const event = keys.indexOf(key);
  if (event < 0) return [];
  const packet = (samples: number, end: boolean) =>
    Uint8Array.of(event, (end ? 0x80 : 0) | 10, samples >> 8, samples & 0xff);
  const pressed = [160, 320, 480, 640].map((samples) => packet(samples, false));
  return [...pressed, packet(800, true), packet(800, true), packet(800, true)];
}
