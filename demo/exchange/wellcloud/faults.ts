// Troubles of the wellCloud door that can be switched on (wellclient.md §14): what a bad server, a bad network or a proxy
// does to events and answers. Those of the agents' own states are in agents.ts.
import type { AgentFaults } from './agents';
import type { Fields } from './ids';

export interface WellcloudFaults extends AgentFaults {
  /** Every event comes once more after so many others; -1: no. */
  duplicateAfter: number;
  /** Every second event of an agent comes before the one ahead of it. */
  swap: boolean;
  /** So many of the next events are lost. */
  lose: number;
  /** Events come without `serial`. */
  withoutSerial: boolean;
  /** Devices have their domain twice: `8003@x@x`. */
  doubleDomain: boolean;
  /** Every answer comes so much later. */
  delayMs: number;
  /** What a command causes is told before its answer; else after it. */
  eventsFirst: boolean;
  /** CONNECT is never answered. */
  neverConnected: boolean;
  /** 466 for whoever starts or stops recording. */
  recordingDisabled: boolean;
}
export const NO_DOOR_FAULTS = {
  ...{ duplicateAfter: -1, swap: false, lose: 0, withoutSerial: false, doubleDomain: false },
  ...{ delayMs: 0, eventsFirst: false, neverConnected: false, recordingDisabled: false },
} as const;

/** In place of the answer: a proxy's page, a login page elsewhere, 200 with nothing, the connection cut. */
export const WRONG_ANSWERS = ['html', 'redirect', 'empty', 'cut'] as const;
export interface WrongHttpAnswer {
  readonly answer: (typeof WRONG_ANSWERS)[number];
  /** Only to a request whose path holds this. */
  readonly path?: string;
}

const LONGEST_HELD_BACK_MS = 200;

/** The events of one agent, on their way out. */
export class FaultyEvents {
  private heldBack: (() => void) | undefined;
  private again: { event: Fields; after: number }[] = [];

  constructor(
    private readonly faults: WellcloudFaults,
    private readonly domain: string,
    private readonly send: (event: Fields) => void,
  ) {}

  publish(event: Fields): void {
    const { faults } = this;
    if (faults.lose > 0) return void (faults.lose -= 1);
    const damaged = this.damage(event);
    const go = () => this.sendOne(damaged);
    if (!faults.swap || this.heldBack) {
      go();
      return this.heldBack?.();
    }
    const timer = setTimeout(() => this.heldBack?.(), LONGEST_HELD_BACK_MS);
    this.heldBack = () => {
      clearTimeout(timer);
      this.heldBack = undefined;
      go();
    };
  }

  private sendOne(event: Fields): void {
    const { duplicateAfter } = this.faults;
    this.send(event);
    for (const one of this.again) one.after -= 1;
    const due = this.again.filter(({ after }) => after <= 0);
    this.again = this.again.filter(({ after }) => after > 0);
    for (const one of due) this.send(one.event);
    if (duplicateAfter === 0) this.send(event);
    else if (duplicateAfter > 0) this.again.push({ event, after: duplicateAfter });
  }

  private damage(event: Fields): Fields {
    const { withoutSerial, doubleDomain } = this.faults;
    const { serial, ...rest } = event;
    const numbered = withoutSerial ? rest : { ...rest, serial };
    if (!doubleDomain) return numbered;
    const isDevice = (name: string, value: unknown): value is string =>
      /device$|deviceid$/i.test(name) && typeof value === 'string';
    return Object.fromEntries(
      Object.entries(numbered).map(([name, value]) => [
        name,
        isDevice(name, value) ? `${value}@${this.domain}` : value,
      ]),
    );
  }
}
