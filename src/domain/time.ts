// The two clocks of the phone. Durations use the first, the history the second.

/** performance.timeOrigin + performance.now() of the offscreen document: no clock change moves it. */
export type MonotonicMs = number;
/** Date.now(): what the clock on the wall said. */
export type WallMs = number;
