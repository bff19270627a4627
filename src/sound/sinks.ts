// Puts one sound on the first of several output devices that takes it. The newest wish wins, also over a device whose
// driver never answers.

/** An `<audio>` element or, since Chrome 110, an AudioContext. */
export interface Sinkable {
  setSinkId(sinkId: string): Promise<unknown>;
}
/** By then the next device is tried. */
const ANSWER_WITHIN_MS = 1_000;

/**
 * @returns to be given the ids of outputs, the first that can be used is: one that is gone must silence nothing.
 *   Resolves, never rejects, when nothing more can be tried: it then goes on where it sounds.
 */
export function openSinks(player: Sinkable): (sinks: readonly string[]) => Promise<void> {
  let wish: readonly string[] = [];
  let newest = 0;
  let trying: Promise<void> | undefined;

  function use(sinks: readonly string[]): Promise<void> {
    wish = sinks.includes('') ? sinks : [...sinks, ''];
    newest += 1;
    trying ??= tryAll();
    return trying;
  }
  /** One device after the other, and from the beginning where another wish has come meanwhile. */
  async function tryAll(): Promise<void> {
    for (let mine = 0; mine !== newest;) {
      mine = newest;
      for (const sink of wish) if ((await takes(sink, mine)) || mine !== newest) break;
    }
    trying = undefined; // at once: a wish that comes a moment later begins anew
  }
  function takes(sink: string, mine: number): Promise<boolean> {
    return new Promise((resolve) => {
      let isLate = false;
      const patience = setTimeout(() => {
        isLate = true;
        resolve(false);
      }, ANSWER_WITHIN_MS);
      const answered = (taken: boolean) => {
        clearTimeout(patience);
        resolve(taken);
        if (isLate && taken && mine !== newest) void use(wish); // it has just taken the sound from where it is wanted now
      };
      player.setSinkId(sink).then(
        () => answered(true),
        () => answered(false),
      );
    });
  }
  return use;
}
