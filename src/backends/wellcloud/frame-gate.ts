// What stands between the event socket and the STOMP library: only whole, sound frames pass. One false `content-length` makes
// stompjs 7.5.0 swallow all that follows without an error; a header without a colon, or a frame for a subscription named
// `__proto__`, confuse it. STOMP 1.1, "Augmented BNF", "Repeated Header Entries", "Body". Pure.
import { readHead, type OddFrame } from './frame-head';

/** Of one frame, in bytes: far beyond any event, far below what would block the phone. */
export const FRAME_MAX = 262_144;
/** What is larger, up to here, is passed over; beyond it, the length itself is taken for a lie. */
export const PASSED_OVER_MAX = 4_194_304;
const HEAD_MAX = 16_384;
const [NUL, LF, CR] = [0, 10, 13];

export interface FrameGate {
  /** @returns what may pass: whole frames, or nothing; undefined: the stream is of no more use. */
  take(chunk: Uint8Array): Uint8Array | undefined;
  /** How many frames have begun, the unfinished one with them; undefined where none is unfinished. */
  unfinished(): number | undefined;
}

/** The frame under way. `length` is that of the body; undefined: up to the next NUL. */
interface Begun {
  readonly bodyAt: number;
  readonly length: number | undefined;
  /** As it may pass, where not as it came. */
  readonly head?: Uint8Array;
  readonly pass: boolean;
}
/** How far a frame too large has been passed over. */
interface PassingOver {
  seen: number;
  readonly until: number | undefined;
}

export function openFrameGate(subscription: string, odd: (what: OddFrame) => void): FrameGate {
  let held = new Uint8Array(0);
  let size = 0;
  let begun: Begun | undefined;
  let over: PassingOver | undefined;
  let lookedTo = 0; // in what is held, for the end of the head or of the body
  let inside = false;
  let opened = false; // a second CONNECTED would make the library begin anew, within the old
  let count = 0;

  function append(chunk: Uint8Array): void {
    if (size + chunk.length > held.length) {
      const larger = new Uint8Array(2 * (size + chunk.length));
      larger.set(held.subarray(0, size));
      held = larger;
    }
    held.set(chunk, size);
    size += chunk.length;
  }

  /** @returns where the next frame begins; undefined: more is needed; false: broken. */
  function frameEnd(bytes: Uint8Array, from: number, out: Uint8Array[]): number | undefined | false {
    if (!begun) {
      const bodyAt = headEnd(bytes, from + lookedTo);
      if (bodyAt === undefined) {
        lookedTo = Math.max(0, bytes.length - from - 2); // the blank line may be cut in two
        return bytes.length - from > HEAD_MAX ? false : undefined;
      }
      const head = bodyAt - from > HEAD_MAX ? undefined : readHead(bytes.subarray(from, bodyAt), subscription);
      if (!head || (head.length ?? 0) > PASSED_OVER_MAX || (head.opens && opened)) return false;
      opened ||= head.opens;
      if (head.odd) odd(head.odd);
      begun = {
        bodyAt: bodyAt - from,
        length: head.length,
        pass: head.pass,
        ...(head.mended && { head: head.mended }),
      };
      lookedTo = begun.bodyAt;
    }
    const { bodyAt, length, head, pass } = begun;
    const nul = length === undefined ? bytes.indexOf(NUL, from + lookedTo) : from + bodyAt + length;
    lookedTo = bytes.length - from;
    const tooLarge = (length ?? (nul < 0 ? bytes.length : nul) - from - bodyAt) > FRAME_MAX;
    if (tooLarge) {
      odd('tooLarge');
      over = { seen: 0, until: length === undefined ? undefined : bodyAt + length };
      return passOver(bytes, from);
    }
    if (nul < 0 || nul >= bytes.length) return undefined;
    if (bytes[nul] !== NUL) return false; // the length was a lie: where the frame ends, nobody knows
    if (pass) out.push(...(head ? [head, bytes.subarray(from + bodyAt, nul + 1)] : [bytes.subarray(from, nul + 1)]));
    return nul + 1;
  }

  function passOver(bytes: Uint8Array, from: number): number | undefined | false {
    if (!over) return from;
    const { until } = over;
    const nul = until === undefined ? bytes.indexOf(NUL, from) : from + until - over.seen;
    if (nul < 0 || nul >= bytes.length) {
      over.seen += bytes.length - from;
      return over.seen > PASSED_OVER_MAX ? false : undefined;
    }
    return bytes[nul] === NUL ? nul + 1 : false;
  }

  return {
    take(chunk) {
      if (size > 0) append(chunk);
      const bytes = size > 0 ? held.subarray(0, size) : chunk;
      const out: Uint8Array[] = [];
      let from = 0;
      for (;;) {
        if (!begun && !over) {
          if (from === bytes.length) break;
          const byte = bytes[from] ?? NUL;
          if (byte === LF || byte === NUL || byte === CR) {
            from += 1;
            continue;
          }
          if (!inside) count += 1;
          inside = true;
        }
        const end = over ? passOver(bytes, from) : frameEnd(bytes, from, out);
        if (end === false) return undefined;
        if (end === undefined) break;
        begun = over = undefined;
        inside = false;
        lookedTo = 0;
        from = end;
      }
      keep(bytes, over ? bytes.length : from);
      return joined(out);
    },
    unfinished: () => (inside ? count : undefined),
  };

  /** What is left, of a frame that has not ended; in a place of its own, as what passes is still to be read. */
  function keep(bytes: Uint8Array, from: number): void {
    if (size > 0 && from === 0) return;
    held = bytes.slice(from);
    size = held.length;
  }
}

/** Where the body begins: behind the first blank line. */
function headEnd(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(LF, from); at >= 0; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at + 1] === LF) return at + 2;
    if (bytes[at + 1] === CR && bytes[at + 2] === LF) return at + 3;
  }
  return undefined;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only = new Uint8Array(0), ...more] = parts;
  if (more.length === 0) return only;
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
