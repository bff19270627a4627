// Which outside lines the agent may choose from for a number that is dialled.
import { callLink } from './can';
import type { PhoneState } from './phone';

/** What the outside lines are chosen from; one alone is no choice. */
export function linePrefixes(state: PhoneState): readonly string[] {
  const link = callLink(state);
  const prefixes = (link && state.capabilities[link]?.linePrefixes) ?? [];
  return prefixes.length > 1 ? prefixes : [];
}
