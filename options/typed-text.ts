// Texts as people type them into the forms of the settings. Pure.

/** Full-width letters and digits, as Chinese input methods type them, are meant as plain ones. */
export function tidy(text: string): string {
  return text.normalize('NFKC').trim();
}

/** Of an address; empty for what is none. */
export function hostOf(server: string): string {
  const text = tidy(server);
  return URL.canParse(text) ? new URL(text).hostname : '';
}
