// Walks the page's text in slices and keeps the table of numbers true while the page changes. Cheap test first;
// the number library is fetched once the first candidate is met.
import type { PageSettings } from '../src/messaging/contract';
import { speaksOfPhone } from '../src/phone-number/context-words';
import type { PhoneMatch } from '../src/phone-number/find';
import { candidacyOf } from '../src/phone-number/prefilter';
import { attributeOf, contains, elementAround, isConnected, isDesigned, shadowRootOf } from './dom';
import type { Finder } from './finder-contract';
import { createLabels } from './label';
import type { Marks, PageNumber } from './marks';
import { isTelephoneHref } from './skip';
import { createRescans } from './rescans';
import { createSkips } from './skipped-elements';
import { createAllowance, sliceMs, yieldToPage } from './slices';
import { headOf, rangeIn, runFrom } from './text-run';

export interface Scanner {
  /** Looks at everything under this node, soon. */
  queue(node: Node): void;
  /** Open shadow roots met so far. */
  roots(): readonly ShadowRoot[];
}

export interface ScannerParts {
  marks: Marks;
  settings(): PageSettings;
  bringFinder(): Promise<Finder | undefined>;
  /** Called when the page holds a telephone link. */
  metLink(): void;
  /** Whether numbers may be marked; the page may have declined, and still its links are taken over. */
  marking: boolean;
  signal: AbortSignal;
}

const longestPiece = 10_000; // characters looked at in one go
const askAgainMs = 5_000; // for the finder, while candidates wait for it
const freeMs = 10_000; // a page's first look is not booked on its allowance: it ends with the page
const checkEvery = 32; // nodes between two looks at the clock

