// How far a transfer by REFER has come, out of the status lines its NOTIFYs carry. Pure.
import type { Transfer } from '../../domain/calls';

/**
 * @param status of the `message/sipfrag` status line, 100–699.
 * @returns the last two, `done` and `refused`, are final.
 * @see RFC 3515 §2.4.5
 */
export function referProgress(status: number): Transfer['progress'] {
  if (status === 100) return 'pending';
  if (status < 200) return 'ringing';
  return status < 300 ? 'done' : 'refused';
}
