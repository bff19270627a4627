// A WebSocket as the STOMP library sees it: only sound frames reach it, and whoever is silent for too long, or sends bytes that
// never become a frame, is told of. The library would wait for ever.
import type { IStompSocket } from '@stomp/stompjs';
import { openFrameGate } from './frame-gate';
import type { OddFrame } from './frame-head';

/** Longer than any event takes on the way. */
const FRAME_WITHIN_MS = 5_000;

interface Wires {
  monotonic(): number;
  odd(what: OddFrame): void;
  /** No more of the stream is read. */
  broken(): void;
  /** Nothing at all came for as long as was given. */
  silent(): void;
}
export interface GatedSocket {
  readonly shown: IStompSocket;
  /** From now on something must come at least so often. */
  expectWithin(ms: number): void;
}

export function gated(socket: WebSocket, subscription: string, { monotonic, odd, broken, silent }: Wires): GatedSocket {
  const encoder = new TextEncoder();
  const gate = openFrameGate(subscription, odd);
  let patience: { readonly frame: number; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  let watch: ReturnType<typeof setTimeout> | undefined;
  let heardAt = monotonic();
  const stop = () => {
    clearTimeout(patience?.timer);
    clearTimeout(watch);
  };
  const shown: IStompSocket = {
    url: socket.url,
    onopen: null,
    onmessage: null,
    onclose: null,
    onerror: null,
    get readyState() {
      return socket.readyState;
    },
    send: (data: string | ArrayBuffer) => socket.send(data),
    close() {
      stop();
      socket.close();
    },
  };
  socket.binaryType = 'arraybuffer';
  socket.onopen = (event) => shown.onopen?.(event);
  socket.onerror = (event) => shown.onerror?.(event);
  socket.onclose = (event) => {
    stop();
    shown.onclose?.(event);
  };
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    heardAt = monotonic();
    const passing = gate.take(typeof data === 'string' ? encoder.encode(data) : new Uint8Array(data));
    if (!passing) {
      stop();
      return broken();
    }
    if (passing.length > 0) shown.onmessage?.({ data: passing as unknown as ArrayBuffer }); // it copies what it is given
    const frame = gate.unfinished();
    if (frame === patience?.frame) return;
    clearTimeout(patience?.timer);
    patience = frame === undefined ? undefined : { frame, timer: setTimeout(broken, FRAME_WITHIN_MS) };
  };

  return {
    shown,
    expectWithin(ms) {
      const look = () => {
        const left = heardAt + ms - monotonic();
        if (left <= 0) silent();
        else watch = setTimeout(look, left);
      };
      look();
    },
  };
}
