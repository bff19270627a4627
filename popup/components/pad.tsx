// Twelve keys. Holding 0 down gives +, where a + means something.
import { useRef } from 'preact/hooks';
import { usePhone } from './phone-context';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;
const LETTERS: Readonly<Record<string, string>> = {
  2: 'ABC',
  3: 'DEF',
  4: 'GHI',
  5: 'JKL',
  6: 'MNO',
  7: 'PQRS',
  8: 'TUV',
  9: 'WXYZ',
};
const HOLD_MS = 600;

export function Pad({ onDigit, plus = false }: { onDigit(digit: string): void; plus?: boolean }) {
  const { words } = usePhone();
  const held = useRef<{ timer: ReturnType<typeof setTimeout>; done: boolean } | undefined>(undefined);
  function down(digit: string): void {
    if (!plus || digit !== '0') return;
    const hold = { done: false, timer: setTimeout(() => ((hold.done = true), onDigit('+')), HOLD_MS) };
    held.current = hold;
  }
  function up(): void {
    if (held.current) clearTimeout(held.current.timer);
  }
  function press(digit: string): void {
    const gavePlus = held.current?.done === true;
    held.current = undefined;
    if (!gavePlus) onDigit(digit);
  }
  return (
    <div class="pad" role="group" aria-label={words.value('region_dialPad')}>
      {KEYS.map((digit) => (
        <button
          type="button"
          key={digit}
          onPointerDown={() => down(digit)}
          onPointerUp={up}
          onPointerLeave={up}
          onClick={() => press(digit)}
        >
          <span class="pad-digit">{digit}</span>
          <span class="pad-letters" aria-hidden="true">
            {digit === '0' && plus ? '+' : LETTERS[digit]}
          </span>
        </button>
      ))}
    </div>
  );
}
