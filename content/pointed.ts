// What lies under a point of the page that could be dialled: a number of ours, or a telephone link.
import type { PageSettings } from '../src/messaging/contract';
import { cleanText } from '../src/phone-number/clean';
import { readTelLink } from '../src/phone-number/tel-link';
import type { Target } from './dialling';
import { attributeOf, closest, elementAround } from './dom';
import { takeFinder } from './finder-contract';
import { liveRange, type Marks, type PageNumber } from './marks';
import type { Box } from './placement';
import { controls, isTelephoneHref } from './skip';

export interface Pointed {
  target: Target; // the same object for the same number or link, so that press and release can be compared
  ownedByPage: boolean; // in a control or label: a click here is the page's
  since: number; // performance.now() when it was found; 0 for a link
}

export interface Pointing {
  at(x: number, y: number, element: Element): Pointed | undefined;
  /** The telephone link an element stands in. */
  link(element: Element): Target | undefined;
}

export function createPointing(parts: {
  marks(): Marks | undefined;
  roots(): readonly ShadowRoot[];
  /** Nothing before they are known. */
  settings(): PageSettings | undefined;
  /** Called when a number is about to be shown that only the finder can put in normal form. */
  wantFinder(): void;
}): Pointing {
  const targets = new WeakMap<PageNumber, Target>();
  const links = new WeakMap<Element, { href: string; target: Target }>();

  const link = (element: Element): Target | undefined => {
    const anchor = closestThroughRoots(element, 'a[href],area[href]');
    const href = anchor === null ? null : attributeOf(anchor, 'href');
    if (anchor === null || href === null || !isTelephoneHref(href)) return undefined;
    const known = links.get(anchor);
    if (known?.href === href) return known.target;
    if (takeFinder() === undefined) parts.wantFinder();
    const target = linkTarget(anchor, href, parts.settings);
    if (target !== undefined) links.set(anchor, { href, target });
    return target;
  };

  return {
    link,
    at(x, y, element) {
      const fromLink = link(element);
      if (fromLink !== undefined) return { target: fromLink, ownedByPage: false, since: 0 };
      const number = parts.marks()?.numberAt(x, y, parts.roots());
      // Only a direct hit counts: what lies over the number gets the click.
      if (number === undefined || elementAround(number.head) !== element || liveRange(number) === undefined)
        return undefined;
      const target = targets.get(number) ?? numberTarget(number, parts.settings);
      targets.set(number, target);
      return { target, ownedByPage: closestThroughRoots(element, controls) !== null, since: number.since };
    },
  };
}

function numberTarget(number: PageNumber, settings: () => PageSettings | undefined): Target {
  const { dial, extension } = number;
  return {
    number: extension === undefined ? dial : `${dial};ext=${extension}`,
    dial,
    get shown() {
      return shownAs(dial, extension, settings());
    },
    anchor: () => boxOf(liveRange(number)),
  };
}

/** Normal form of a number, as far as the finder is there to make it. */
function shownAs(dial: string, extension: string | undefined, settings: PageSettings | undefined): string {
  const shown = takeFinder()?.format(dial, settings?.country ?? '') ?? dial;
  if (extension === undefined) return shown;
  const both = settings?.words.extension ?? '{number};{extension}';
  return both.replace('{number}', shown).replace('{extension}', extension);
}

function linkTarget(anchor: Element, href: string, settings: () => PageSettings | undefined): Target | undefined {
  const reading = readTelLink(cleanText(href));
  if (!reading.ok) return undefined; // sip:bob@… and the like stay with the browser
  const digits = reading.number.replace(/[\s\-.()/]/g, '');
  return {
    number: href,
    // The finder may come between hover and chip.
    get shown() {
      return shownAs(digits, reading.extension, settings());
    },
    anchor: () => boxOf(anchor),
  };
}

/** Nothing for what is not drawn: gone from the page, or in a part that is hidden. */
function boxOf(place: Element | Range | undefined): Box | undefined {
  const box = place?.getBoundingClientRect();
  return box === undefined || (box.width === 0 && box.height === 0) ? undefined : box;
}

/** The topmost element at a point, through open shadow roots. */
export function elementAt(x: number, y: number): Element | null {
  let element = Reflect.apply(Document.prototype.elementFromPoint, document, [x, y]) as Element | null;
  for (let root = element?.shadowRoot; root; root = element?.shadowRoot) {
    const inner = root.elementFromPoint(x, y);
    if (inner === null || inner === element) break;
    element = inner;
  }
  return element;
}

function closestThroughRoots(element: Element, selector: string): Element | null {
  for (let from: Element | null = element; from !== null;) {
    const found = closest(from, selector);
    if (found !== null) return found;
    const root = from.getRootNode();
    from = root instanceof ShadowRoot ? root.host : null;
  }
  return null;
}

/** Whether a person can really see what stands here: no veil, nothing nearly transparent. */
export function isPlainlyVisible(element: Element): boolean {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  let opacity = 1;
  for (let at: Element | null = element; at !== null; at = elementAround(at))
    opacity *= Number(getComputedStyle(at).opacity);
  return opacity >= 0.5;
}
