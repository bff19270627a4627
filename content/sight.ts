// Whether a person can see an element: nothing of the page drawn over it, in whatever layer, nor over the frame it is in.
// IntersectionObserver v2 (Chrome 74): the browser answers from what it paints. https://w3c.github.io/IntersectionObserver/v2/

export type Seen = 'yes' | 'covered' | 'unknown'; // unknown until the browser has looked

export interface Sight {
  begin(): void;
  end(): void;
  now(): Seen;
}

const lookEveryMs = 100; // the shortest delay that the browser allows

// Not in TypeScript's DOM library yet.
interface LookInit extends IntersectionObserverInit {
  trackVisibility: boolean;
  delay: number;
}
interface Look extends IntersectionObserverEntry {
  readonly isVisible?: boolean;
}

/** @param uncovered called when what lay over the element is gone. */
export function watchSight(element: Element, uncovered: () => void): Sight {
  let seen: Seen = 'unknown';
  const take = (looks: readonly Look[]) => {
    for (const { isVisible } of looks) {
      if (seen === 'covered' && isVisible === true) uncovered();
      seen = isVisible === true ? 'yes' : 'covered';
    }
  };
  const init: LookInit = { trackVisibility: true, delay: lookEveryMs };
  const observer = new IntersectionObserver(take, init);
  return {
    begin() {
      seen = 'unknown';
      observer.observe(element);
    },
    end: () => observer.disconnect(),
    now() {
      take(observer.takeRecords());
      return seen;
    },
  };
}
