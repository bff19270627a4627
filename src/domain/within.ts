/** What is no number is the least. */
export function within(value: number, least: number, most: number): number {
  return value > least ? Math.min(value, most) : least;
}
