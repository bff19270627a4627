// Time as the exchange sees it, so that tests can own it.

export interface Clock {
  /** Milliseconds; only differences mean anything. */
  now(): number;
  /** Runs `then` once after `ms`; the returned function calls it off. */
  after(ms: number, then: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (ms, then) => {
    const timer = setTimeout(then, ms);
    timer.unref(); // the listening sockets keep the process alive, not what may still come
    return () => clearTimeout(timer);
  },
};
