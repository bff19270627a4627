// Keys that a settings document must not hold: those that could change an object's prototype, and those of secrets.
// Walks without recursion, so that a file of a million brackets is refused like any other.
import { isSite } from './site';

/** Deeper than any settings document goes. */
const MAX_DEPTH = 12;
const SECRET = /pass(word|wd|phrase|code)?|pwd|secret|credential|token|api_?key|private_?key|^ha1$/i;

/** @returns the path of the first key that every object inherits (`__proto__`, `constructor` …), or that lies too deep. */
export function forbiddenKey(value: unknown): string | undefined {
  return find(value, (key, depth) => depth > MAX_DEPTH || key in Object.prototype);
}

/** @returns the path of the first key that names a secret. */
export function secretKey(value: unknown): string | undefined {
  return find(value, (key) => SECRET.test(key) && !isSite(key));
}

/** In the order of the document, breadth first. */
function find(value: unknown, wanted: (key: string, depth: number) => boolean): string | undefined {
  let level = [{ path: '', value }];
  for (let depth = 1; level.length > 0 && depth <= MAX_DEPTH + 1; depth += 1) {
    const next: typeof level = [];
    for (const node of level) {
      if (typeof node.value !== 'object' || node.value === null) continue;
      for (const [key, child] of Object.entries(node.value)) {
        const path = node.path === '' ? key : `${node.path}.${key}`;
        if (wanted(key, depth)) return path;
        next.push({ path, value: child });
      }
    }
    level = next;
  }
  return undefined;
}
