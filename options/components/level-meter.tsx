// A live bar of how loud something is: a microphone, or what is played. Drawn every frame, told to screen readers four times a second.
import { useEffect, useRef } from 'preact/hooks';
import type { WordKey } from '../../src/words';
import { useModel } from '../model-context';

const TOLD_EVERY_MS = 250;
/** Above the noise of a quiet room: about −35 dB. */
const VOICE = 0.42;

interface Props {
  readonly label: WordKey;
  readonly source: { level(): number };
  readonly onVoice?: () => void;
}

export function LevelMeter({ label, source, onVoice }: Props) {
  const { words } = useModel();
  const bar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let frame = 0;
    let toldAt = 0;
    const draw = (now: number): void => {
      frame = requestAnimationFrame(draw);
      const level = source.level();
      bar.current?.style.setProperty('--level', level.toFixed(3));
      if (level > VOICE) onVoice?.();
      if (now - toldAt < TOLD_EVERY_MS) return;
      toldAt = now;
      bar.current?.setAttribute('aria-valuenow', String(Math.round(level * 100)));
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [source, onVoice]);
  return (
    <div
      ref={bar}
      class="level"
      role="meter"
      aria-label={words(label)}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    />
  );
}