export function createScanner({ marks, settings, bringFinder, metLink, marking, signal }: ScannerParts): Scanner {
  const queued = new Set<Node>();
  const waiting = new Set<Text>(); // candidates that wait for the finder
  const roots = new Set<ShadowRoot>();
  const rescans = createRescans<Text>(queue, signal);
  const allowance = createAllowance();
  const freeUntil = performance.now() + freeMs;
  let finder: Finder | undefined;
  let fetching = false;
  let working = false;
  let labels = createLabels();
  let isSkipped = createSkips();

  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes, previousSibling, nextSibling } of records) {
      if (type === 'characterData') queue(target);
      for (const node of addedNodes) queue(node);
      // A text that lost its neighbour reads differently now.
      if (previousSibling instanceof Text) queue(previousSibling);
      if (nextSibling instanceof Text) queue(nextSibling);
    }
    if (marks.table.size() > 0) marks.table.sweep(isConnected);
  });
  signal.addEventListener('abort', () => {
    observer.disconnect();
    queued.clear();
    waiting.clear();
  });

  const observe = (root: Node) => observer.observe(root, { childList: true, characterData: true, subtree: true });
  observe(document);

  function queue(node: Node): void {
    if (signal.aborted) return;
    queued.add(node);
    if (working) return;
    working = true;
    requestIdleCallback(() => void work(), { timeout: 100 });
  }

  async function work(): Promise<void> {
    labels = createLabels();
    isSkipped = createSkips();
    openRoots();
    let begin = performance.now();
    const pause = async () => {
      const now = performance.now();
      if (now - begin < sliceMs) return;
      const wait = now < freeUntil ? 0 : allowance.spend(now - begin, now);
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
      else await yieldToPage();
      begin = performance.now();
    };
    try {
      for (const node of queued) {
        queued.delete(node);
        await walk(node, pause);
        if (signal.aborted) return;
      }
      if (begin >= freeUntil) allowance.spend(performance.now() - begin, performance.now());
    } finally {
      working = false;
    }
  }

  async function walk(top: Node, pause: () => Promise<void>): Promise<void> {
    if (!isConnected(top)) return;
    if (top instanceof Text) return lookAt(headOf(top), pause);
    enter(top);
    const walker = new Walker(top);
    let count = 0;
    for (let node = walker.next(); node !== null; node = walker.next()) {
      if (node instanceof Text) {
        if (headOf(node) === node) await lookAt(node, pause);
      } else enter(node);
      if (++count % checkEvery !== 0) continue;
      await pause();
      if (signal.aborted) return;
      if (walker.lost()) {
        if (isConnected(top)) queue(top); // the page moved the ground; begin again
        return;
      }
    }
  }

  function enter(node: Node): void {
    if (node instanceof HTMLAnchorElement && isTelephoneHref(attributeOf(node, 'href') ?? '')) metLink();
    const root = node instanceof Element ? shadowRootOf(node) : null;
    if (root === null || roots.has(root)) return;
    roots.add(root);
    observe(root);
    queue(root);
  }

  async function lookAt(head: Text, pause: () => Promise<void>): Promise<void> {
    if (!marking) return;
    const { text } = runFrom(head);
    const candidacy = candidacyOf(text);
    if (candidacy === 'none') return marks.table.replace(head, []);
    const element = elementAround(head);
    if (element === null || isSkipped(element) || isDesigned()) return marks.table.replace(head, []);
    const label = labels(element);
    if (candidacy === 'short' && !speaksOfPhone(text) && !speaksOfPhone(label)) return marks.table.replace(head, []);
    if (!rescans.mayLook(head)) return;
    if (finder === undefined) {
      waiting.add(head);
      void fetchFinder();
      return;
    }
    marks.table.replace(head, await numbersOf(head, label, finder, pause));
  }

  async function fetchFinder(): Promise<void> {
    if (fetching || finder !== undefined || signal.aborted) return;
    fetching = true;
    finder = await bringFinder();
    fetching = false;
    if (signal.aborted) return;
    if (finder === undefined) {
      setTimeout(() => void fetchFinder(), askAgainMs); // the page may stand still: nothing else would ask again
      return;
    }
    for (const head of waiting) queue(head);
    waiting.clear();
  }

  async function numbersOf(
    head: Text,
    label: string,
    { find }: Finder,
    pause: () => Promise<void>,
  ): Promise<PageNumber[]> {
    const { country, notNumbers } = settings();
    const { parts, text } = runFrom(head);
    const matches: PhoneMatch[] = [];
    for (let offset = 0; offset < text.length;) {
      const end = pieceEnd(text, offset);
      for (const match of find(text.slice(offset, end), { country, label })) {
        matches.push({ ...match, start: match.start + offset, end: match.end + offset });
      }
      offset = end;
      await pause();
    }
    const since = performance.now();
    return matches.flatMap(({ start, end, raw, dial, extension }) => {
      const place = notNumbers.includes(dial) ? undefined : rangeIn(parts, start, end);
      if (place === undefined) return [];
      return [{ head, place, raw, dial, since, ...(extension === undefined ? {} : { extension }) }];
    });
  }

  /** Those that the page has thrown away are let go; one that comes back is met again. */
  function openRoots(): readonly ShadowRoot[] {
    for (const root of roots) if (!isConnected(root)) roots.delete(root);
    return [...roots];
  }

  return { queue, roots: openRoots };
}

/** Where a long text is cut: at the last line break or blank that leaves no number in two. */
function pieceEnd(text: string, from: number): number {
  const most = from + longestPiece;
  if (most >= text.length) return text.length;
  for (let end = most; end > from + longestPiece / 2; end--) if (/[\n,;，；。]/.test(text.charAt(end))) return end;
  return most;
}

/** Document order below one node, elements and texts alike; notices when the page took its place away. */
class Walker {
  readonly #walker: TreeWalker;
  constructor(readonly top: Node) {
    const { createTreeWalker } = Document.prototype;
    const what = NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT;
    this.#walker = Reflect.apply(createTreeWalker, document, [top, what]) as TreeWalker;
  }
  next(): Node | null {
    return this.#walker.nextNode();
  }
  lost(): boolean {
    return !contains(this.top, this.#walker.currentNode);
  }
}
