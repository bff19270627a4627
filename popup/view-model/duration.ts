// How long something lasts, and when it was. Pure: both clocks come in as numbers of milliseconds.
import type { Snapshot } from '../../src/domain/phone';
import type { MonotonicMs, WallMs } from '../../src/domain/time';
import type { Language } from '../../src/words';
import type { Text } from './text';

/**
 * The engine's clock at this moment: what it said in its last snapshot, plus what has passed here since.
 * @param receivedAt when that snapshot came, and `localNow`: both by `performance.now()` of this document.
 */
export function engineNow(snapshot: Snapshot, receivedAt: number, localNow: number): MonotonicMs {
  return snapshot.now + Math.max(0, localNow - receivedAt);
}

/** `0:07`, `12:04`, `1:02:33`; never below zero. */
export function timerText(elapsedMs: number): string {
  const { hours, minutes, seconds } = parts(elapsedMs);
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** An age in words, coarser the older it is. */
export function ageText(elapsedMs: number): Text {
  const { hours, minutes, seconds } = parts(elapsedMs);
  if (hours >= 24) return { key: 'age_days', params: { d: Math.floor(hours / 24), h: hours % 24 } };
  if (hours > 0) return { key: 'age_hours', params: { h: hours, m: minutes } };
  if (minutes > 0) return { key: 'age_minutes', params: { n: minutes } };
  return { key: 'age_seconds', params: { n: seconds } };
}

/** When a call was, as people say it: `just now`, `12 min. ago`, `09:12`, `yesterday 17:40`, `3 Nov 17:40`. */
export function whenText(at: WallMs, now: WallMs, language: Language): Text | string {
  const elapsed = now - at;
  if (elapsed < 60_000) return { key: 'age_justNow' };
  if (elapsed < 3_600_000) {
    const relative = new Intl.RelativeTimeFormat(language, { style: 'short' });
    return relative.format(-Math.floor(elapsed / 60_000), 'minute');
  }
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000); // rounded: a day may have 23 or 25 hours
  if (days === 0) return time;
  if (days === 1) return { key: 'age_yesterday', params: { time } };
  const year = new Date(at).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
  const date = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', ...(year && { year }) }).format(at);
  return `${date} ${time}`;
}

function midnight(at: WallMs): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function parts(elapsedMs: number): { hours: number; minutes: number; seconds: number } {
  const total = Math.max(0, Math.floor(elapsedMs / 1_000));
  return { hours: Math.floor(total / 3_600), minutes: Math.floor(total / 60) % 60, seconds: total % 60 };
}
