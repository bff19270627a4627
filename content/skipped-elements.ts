// Whether an element stands in something the finder leaves alone. Answers are kept for one pass: neighbours share ancestors.
import { elementAround, matches } from './dom';
import { skipped } from './skip';

export function createSkips(): (element: Element) => boolean {
  const known = new Map<Element, boolean>();
  return (element) => {
    const met: Element[] = [];
    let answer = false;
    for (let at: Element | null = element; at !== null; at = elementAround(at)) {
      const before = known.get(at);
      if (before !== undefined) {
        answer = before;
        break;
      }
      met.push(at);
      if (matches(at, skipped)) {
        answer = true;
        break;
      }
    }
    for (const each of met) known.set(each, answer);
    return answer;
  };
}
