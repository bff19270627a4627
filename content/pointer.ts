// From the hand to the number: hover opens the chip, a plain click dials or asks. All listeners sit on the window in the
// capture phase; what we act on the page does not get, all else it gets untouched.
import type { PageSettings } from '../src/messaging/contract';
import type { Chip } from './chip';
import type { Dialling } from './dialling';
import { isNear } from './placement';
import { elementAt, isPlainlyVisible, type Pointed, type Pointing } from './pointed';
import { isPlainClick, type PointerFacts } from './press';

export interface PointerParts {
  chip: Chip;
  dialling: Dialling;
  pointing: Pointing;
  /** Nothing while the page is not ours: switched off, or not asked for yet. */
  settings(): PageSettings | undefined;
  signal: AbortSignal;
}

const lookEveryMs = 100;
const hoverMs = 300;
const leaveMs = 400;
const nearPx = 10;
const seenMs = 500; // a number younger than this may have been put under the hand
const byUserMs = 300; // focus that came by Tab or press, this long before, may press a link by key

type Press = PointerFacts<Pointed['target']>;

export function watchPointer({ chip, dialling, pointing, settings, signal }: PointerParts): void {
  let down: Press | undefined;
  let acted: Pointed['target'] | undefined;
  let userMovedFocusAt = -Infinity;
  let focusAt = -Infinity;
  let focusByUser = false;

  const listen = <Name extends keyof WindowEventMap>(name: Name, take: (event: WindowEventMap[Name]) => void) =>
    window.addEventListener(name, take, { capture: true, signal });
  const stop = (event: Event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  const pointedBy = (event: MouseEvent): Pointed | undefined => {
    const element = event.composedPath()[0];
    if (settings() === undefined || !(element instanceof Element)) return undefined;
    return pointing.at(event.clientX, event.clientY, element);
  };
  const factsOf = (event: MouseEvent, target: Pointed['target'] | undefined): Press => ({
    isTrusted: event.isTrusted,
    button: event.button,
    modified: event.altKey || event.ctrlKey || event.metaKey || event.shiftKey,
    x: event.clientX,
    y: event.clientY,
    at: event.timeStamp,
    clicks: event.detail,
    target,
  });

  listen('pointerdown', (event) => {
    if (event.isTrusted) userMovedFocusAt = event.timeStamp;
    if (chip.owns(event)) {
      chip.pointerDown(event);
      return;
    }
    chip.noteFocus();
    const pointed = pointedBy(event);
    down = factsOf(event, pointed?.ownedByPage === true ? undefined : pointed?.target);
    if (chip.isOpen() && event.isTrusted && pointed?.target !== dialling.current()) dialling.close();
  });

  listen('click', (event) => {
    if (chip.owns(event)) {
      const button = chip.pressed(event);
      stop(event);
      if (button !== undefined) void dialling.press(button);
      return;
    }
    if (!event.isTrusted) return;
    if (event.detail === 0) return clickByKey(event);
    const pointed = pointedBy(event);
    if (pointed === undefined || pointed.ownedByPage) return;
    if (event.detail > 1 && pointed.target === acted) return stop(event); // the second half of a double click
    if (!isPlainClick(down, factsOf(event, pointed.target), performance.now())) return;
    stop(event);
    acted = pointed.target;
    const { trusted } = settings() ?? { trusted: false };
    const element = event.composedPath()[0];
    const seen = performance.now() - pointed.since >= seenMs && element instanceof Element && isPlainlyVisible(element);
    if (trusted && seen) void dialling.dial(pointed.target);
    else dialling.offer(pointed.target, true);
  });

  /** Enter on a telephone link never dials by itself: the page may have moved the focus there. */
  const clickByKey = (event: MouseEvent) => {
    const element = event.composedPath()[0];
    if (settings() === undefined || !(element instanceof Element)) return;
    const target = pointing.link(element);
    if (target === undefined) return;
    stop(event);
    dialling.offer(target, focusByUser && event.timeStamp - focusAt >= byUserMs);
  };

  listen('focusin', (event) => {
    focusAt = event.timeStamp;
    focusByUser = event.timeStamp - userMovedFocusAt < 100;
  });

  listen('keydown', (event) => {
    if (event.isTrusted && event.key === 'Tab') userMovedFocusAt = event.timeStamp;
    if (event.isTrusted && event.key === 'Escape' && chip.isOpen()) {
      stop(event);
      dialling.close();
    } else if (chip.owns(event)) event.stopImmediatePropagation(); // the page does not hear keys in the chip
  });
  for (const name of ['keyup', 'keypress', 'mousedown', 'mouseup', 'pointerup', 'dblclick', 'contextmenu'] as const) {
    listen(name, (event) => {
      if (chip.owns(event)) event.stopImmediatePropagation();
    });
  }

  watchHover({ chip, dialling, pointing, settings, signal });
}

function watchHover({ chip, dialling, pointing, settings, signal }: PointerParts): void {
  let at = { x: 0, y: 0 };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over: Pointed['target'] | undefined;
  let overSince = 0;
  let leftSince: number | undefined;

  const lookIn = (ms: number) => {
    timer ??= setTimeout(look, ms);
  };
  const look = () => {
    timer = undefined;
    if (signal.aborted || settings() === undefined) return;
    const now = performance.now();
    leave(now);
    const element = elementAt(at.x, at.y);
    const target = element === null ? undefined : pointing.at(at.x, at.y, element)?.target;
    if (target !== over) {
      over = target;
      overSince = now;
    }
    if (target === undefined || dialling.current() === target || (chip.isOpen() && !dialling.isIdle())) return;
    const left = hoverMs - (now - overSince);
    if (left > 0) return lookIn(left);
    dialling.offer(target, false);
  };
  const leave = (now: number) => {
    const box = chip.box();
    const anchor = dialling.current()?.anchor();
    if (box === undefined || !dialling.isIdle()) return;
    if (isNear(at, box, nearPx) || (anchor !== undefined && isNear(at, anchor, nearPx))) {
      leftSince = undefined;
      return;
    }
    leftSince ??= now;
    if (now - leftSince < leaveMs) return lookIn(lookEveryMs);
    leftSince = undefined;
    dialling.close();
  };

  const options = { capture: true, passive: true, signal };
  window.addEventListener(
    'pointermove',
    (event) => {
      if (!event.isTrusted || event.pointerType === 'touch' || event.buttons !== 0) return;
      at = { x: event.clientX, y: event.clientY };
      lookIn(lookEveryMs);
    },
    options,
  );
  const follow = () => {
    if (!chip.isOpen()) return;
    const anchor = dialling.current()?.anchor();
    const gone = anchor === undefined || anchor.top + anchor.height < 0 || anchor.top > innerHeight;
    if (gone) dialling.close();
    else chip.follow(anchor);
  };
  window.addEventListener('scroll', follow, options);
  window.addEventListener('resize', follow, options);
}
