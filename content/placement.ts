// Where the chip goes: beside the number, never over it, always inside the window. Pure geometry, in CSS pixels.

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

const gap = 6; // between number and chip
const margin = 8; // to the edge of the window

/** Below the number, else above it, else on its right or left: the first place where it fits; else the roomier of the first two. */
export function placeChip(number: Box, chip: Size, view: Size): { left: number; top: number } {
  const below = number.top + number.height + gap;
  const above = number.top - gap - chip.height;
  const left = clamp(number.left, margin, view.width - chip.width - margin);
  if (below + chip.height + margin <= view.height) return { left, top: below };
  if (above >= margin) return { left, top: above };

  const top = clamp(number.top, margin, view.height - chip.height - margin);
  const right = number.left + number.width + gap;
  if (right + chip.width + margin <= view.width) return { left: right, top };
  const leftSide = number.left - gap - chip.width;
  if (leftSide >= margin) return { left: leftSide, top };

  const roomBelow = view.height - (number.top + number.height);
  return { left, top: roomBelow >= number.top ? below : above };
}

/** Whether a point lies in a box, or so near that the hand may be on its way. */
export function isNear(point: { x: number; y: number }, box: Box, slack: number): boolean {
  return (
    point.x >= box.left - slack &&
    point.x <= box.left + box.width + slack &&
    point.y >= box.top - slack &&
    point.y <= box.top + box.height + slack
  );
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
