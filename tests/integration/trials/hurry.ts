// Timers of one length come sooner: what is set for minutes happens within a test. All others keep their time.

/** @returns what puts the clock right again. */
export function hurryTimers(lengthMs: number, insteadMs: number): () => void {
  const real = globalThis.setTimeout;
  const hurried = ((callback: () => void, ms?: number, ...rest: unknown[]) =>
    real(callback, ms === lengthMs ? insteadMs : ms, ...rest)) as typeof setTimeout;
  globalThis.setTimeout = Object.assign(hurried, real);
  return () => void (globalThis.setTimeout = real);
}
