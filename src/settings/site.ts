// A site in the lists of the settings: one exact origin, as the browser names it (RFC 6454 §6.1).

export type SiteProblem = 'empty' | 'wildcard' | 'noScheme' | 'notASite' | 'password' | 'path';
export type ReadSite =
  | { readonly ok: true; readonly site: string }
  | { readonly ok: false; readonly problem: SiteProblem; readonly suggestion?: string };

export function isSite(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;
}

/**
 * A site as a person types or pastes it.
 * @returns its origin; or why it is none, with what was probably meant.
 */
export function readSite(typed: string): ReadSite {
  const text = typed.normalize('NFKC').trim();
  if (text === '') return { ok: false, problem: 'empty' };
  if (text.includes('*')) return { ok: false, problem: 'wildcard' };
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return withoutScheme(text);
  if (/\s/.test(text) || !URL.canParse(text)) return { ok: false, problem: 'notASite' };
  const url = new URL(text);
  if (!/^https?:$/.test(url.protocol)) return { ok: false, problem: 'notASite' };
  if (url.username !== '' || url.password !== '') return { ok: false, problem: 'password', suggestion: url.origin };
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return { ok: false, problem: 'path', suggestion: url.origin };
  }
  return { ok: true, site: url.origin };
}

function withoutScheme(text: string): ReadSite {
  const meant = readSite(`https://${text}`);
  const looksLikeHost = /^[^\s/:@]+\.[^\s/:@]+(:\d+)?(\/.*)?$|^localhost(:\d+)?$/i.test(text);
  const suggestion = meant.ok ? meant.site : meant.suggestion;
  if (!looksLikeHost || suggestion === undefined) return { ok: false, problem: 'notASite' };
  return { ok: false, problem: 'noScheme', suggestion };
}
