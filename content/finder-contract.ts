// How the two content scripts meet: one symbol in the isolated world they share. Types and one key, no library.
import type { FindOptions, PhoneMatch } from '../src/phone-number/find';

export interface Finder {
  find(text: string, options: FindOptions): PhoneMatch[];
  format(dial: string, country: string): string;
}

const key = Symbol.for('callbar.finder');

export function offerFinder(finder: Finder): void {
  Reflect.set(globalThis, key, finder);
}

/** The finder, once the second script ran in this document. */
export function takeFinder(): Finder | undefined {
  return Reflect.get(globalThis, key) as Finder | undefined; // only our own scripts live in this world
}
