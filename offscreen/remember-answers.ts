// The answers to the last 256 commands: a repeated command gets its first answer, so a retry dials once.
import type { Ordered } from '../src/messaging/contract';

const KEPT = 256;

export function rememberAnswers<R>(accept: (ordered: Ordered) => Promise<R>): (ordered: Ordered) => Promise<R> {
  const answers = new Map<string, Promise<R>>();
  return (ordered) => {
    const first = answers.get(ordered.commandId);
    if (first) return first;
    const answer = accept(ordered);
    answers.set(ordered.commandId, answer);
    if (answers.size > KEPT) {
      const [oldest] = answers.keys();
      if (oldest !== undefined) answers.delete(oldest);
    }
    return answer;
  };
}
