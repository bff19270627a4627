// How long a call has lasted, drawn from the engine's clock: no tick crosses contexts.
import { useEffect, useState } from 'preact/hooks';
import { useModel } from '../model-context';

interface Props {
  /** Both by the engine's monotonic clock, in milliseconds; `now` is when the state left it. */
  readonly since: number;
  readonly now: number;
}

export function CallTimer({ since, now }: Props) {
  const { words } = useModel();
  const [elapsedMs, setElapsedMs] = useState(0);
  useEffect(() => {
    const start = performance.now();
    const tick = setInterval(() => setElapsedMs(performance.now() - start), 500);
    return () => clearInterval(tick);
  }, [since, now]);
  const seconds = Math.max(0, Math.floor((now - since + elapsedMs) / 1_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return (
    <span role="timer" aria-label={words('testCall_duration')} class="timer">
      {two(Math.floor(seconds / 60))}:{two(seconds % 60)}
    </span>
  );
}
