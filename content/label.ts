// What a page says a text is: the header of its column or row, the term before a definition, the label before a field.
import { attributeOf, closest, matches, parentOf, previousOf, textOf } from './dom';

const longestLabel = 60; // a longer text before a value is no label
const labelAttributes = ['data-label', 'data-title', 'aria-label'];

/** Labels of one pass over a page: headers are read once per table. */
export function createLabels(): (element: Element) => string {
  const headers = new Map<Element, readonly string[]>();

  const headersOf = (table: HTMLTableElement): readonly string[] => {
    const known = headers.get(table);
    if (known !== undefined) return known;
    const row = firstHeaderRow(table);
    const texts = row === undefined ? [] : [...row.cells].flatMap((cell) => repeat(shortText(cell), cell.colSpan));
    headers.set(table, texts);
    return texts;
  };

  return (element) => {
    const cell = closest(element, 'td,th,[role="gridcell" i]');
    if (cell !== null) return cellLabel(cell, headersOf);
    const term = closest(element, 'dd');
    if (term !== null) return textBefore(term);
    return ownLabel(element) || textBefore(element);
  };
}

function cellLabel(cell: Element, headersOf: (table: HTMLTableElement) => readonly string[]): string {
  const own = ownLabel(cell);
  if (own !== '') return own;
  if (!(cell instanceof HTMLTableCellElement)) return textBefore(cell);
  const before = previousElement(cell);
  if (before !== undefined && matches(before, 'th')) return shortText(before);
  const table = closest(cell, 'table');
  return table instanceof HTMLTableElement ? (headersOf(table)[columnOf(cell)] ?? '') : '';
}

function columnOf(cell: HTMLTableCellElement): number {
  let column = 0;
  for (let before = previousElement(cell); before !== undefined; before = previousElement(before)) {
    column += before instanceof HTMLTableCellElement ? before.colSpan : 1;
  }
  return column;
}

function firstHeaderRow(table: HTMLTableElement): HTMLTableRowElement | undefined {
  const inHead = table.tHead?.rows;
  if (inHead !== undefined && inHead.length > 0) return inHead[inHead.length - 1];
  const first = table.rows[0];
  return first !== undefined && [...first.cells].every((cell) => matches(cell, 'th')) ? first : undefined;
}

function ownLabel(element: Element): string {
  for (const name of labelAttributes) {
    const value = attributeOf(element, name);
    if (value !== null && value.length <= longestLabel) return value;
  }
  return '';
}

/** The short text right before an element, or before its parent when it stands first there. */
function textBefore(element: Element): string {
  const before = textOfPrevious(element);
  if (before !== '') return before;
  const parent = parentOf(element);
  return parent instanceof Element && previousElement(element) === undefined ? textOfPrevious(parent) : '';
}

function textOfPrevious(element: Element): string {
  for (let node = previousOf(element); node !== null; node = previousOf(node)) {
    if (!(node instanceof Text) && !(node instanceof Element)) continue;
    const text = shortText(node);
    if (text !== '') return text;
    if (node instanceof Element) return '';
  }
  return '';
}

function previousElement(element: Element): Element | undefined {
  for (let node = previousOf(element); node !== null; node = previousOf(node)) if (node instanceof Element) return node;
  return undefined;
}

function shortText(node: Node): string {
  const text = (textOf(node) ?? '').trim();
  return text.length <= longestLabel ? text : '';
}

function repeat(text: string, times: number): string[] {
  return Array.from({ length: Math.min(Math.max(times, 1), 100) }, () => text);
}
