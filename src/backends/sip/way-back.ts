// The way back to the first server of the list after another had to take its place: its registrar is asked from time to
// time, on a socket of its own, so that nothing is lost where it is still away.
import { readQueryAnswer } from './registrar-query';

/** Of all phones that left it not at once: between one and three times this. */
const LOOK_AGAIN_MS = 60_000;
/** After each time that it was gone over to in vain the wait is doubled, up to an hour or three. */
const DOUBLED_AT_MOST = 6;
const ANSWER_WITHIN_MS = 5_000;

export interface WayBack {
  /** Another server than the first has us. */
  start(): void;
  stop(): void;
  /** How it went after `found`. */
  tried(outcome: 'registered' | 'failed'): void;
}
interface Wires {
  readonly first: string;
  random(): number;
  /** A question that only a registrar at work answers; another one each time. */
  query(): string;
  /** No call lives that a change could disturb. */
  isIdle(): boolean;
  /** The registrar of the first server is at work. */
  found(): void;
}

export function openWayBack({ first, random, query, isIdle, found }: Wires): WayBack {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let probe: WebSocket | undefined;
  let failures = 0;

  const stop = () => {
    clearTimeout(timer);
    const old = probe;
    probe = undefined;
    old?.close();
  };
  const start = () => {
    stop();
    const base = LOOK_AGAIN_MS * 2 ** Math.min(failures, DOUBLED_AT_MOST);
    timer = setTimeout(look, base * (1 + 2 * random()));
  };
  const look = () => {
    if (!isIdle()) return start();
    const mine = openSocket(first);
    if (!mine) return start();
    probe = mine;
    timer = setTimeout(start, ANSWER_WITHIN_MS);
    mine.addEventListener('open', () => {
      if (probe === mine) mine.send(query());
    });
    mine.addEventListener('message', ({ data }) => {
      const answer = readQueryAnswer(data);
      if (probe !== mine || !answer) return;
      stop();
      if (answer === 'atWork' && isIdle()) found();
      else start();
    });
    mine.addEventListener('close', () => {
      if (probe === mine) start();
    });
  };
  return {
    start,
    stop,
    tried(outcome) {
      failures = outcome === 'registered' ? 0 : failures + 1;
    },
  };
}

/** @returns undefined where the browser refuses on the spot. */
function openSocket(server: string): WebSocket | undefined {
  try {
    return new WebSocket(server, 'sip');
  } catch {
    return undefined; // as a server that is away
  }
}
