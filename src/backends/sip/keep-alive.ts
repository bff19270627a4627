// Whether the server at the other end of an open socket is still there: double CRLF and its pong (RFC 5626 §3.5.1), or
// OPTIONS where a server does not answer that. Knows no socket.

const ANSWER_WITHIN_MS = 5_000;

export interface KeepAlive {
  /** A new socket has opened: learns how this server answers. */
  start(): void;
  stop(): void;
  /** Something came in; any frame is a sign of life. */
  received(frame: 'pong' | 'message'): void;
  /** Asks at once, not at the next turn. @param soon where an answer is due sooner than usual, and awaited. */
  ask(soon?: { readonly withinMs: number; answered(): void }): void;
}
interface Wires {
  readonly everyMs: number;
  sendCrlf(): void;
  sendOptions(): void;
  /** Nothing came back: half-open. */
  dead(): void;
}

export function openKeepAlive({ everyMs, sendCrlf, sendOptions, dead }: Wires): KeepAlive {
  let way: 'unknown' | 'crlf' | 'options' = 'unknown';
  let heard = false;
  let asked = false;
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
    timer = setTimeout(silent, patienceMs);
    if (way === 'options') sendOptions();
    else sendCrlf();
  };

  return {
    start() {
      way = 'unknown';
      heard = false;
      ask();
    },
    stop() {
      clearTimeout(timer);
      awaiting = [];
    },
    received(frame) {
      heard = true;
      if (way === 'unknown' && frame === 'pong') way = 'crlf';
      if (way !== 'unknown') wait();
      for (const answered of awaiting.splice(0)) answered();
    },
    ask(soon) {
      if (soon) awaiting.push(soon.answered);
      if (!asked || soon) ask(soon?.withinMs);
    },
  };
}
