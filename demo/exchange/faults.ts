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

/** Which request is answered wrongly next. `re-INVITE` is an INVITE inside a dialog, `INVITE` one that opens a call. */
export interface WrongAnswer {
  method: string;
  status: number; // 0: no answer at all, not even when it is repeated
}

/** Wrong answers still to be given: each to one request of its method, in the order they were asked for. */
export class WrongAnswers {
  private readonly ahead: WrongAnswer[] = [];

  add(answer: WrongAnswer): void {
    this.ahead.push(answer);
  }

  /** @returns the status to answer with, 0 for silence; undefined where the request is answered as it should be. */
  take(method: string, inDialog: boolean): number | undefined {
    const name = method === 'INVITE' && inDialog ? 're-INVITE' : method;
    const index = this.ahead.findIndex((answer) => answer.method === name);
    return index < 0 ? undefined : this.ahead.splice(index, 1)[0]?.status;
  }
}

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
