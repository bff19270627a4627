// Watches the bytes of a STOMP stream for frames that never end: one false `content-length` makes the STOMP library swallow
// all that follows, without an error (stompjs 7.5.0). STOMP 1.2, "Augmented BNF" and "Body". Pure.

/** Of one frame, in bytes: far beyond any event, far below what would block the phone. */
export const FRAME_MAX = 262_144;
const HEAD_MAX = 16_384;
const [NUL, LF, CR] = [0, 10, 13];

export interface FrameWatch {
  /** @returns false once a frame is, or says it will be, beyond all size: the stream is of no more use. */
  see(chunk: Uint8Array): boolean;
  /** A frame has begun and not ended. */
  unfinished(): boolean;
}

export function watchFrames(): FrameWatch {
  const decoder = new TextDecoder();
  let state: 'between' | 'head' | 'body' = 'between';
  let head: number[] = [];
  /** Bytes of the body and its NUL still to come; undefined: up to the next NUL. */
  let left: number | undefined;
  let size = 0;

  const beginBody = (): boolean => {
    const length = /^content-length:(.*)$/m.exec(decoder.decode(new Uint8Array(head)).replaceAll('\r', ''))?.[1];
    head = [];
    state = 'body';
    size = 0;
    left = length === undefined ? undefined : Number(length) + 1;
    return length === undefined || (/^\d{1,9}$/.test(length) && Number(length) <= FRAME_MAX);
  };
  const seeHead = (byte: number): boolean => {
    if (byte === CR) return true;
    const isBlankLine = byte === LF && head.at(-1) === LF;
    head.push(byte);
    return isBlankLine ? beginBody() : head.length <= HEAD_MAX;
  };
  /** @returns where the chunk goes on after this body, or the end of it. */
  const seeBody = (chunk: Uint8Array, from: number): number => {
    const end = left === undefined ? chunk.indexOf(NUL, from) : Math.min(from + left, chunk.length) - 1;
    const next = end < 0 ? chunk.length : end + 1;
    size += next - from;
    if (left !== undefined) left -= next - from;
    if (left === undefined ? end >= 0 : left === 0) state = 'between';
    return next;
  };

  return {
    see(chunk) {
      for (let at = 0; at < chunk.length;) {
        const byte = chunk[at] ?? NUL;
        if (state === 'body') {
          at = seeBody(chunk, at);
          if (size > FRAME_MAX) return false;
          continue;
        }
        at += 1;
        if (state === 'between' && (byte === NUL || byte === LF || byte === CR)) continue;
        state = 'head';
        if (!seeHead(byte)) return false;
      }
      return true;
    },
    unfinished: () => state !== 'between',
  };
}
