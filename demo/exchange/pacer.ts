// One beat every 20 ms for all generated sound. Beats are counted from the start, so that lateness never adds up.
export const frameMs = 20;
export const sampleRate = 8000;
export const frameSamples = (sampleRate * frameMs) / 1000;
const mostBeatsCaughtUp = 10; // after a longer stall (a laptop asleep) the rest is silence, not a burst

const listeners = new Set<() => void>();
let startedAt = 0;
let beats = 0;
let timer: NodeJS.Timeout | undefined;

/** Calls `beat` every 20 ms until the returned function is called. */
export function onBeat(beat: () => void): () => void {
  listeners.add(beat);
  if (!timer) {
    startedAt = performance.now();
    beats = 0;
    timer = setTimeout(run, frameMs);
  }
  return () => {
    listeners.delete(beat);
    if (listeners.size > 0) return;
    clearTimeout(timer);
    timer = undefined;
  };
}

function run(): void {
  const due = Math.floor((performance.now() - startedAt) / frameMs);
  if (due - beats > mostBeatsCaughtUp) beats = due - mostBeatsCaughtUp;
  for (; beats < due; beats++) for (const beat of listeners) beat();
  if (listeners.size === 0) return;
  timer = setTimeout(run, Math.max(1, startedAt + (beats + 1) * frameMs - performance.now()));
}
