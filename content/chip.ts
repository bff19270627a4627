// The floating chip: one attribute-free host on <html> while it is open, everything else in its closed shadow root.
// It draws and tells which button was pressed; what that means is decided elsewhere.
import { activeElementOf, rootElement } from './dom';
import { chipStyle } from './chip-style';
import { placeChip, type Box } from './placement';
import { watchSight } from './sight';

export type ChipButton = 'call' | 'copy' | 'notANumber' | 'offHere' | 'trustHere' | 'cancel';

/** A press that counts, or one that does not because something on the page hides the chip from the agent. */
export type ChipPress = ChipButton | 'covered';

export interface ChipContent {
  number: string; // normal form
  said?: string; // a question, an answer, a refusal
  tone?: 'alarm' | 'quiet';
  buttons: readonly { name: ChipButton; label: string }[];
}

export interface Chip {
  /** Shows, or changes what is shown; `focus` puts the keyboard on the first button. */
  show(content: ChipContent, anchor: Box, focus: boolean): void;
  /** The anchor moved, as the page was scrolled. */
  follow(anchor: Box): void;
  /** Told of every press on the page: the press itself takes the focus from a field before the chip opens. */
  noteFocus(): void;
  /** Closes; focus goes back to where it was. */
  close(): void;
  isOpen(): boolean;
  hasFocus(): boolean;
  box(): Box | undefined;
  /** Whether an event came out of the chip. */
  owns(event: Event): boolean;
  /** What a trusted click in the chip means; a click too soon after a move, or before it was seen, only makes it pulse. */
  pressed(event: MouseEvent): ChipPress | undefined;
  /** Told of every pointerdown in the chip, so that a press that began elsewhere does not count. */
  pointerDown(event: PointerEvent): void;
}

const pressMs = 1_500; // from a press to the chip it opens, at most
const settleMs = 300; // a hand that was about to click the page must not hit the chip
const handset =
  'M6.6 10.8a15.1 15.1 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.24 11.4 11.4 0 0 0 3.6.57 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1c0 1.25.2 2.45.57 3.57a1 1 0 0 1-.25 1z';

export function createChip(): Chip {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(chipStyle);
  root.adoptedStyleSheets = [sheet];
  const body = element('div', 'chip');
  body.popover = 'manual'; // top layer: no z-index or transform of the page gets over it
  body.setAttribute('role', 'dialog');
  root.append(body);

  const names = new WeakMap<Element, ChipButton>();
  let steadySince = Infinity;
  let shownAs = '';
  let focusBefore: Element | null = null;
  let noted: { element: Element | null; at: number } = { element: null, at: -Infinity };
  let downOn: Element | null = null;
  let place = { left: -1, top: -1 };
  const sight = watchSight(body, () => (steadySince = performance.now()));

  const isOpen = () => host.isConnected;
  const buttonAt = (x: number, y: number) => root.elementFromPoint(x, y)?.closest('button') ?? null;
  const hasFocus = () => root.activeElement !== null;

  const draw = ({ number, said = '', tone, buttons }: ChipContent) => {
    const [first, second, ...more] = buttons.map(({ name, label }) => {
      const button = element('button', name === 'call' ? 'go' : '');
      button.setAttribute('type', 'button');
      if (name === 'call') button.append(icon(handset));
      button.append(label);
      names.set(button, name);
      return button;
    });
    const line = element('div', 'row');
    const title = element('div', 'number', number);
    title.dir = 'ltr';
    line.append(title, ...(first === undefined ? [] : [first]), ...(second === undefined ? [] : [second]));
    const message = element('div', 'said', said);
    message.setAttribute('role', tone === 'alarm' ? 'alert' : 'status');
    const rest = element('div', 'more');
    rest.append(...more);
    body.className = `chip ${tone ?? ''}`;
    body.setAttribute('aria-label', number);
    body.replaceChildren(...(said === '' ? [line, rest] : [line, message, rest]));
  };

  const move = (anchor: Box) => {
    const { width, height } = body.getBoundingClientRect();
    const next = placeChip(anchor, { width, height }, { width: innerWidth, height: innerHeight });
    if (next.left === place.left && next.top === place.top) return;
    place = next;
    steadySince = performance.now();
    body.style.left = `${next.left}px`;
    body.style.top = `${next.top}px`;
  };

  const pulse = () => {
    body.classList.remove('pulse');
    void body.offsetWidth; // lets the animation start anew
    body.classList.add('pulse');
  };

  return {
    isOpen,
    hasFocus,
    show(content, anchor, focus) {
      if (!isOpen()) {
        focusBefore = performance.now() - noted.at < pressMs ? noted.element : activeElementOf(document);
        rootElement()?.append(host);
        place = { left: -1, top: -1 };
        shownAs = '';
        sight.begin();
      }
      const hadFocus = hasFocus();
      draw(content);
      if (!body.matches(':popover-open')) body.showPopover();
      const looks = JSON.stringify(content);
      if (looks !== shownAs) steadySince = performance.now();
      shownAs = looks;
      move(anchor);
      if (focus || hadFocus) body.querySelector('button')?.focus({ preventScroll: true });
    },
    noteFocus() {
      if (!isOpen()) noted = { element: activeElementOf(document), at: performance.now() };
    },
    follow(anchor) {
      if (isOpen()) move(anchor);
    },
    close() {
      if (!isOpen()) return;
      const hadFocus = hasFocus();
      host.remove();
      sight.end();
      downOn = null;
      if (hadFocus && focusBefore instanceof HTMLElement && focusBefore.isConnected) {
        focusBefore.focus({ preventScroll: true });
      }
      focusBefore = null;
    },
    box: () => (isOpen() ? body.getBoundingClientRect() : undefined),
    owns: (event) => isOpen() && event.target === host,
    pointerDown(event) {
      downOn = event.isTrusted ? buttonAt(event.clientX, event.clientY) : null;
    },
    pressed(event) {
      if (!event.isTrusted || event.button !== 0) return undefined;
      const byKey = event.detail === 0;
      const button = byKey ? root.activeElement : buttonAt(event.clientX, event.clientY);
      if (button === null || (!byKey && button !== downOn)) return undefined;
      downOn = null;
      const name = names.get(button);
      const seen = name === 'call' || name === 'trustHere' ? sight.now() : 'yes'; // the others cost nothing
      if (performance.now() - steadySince < settleMs || seen === 'unknown') {
        pulse();
        return undefined;
      }
      return seen === 'covered' ? 'covered' : name;
    },
  };
}

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, className: string, text = '') {
  const made = document.createElement(name);
  if (className !== '') made.className = className;
  if (text !== '') made.textContent = text;
  return made;
}

function icon(path: string): SVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(space, 'path');
  line.setAttribute('d', path);
  line.setAttribute('fill', 'currentColor');
  svg.append(line);
  return svg;
}
