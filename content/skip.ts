// What the finder leaves alone, and what a click on a number must not be taken from. Selectors only: no DOM here.

/** Text in here is never looked at: what people edit, what is code, what is no text, what is a control or a link already. */
export const skipped = [
  ...['input', 'textarea', 'select', 'option', 'datalist', 'button', 'code', 'pre', 'kbd', 'samp', 'var', 'script'],
  ...['style', 'noscript', 'template', 'svg', 'math', 'canvas', 'object', 'iframe', 'time', 'a[href]'],
  ...['[role="textbox" i]', '[role="button" i]', '[role="link" i]', '[role="combobox" i]', '[role="searchbox" i]'],
  '[contenteditable]:not([contenteditable="false" i])',
].join(',');

/** A click in here belongs to the page, even on a number. */
export const controls = [
  ...['a[href]', 'button', 'input', 'textarea', 'select', 'option', 'label', 'summary', 'area', 'audio', 'video'],
  ...[
    'button',
    'link',
    'checkbox',
    'radio',
    'switch',
    'tab',
    'menuitem',
    'option',
    'textbox',
    'combobox',
    'slider',
  ].map((role) => `[role="${role}" i]`),
  '[contenteditable]:not([contenteditable="false" i])',
].join(',');

const telephoneScheme = /^\s*(?:tel|callto|sips?):/i;

/** Whether this address is one we take over. */
export function isTelephoneHref(href: string): boolean {
  return telephoneScheme.test(href);
}

/** Whether a page asked not to have its numbers marked, by the content of its two known meta elements. */
export function declinesMarks(name: string, content: string): boolean {
  if (/^format-detection$/i.test(name)) return /(?:^|[\s,;])telephone\s*=\s*no(?:$|[\s,;])/i.test(content);
  return /^skype_toolbar$/i.test(name) && /^skype_toolbar_parser_compatible$/i.test(content.trim());
}
