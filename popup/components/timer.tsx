// A running time. Drawn from the engine's clock, so it is right however late the view was opened.
import type { MonotonicMs } from '../../src/domain/time';
import { timerText } from '../view-model/duration';
import { usePhone } from './phone-context';

export function CallTimer({ from }: { from: MonotonicMs }) {
  const { now, words } = usePhone();
  return (
    <span class="timer" role="timer" aria-label={words.value('call_duration')}>
      {timerText(now.value - from)}
    </span>
  );
}
