// Whether the server at the other end of an open socket is still there: double CRLF and its pong (RFC 5626 §3.5.1), or
// OPTIONS where a server does not answer that. Knows no socket.
import type { MonotonicMs } from '../../domain/time';

const ANSWER_WITHIN_MS = 5_000;
/** Of the round trip that an answer may take where it is awaited: less would close good sockets of slow networks. */
const PATIENT_FOR = 4;
/** How fast a long round trip is forgotten, from answer to answer. */
const FORGETTING = 0.5;

export interface KeepAlive {
  /** A new socket has opened: learns how this server answers. */
  start(): void;
  stop(): void;
  /** Something came in; any frame is a sign of life. */
  received(frame: 'pong' | 'message'): void;
  /** Asks at once, not at the next turn. @param soon where an answer is awaited, and due sooner unless the network is slow. */
  ask(soon?: { readonly withinMs: number; answered(): void }): void;
}
interface Wires {
  readonly everyMs: number;
  now(): MonotonicMs;
  sendCrlf(): void;
  sendOptions(): void;
  /** Nothing came back: half-open. */
  dead(): void;
}

export function openKeepAlive({ everyMs, now, sendCrlf, sendOptions, dead }: Wires): KeepAlive {
  let way: 'unknown' | 'crlf' | 'options' = 'unknown';
  let heard = false;
  let asked = false;
  let askedAt: MonotonicMs | undefined; // the earliest question without an answer
  let roundTripMs = 0; // the longest of late
  let timer: ReturnType<typeof setTimeout> | undefined;
  let awaiting: (() => void)[] = [];

  const wait = () => {
    clearTimeout(timer);
    asked = false;
    timer = setTimeout(ask, everyMs);
  };
  const silent = () => {
    if (way === 'unknown') {
      way = 'options';
      if (heard) wait();
      else ask();
    } else {
      dead();
    }
  };
  const ask = (patienceMs = ANSWER_WITHIN_MS) => {
    clearTimeout(timer);
    asked = true;
    askedAt ??= now();
    timer = setTimeout(silent, patienceMs);
    if (way === 'options') sendOptions();
    else sendCrlf();
  };

  const patience = (withinMs: number) =>
    way === 'unknown' ? ANSWER_WITHIN_MS : Math.min(Math.max(withinMs, roundTripMs * PATIENT_FOR), ANSWER_WITHIN_MS);

  return {
    start() {
      way = 'unknown';
      heard = false;
      askedAt = undefined;
      ask();
    },
    stop() {
      clearTimeout(timer);
      awaiting = [];
    },
    received(frame) {
      heard = true;
      if (way === 'unknown' && frame === 'pong') way = 'crlf';
      if (askedAt !== undefined && (frame === 'pong' || way === 'options')) {
        roundTripMs = Math.max(now() - askedAt, roundTripMs * FORGETTING);
        askedAt = undefined;
      }
      if (way !== 'unknown') wait();
      for (const answered of awaiting.splice(0)) answered();
    },
    ask(soon) {
      if (soon) awaiting.push(soon.answered);
      if (!asked || soon) ask(soon && patience(soon.withinMs));
    },
  };
}
