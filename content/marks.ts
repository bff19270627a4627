// Paints numbers with the CSS Custom Highlight API and says which one lies under a point.
// The registry is shared with the page, so nothing is read from it but places that our own table knows.
import { createNumberTable, type FoundNumber, type NumberTable } from './number-table';

export const highlightName = 'callbar-number';
const restoreEveryMs = 1_000;

export type PageNumber = FoundNumber<Text, StaticRange>;

export interface Marks {
  table: NumberTable<Text, StaticRange>;
  /** The number painted at a point of the window; `roots` are the open shadow roots to look into. */
  numberAt(x: number, y: number, roots: readonly ShadowRoot[]): PageNumber | undefined;
}

// Not in TypeScript's DOM library yet.
interface HitRegistry {
  highlightsFromPoint?(
    x: number,
    y: number,
    options: { shadowRoots: readonly ShadowRoot[] },
  ): readonly { highlight?: Highlight; ranges?: readonly AbstractRange[] }[];
}
interface CaretDocument {
  caretPositionFromPoint?(x: number, y: number, options: { shadowRoots: readonly ShadowRoot[] }): CaretPosition | null;
}

export function createMarks(signal: AbortSignal): Marks {
  const highlight = new Highlight();
  let guarding = false;

  const show = () => {
    if (CSS.highlights.get(highlightName) !== highlight) CSS.highlights.set(highlightName, highlight);
  };
  const guard = () => {
    if (guarding) return;
    guarding = true;
    show();
    const timer = setInterval(show, restoreEveryMs); // the page may have cleared it
    signal.addEventListener('abort', () => clearInterval(timer));
  };
  signal.addEventListener('abort', () => {
    highlight.clear();
    if (CSS.highlights.get(highlightName) === highlight) CSS.highlights.delete(highlightName);
  });

  const table = createNumberTable<Text, StaticRange>({
    added: (place) => {
      highlight.add(place);
      guard();
    },
    removed: (place) => {
      highlight.delete(place);
    },
  });

  const painted = (x: number, y: number, roots: readonly ShadowRoot[]) => {
    const registry = CSS.highlights as HitRegistry;
    for (const { ranges = [] } of registry.highlightsFromPoint?.(x, y, { shadowRoots: roots }) ?? []) {
      for (const range of ranges) {
        const number = range instanceof StaticRange ? table.numberAt(range) : undefined;
        if (number !== undefined) return number;
      }
    }
    return undefined;
  };

  return {
    table,
    numberAt: (x, y, roots) => (table.size() === 0 ? undefined : (painted(x, y, roots) ?? byCaret(table, x, y, roots))),
  };
}

/** For a registry that the page has cleared, and for browsers without `highlightsFromPoint`. */
function byCaret(
  table: NumberTable<Text, StaticRange>,
  x: number,
  y: number,
  roots: readonly ShadowRoot[],
): PageNumber | undefined {
  const caret = (document as CaretDocument).caretPositionFromPoint?.(x, y, { shadowRoots: roots });
  if (!(caret?.offsetNode instanceof Text)) return undefined;
  for (const number of table.all()) {
    const { startContainer, endContainer } = number.place;
    if (caret.offsetNode !== startContainer && caret.offsetNode !== endContainer) continue;
    if (boxesOf(number).some((box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom))
      return number;
  }
  return undefined;
}

/** The number as a live range, or nothing when its text has changed or gone since. */
export function liveRange({ place, raw }: PageNumber): Range | undefined {
  if (!place.startContainer.isConnected || !place.endContainer.isConnected) return undefined;
  const range = new Range();
  try {
    range.setStart(place.startContainer, place.startOffset);
    range.setEnd(place.endContainer, place.endOffset);
  } catch (error) {
    if (error instanceof DOMException) return undefined; // the text became shorter
    throw error;
  }
  return range.toString() === raw ? range : undefined;
}

export function boxesOf(number: PageNumber): readonly DOMRect[] {
  return [...(liveRange(number)?.getClientRects() ?? [])];
}
