// Text as the reader sees it in one line of nodes: frameworks put "010", "-" and "62345678" side by side as three text nodes.
import { nextOf, previousOf } from './dom';

/** Neighbouring text nodes of one parent, in order, and their text together. */
export interface TextRun {
  parts: readonly Text[];
  text: string;
}

const mostParts = 64;

/** The first text node of the line this one stands in. Comments between text nodes (frameworks leave them) do not count. */
export function headOf(node: Text): Text {
  let head = node;
  let steps = 0;
  for (let before = previousOf(node); before !== null && steps < mostParts; before = previousOf(before), steps++) {
    if (before instanceof Text) head = before;
    else if (!(before instanceof Comment)) break;
  }
  return head;
}

export function runFrom(head: Text): TextRun {
  const parts = [head];
  let text = head.data;
  for (let next = nextOf(head); next !== null && parts.length < mostParts; next = nextOf(next)) {
    if (next instanceof Text) {
      parts.push(next);
      text += next.data;
    } else if (!(next instanceof Comment)) break;
  }
  return { parts, text };
}

/** The place of a stretch of the run's text in its nodes. */
export function rangeIn(parts: readonly Text[], start: number, end: number): StaticRange | undefined {
  const from = placeIn(parts, start, false);
  const to = placeIn(parts, end, true);
  if (from === undefined || to === undefined) return undefined;
  return new StaticRange({
    startContainer: from.node,
    startOffset: from.offset,
    endContainer: to.node,
    endOffset: to.offset,
  });
}

function placeIn(parts: readonly Text[], index: number, atEnd: boolean): { node: Text; offset: number } | undefined {
  let before = 0;
  for (const node of parts) {
    const length = node.data.length;
    if (index < before + length || (atEnd && index === before + length)) return { node, offset: index - before };
    before += length;
  }
  return undefined;
}
