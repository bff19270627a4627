// Text of strangers as it may be shown: one line, cut to size, without characters that turn or hide what stands beside it. Pure.

/** Controls, line ends, and the marks that change the direction of writing. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** @param most characters as people count them, the mark of the cut included. */
export function cutText(text: string, most: number): string {
  const seen = [
    ...text
      .slice(0, most * 8)
      .replace(UNSEEN, ' ')
      .trim(),
  ];
  return seen.length > most ? `${seen.slice(0, most - 1).join('')}…` : seen.join('');
}
