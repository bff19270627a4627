// Our own table of the numbers found in this document. What is dialled comes from here, never from the page's highlight registry.

/** One number on the page. `Place` is a StaticRange, `Head` the first text node of its line. */
export interface FoundNumber<Head, Place> {
  head: Head;
  place: Place;
  raw: string; // as it stands on the page
  dial: string;
  extension?: string;
  since: number; // performance.now() when it was found
}

export interface NumberTable<Head, Place> {
  /** Puts the numbers of one line in the place of those it had before. */
  replace(head: Head, numbers: readonly FoundNumber<Head, Place>[]): void;
  /** Drops every line for which `keep` says no. */
  sweep(keep: (head: Head) => boolean): void;
  numberAt(place: Place): FoundNumber<Head, Place> | undefined;
  all(): Iterable<FoundNumber<Head, Place>>;
  size(): number;
}

/** @param watch told of each place that comes and goes, to paint it. */
export function createNumberTable<Head, Place>(watch: {
  added(place: Place): void;
  removed(place: Place): void;
}): NumberTable<Head, Place> {
  const lines = new Map<Head, readonly FoundNumber<Head, Place>[]>();
  const places = new Map<Place, FoundNumber<Head, Place>>();

  const drop = (head: Head) => {
    for (const { place } of lines.get(head) ?? []) {
      places.delete(place);
      watch.removed(place);
    }
    lines.delete(head);
  };

  return {
    replace(head, numbers) {
      drop(head);
      if (numbers.length === 0) return;
      lines.set(head, numbers);
      for (const number of numbers) {
        places.set(number.place, number);
        watch.added(number.place);
      }
    },
    sweep(keep) {
      for (const head of lines.keys()) if (!keep(head)) drop(head);
    },
    numberAt: (place) => places.get(place),
    all: () => places.values(),
    size: () => places.size,
  };
}
