// Troubles that can be switched on for tests: what a bad network or a bad server does to frames.

export interface Faults {
  refuseSockets: boolean; // the WebSocket upgrade is answered 503
  silent: boolean; // frames come in and nothing is answered
  delayMs: number; // every frame goes out this much later
  duplicate: boolean; // every frame goes out twice
  reorder: boolean; // every second frame goes out before the one ahead of it
  registerStatus: number; // 0, or the status every REGISTER is answered with
}

export const noFaults: Readonly<Faults> = {
  refuseSockets: false,
  silent: false,
  delayMs: 0,
  duplicate: false,
  reorder: false,
  registerStatus: 0,
};

const longestHeldBackMs = 50;

/** Sends frames as the faults of the moment say. */
export class FaultySender {
  private heldBack: (() => void) | undefined;
  constructor(
    private readonly faults: Faults,
    private readonly write: (frame: string | Uint8Array) => void,
  ) {}

  send(frame: string | Uint8Array): void {
    if (this.faults.silent) return;
    const go = () => {
      this.write(frame);
      if (this.faults.duplicate) this.write(frame);
    };
    if (this.faults.reorder && !this.heldBack) {
      const timer = setTimeout(() => this.release(), longestHeldBackMs);
      this.heldBack = () => {
        clearTimeout(timer);
        go();
      };
      return;
    }
    if (this.faults.delayMs > 0) setTimeout(go, this.faults.delayMs);
    else go();
    this.release();
  }

  private release(): void {
    const release = this.heldBack;
    this.heldBack = undefined;
    release?.();
  }
}
