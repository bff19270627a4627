// Reads of the page's DOM that the page cannot bend: a form field called "closest" or an image called "documentElement"
// shadows the property of that name in our world too, so every read goes through the prototype.

function getter<Owner extends object, Value>(prototype: Owner, name: string): (owner: Owner) => Value {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  // A missing getter would be a browser older than the manifest allows.
  return (owner) => (get === undefined ? undefined : Reflect.apply(get, owner, [])) as Value;
}

const { closest: closestOf, getAttribute: attributeFrom, matches: matchesOf } = Element.prototype;
const { contains: containsOf } = Node.prototype;

export const rootElementOf = getter<Document, HTMLElement | null>(Document.prototype, 'documentElement');
export const activeElementOf = getter<Document, Element | null>(Document.prototype, 'activeElement');
export const parentOf = getter<Node, ParentNode | null>(Node.prototype, 'parentNode');
export const previousOf = getter<Node, Node | null>(Node.prototype, 'previousSibling');
export const nextOf = getter<Node, Node | null>(Node.prototype, 'nextSibling');
export const isConnected = getter<Node, boolean>(Node.prototype, 'isConnected');
export const textOf = getter<Node, string | null>(Node.prototype, 'textContent');
export const shadowRootOf = getter<Element, ShadowRoot | null>(Element.prototype, 'shadowRoot');
const designModeOf = getter<Document, string>(Document.prototype, 'designMode');

export function closest(element: Element, selector: string): Element | null {
  return Reflect.apply(closestOf, element, [selector]) as Element | null;
}

export function matches(element: Element, selector: string): boolean {
  return Reflect.apply(matchesOf, element, [selector]) as boolean;
}

export function contains(node: Node, other: Node): boolean {
  return Reflect.apply(containsOf, node, [other]) as boolean;
}

export function attributeOf(element: Element, name: string): string | null {
  return Reflect.apply(attributeFrom, element, [name]) as string | null;
}

/** Whether the whole document is being edited; single elements say so by `contenteditable`. */
export function isDesigned(): boolean {
  return designModeOf(document) === 'on';
}

/** The element a text stands in, through a shadow root if it stands directly in one. */
export function elementAround(node: Node): Element | null {
  const parent = parentOf(node);
  if (parent instanceof Element) return parent;
  return parent instanceof ShadowRoot ? parent.host : null;
}

export function rootElement(): HTMLElement | null {
  return rootElementOf(document);
}
