// The way back to the first server of the list after another had to take its place: it is tried from time to time, on a
// socket of its own, so that nothing is lost where it is still away.

/** Of all phones that left it not at once: between one and three times this. */
const LOOK_AGAIN_MS = 60_000;
const ANSWER_WITHIN_MS = 5_000;

export interface WayBack {
  /** Another server than the first has us. */
  start(): void;
  stop(): void;
}
interface Wires {
  readonly first: string;
  random(): number;
  /** No call lives that a change could disturb. */
  isIdle(): boolean;
  /** The first server takes sockets again. */
  found(): void;
}

export function openWayBack({ first, random, isIdle, found }: Wires): WayBack {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let probe: WebSocket | undefined;

  const stop = () => {
    clearTimeout(timer);
    const old = probe;
    probe = undefined;
    old?.close();
  };
  const start = () => {
    stop();
    timer = setTimeout(look, LOOK_AGAIN_MS * (1 + 2 * random()));
  };
  const look = () => {
    if (!isIdle()) return start();
    const mine = openSocket(first);
    if (!mine) return start();
    probe = mine;
    timer = setTimeout(start, ANSWER_WITHIN_MS);
    mine.addEventListener('open', () => {
      if (probe !== mine) return;
      stop();
      if (isIdle()) found();
      else start();
    });
    mine.addEventListener('close', () => {
      if (probe === mine) start();
    });
  };
  return { start, stop };
}

/** @returns undefined where the browser refuses on the spot. */
function openSocket(server: string): WebSocket | undefined {
  try {
    return new WebSocket(server, 'sip');
  } catch {
    return undefined; // as a server that is away
  }
}
