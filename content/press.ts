// Which clicks count: a person's own plain press and release on one spot. Pure; times and places come in.
// Reliability: isTrusted alone is not enough, a label passes on trusted clicks, and a page may swap what lies under the hand.

/** What is read from a pointer event; `target` is whatever lay under it: a number of ours or a link. */
export interface PointerFacts<Target> {
  isTrusted: boolean;
  button: number;
  modified: boolean; // Alt, Ctrl, Meta or Shift held
  x: number;
  y: number;
  at: number; // event.timeStamp, ms
  clicks: number; // event.detail; 0 for a click made by a key or passed on by a label
  target: Target | undefined;
}

const steadyPx = 5;
const longestPressMs = 5_000;
const stalestMs = 1_000;

/** Whether a click is a plain one that began and ended on the same target. `now` as `at`. */
export function isPlainClick<Target>(
  down: PointerFacts<Target> | undefined,
  click: PointerFacts<Target>,
  now: number,
): boolean {
  if (down === undefined || click.target === undefined || down.target !== click.target) return false;
  const person = down.isTrusted && click.isTrusted && click.clicks === 1;
  const primary = down.button === 0 && click.button === 0 && !down.modified && !click.modified;
  const steady = Math.hypot(click.x - down.x, click.y - down.y) <= steadyPx;
  const fresh = now - click.at <= stalestMs && click.at - down.at <= longestPressMs;
  return person && primary && steady && fresh;
}
