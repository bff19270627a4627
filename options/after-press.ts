// Runs something once no mouse button is down: an error that appears between press and release would move the button away.
let pressed = false;
addEventListener('pointerdown', () => (pressed = true), { capture: true });
for (const end of ['pointerup', 'pointercancel'] as const) {
  addEventListener(end, () => (pressed = false), { capture: true });
}

export function afterPress(run: () => void): void {
  if (!pressed) return run();
  const end = new AbortController();
  const released = (): void => {
    end.abort();
    setTimeout(run); // after the click that follows the release
  };
  addEventListener('pointerup', released, { signal: end.signal });
  addEventListener('pointercancel', released, { signal: end.signal });
}
