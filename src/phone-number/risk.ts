// Whether a number may be dialled without a question. Money and emergency services are at stake, so in doubt: ask.
import type { NumberKind } from './number-kind';
import { hidesEmergency } from './short-numbers';

export type DialRisk = 'none' | 'emergency' | 'premium' | 'foreign' | 'unknown';

export interface RiskFacts {
  dial: string;
  kind: NumberKind;
  country?: string | undefined; // of the number, where known
  home: string;
  usualCountries?: readonly string[] | undefined; // dialled daily from here, so not "foreign"
}

export function riskOf({ dial, kind, country, home, usualCountries = [] }: RiskFacts): DialRisk {
  if (kind === 'emergency' || hidesEmergency(dial, home)) return 'emergency';
  if (kind === 'premium') return 'premium';
  if (country !== undefined) return country === home || usualCountries.includes(country) ? 'none' : 'foreign';
  if (dial.startsWith('+')) return 'foreign';
  return kind === 'unknown' || kind === 'internal' ? 'unknown' : 'none';
}

/**
 * Whether the person must say yes once more.
 * From a page: for every risk. Typed: only where a prefix may hide an emergency number (`9911`); an emergency number
 * itself, typed, is never delayed by a question.
 */
export function mustAsk(number: { kind: NumberKind; risk: DialRisk }, source: 'typed' | 'page'): boolean {
  if (source === 'page') return number.risk !== 'none';
  return number.risk === 'emergency' && number.kind !== 'emergency';
}
