// Headsets for tests: descriptors as the browser lists them, DERIVED from the HID Usage Tables, not recorded from devices.
// Each comes with the reports that its buttons send by that descriptor.
import type { CollectionInfo, HeadsetDevice, HeadsetPort, ReportItem } from './port';

const TELEPHONY = 0x0b_0000;
const LED = 0x08_0000;
const bits = (usages: readonly number[], flags: Partial<ReportItem> = {}): ReportItem => ({
  usages,
  reportSize: 1,
  reportCount: usages.length,
  isAbsolute: true,
  hasPreferredState: true,
  logicalMinimum: 0,
  ...flags,
});
const padding = (count: number): ReportItem => ({ isConstant: true, reportSize: 1, reportCount: count, usages: [] });
const toggle: Partial<ReportItem> = { hasPreferredState: false };
const relative: Partial<ReportItem> = { isAbsolute: false };

/** A plain USB headset: the hook switch tells a state, mute a press; lights in one report of the same id. */
export const PLAIN: readonly CollectionInfo[] = [
  {
    usagePage: 0x0b,
    inputReports: [
      {
        reportId: 2,
        items: [
          bits([TELEPHONY + 0x20, TELEPHONY + 0x97], toggle),
          bits([TELEPHONY + 0x2f, TELEPHONY + 0x21, TELEPHONY + 0x24], relative),
          padding(11),
        ],
      },
    ],
    outputReports: [
      { reportId: 2, items: [bits([LED + 0x17, LED + 0x09, LED + 0x18, LED + 0x20], toggle), padding(12)] },
    ],
  },
];
export const PLAIN_REPORTS = {
  onHook: [2, 0b0000_0000, 0],
  offHook: [2, 0b0000_0001, 0],
  mutePressed: [2, 0b0000_0100, 0],
  /** Off hook, and mute goes down and up again. */
  muteDown: [2, 0b0000_0101, 0],
  muteUp: [2, 0b0000_0001, 0],
  flashDown: [2, 0b0000_1001, 0],
  redialDown: [2, 0b0001_0000, 0],
} as const;

/** Every button is a one-shot: a press is a 1 and nothing more. No report ids, lights in a byte of their own each. */
export const ONE_SHOT: readonly CollectionInfo[] = [
  { usagePage: 0x0c, inputReports: [], outputReports: [] },
  {
    usagePage: 0x0b,
    inputReports: [
      { reportId: 0, items: [padding(4), bits([TELEPHONY + 0x20, TELEPHONY + 0x2f], relative), padding(2)] },
    ],
    outputReports: [
      {
        reportId: 0,
        items: [bits([LED + 0x17]), padding(7), bits([LED + 0x09], { reportSize: 8 }), bits([LED + 0x18])],
      },
    ],
  },
];
export const ONE_SHOT_REPORTS = { hook: [0, 0b0001_0000], mute: [0, 0b0010_0000], none: [0, 0] } as const;

/** Far apart and odd: input ids 155 and 8, an array of pressed buttons, a range of usages, and each light with its own id. */
export const ODD: readonly CollectionInfo[] = [
  {
    usagePage: 0x0b,
    inputReports: [
      { reportId: 155, items: [padding(13), bits([TELEPHONY + 0x20], toggle)] },
      {
        reportId: 8,
        items: [
          {
            isArray: true,
            isAbsolute: true,
            isRange: true,
            usageMinimum: TELEPHONY + 0x20,
            usageMaximum: TELEPHONY + 0x2f,
            logicalMinimum: 1,
            reportSize: 8,
            reportCount: 2,
          },
        ],
      },
    ],
    outputReports: [
      { reportId: 31, items: [bits([LED + 0x17])] },
      { reportId: 7, items: [padding(9), bits([LED + 0x09])] },
      { reportId: 40, items: [bits([LED + 0x18, LED + 0x20], { reportSize: 2 })] },
    ],
  },
];
/** The array counts from 1 at the hook switch: mute is its 16th. */
export const ODD_REPORTS = {
  offHook: [155, 0, 0b0010_0000],
  onHook: [155, 0, 0],
  muteDown: [8, 0, 16],
  flashDown: [8, 2, 0],
  nothingDown: [8, 0, 0],
} as const;

/** Says it tells states, and yet its buttons fall back when they are let go. */
export const SPRINGY: readonly CollectionInfo[] = [
  {
    usagePage: 0x0b,
    inputReports: [{ reportId: 1, items: [bits([TELEPHONY + 0x20, TELEPHONY + 0x2f]), padding(6)] }],
    outputReports: [{ reportId: 1, items: [bits([LED + 0x17, LED + 0x09]), padding(6)] }],
  },
];

export type Report = readonly [reportId: number, ...bytes: number[]];

/** A headset in the hand of a test. */
export class FakeHeadset implements HeadsetDevice {
  readonly model = '0b0e:0412';
  /** What its lights were told, as id and bytes. */
  readonly sent: number[][] = [];
  opened = 0;
  /** Another program holds it. */
  busy = false;
  gone = false;
  /** Its driver answers no sooner. */
  answered: Promise<void> | undefined;
  /** Answers a changed light with this report, as many do. */
  echo: ((sent: readonly number[]) => Report | undefined) | undefined;
  private onReport: (reportId: number, data: Uint8Array) => void = () => undefined;

  constructor(
    readonly collections: readonly CollectionInfo[],
    readonly name = 'Headset',
  ) {}

  async open(onReport: (reportId: number, data: Uint8Array) => void): Promise<void> {
    if (this.busy) throw new DOMException('Failed to open the device.', 'NotAllowedError');
    this.opened += 1;
    await this.answered;
    this.onReport = onReport;
  }

  async send(reportId: number, data: Uint8Array): Promise<void> {
    if (this.gone) throw new DOMException('The device was disconnected.', 'NotFoundError');
    this.sent.push([reportId, ...data]);
    const answer = this.echo?.([reportId, ...data]);
    if (answer) this.press(answer);
  }

  press(...reports: readonly Report[]): void {
    for (const [reportId, ...data] of reports) this.onReport(reportId, Uint8Array.from(data));
  }
}

/** A port whose headsets a test plugs in and out. */
export class FakePort implements HeadsetPort {
  private changed: () => void = () => undefined;
  plugged: readonly FakeHeadset[];

  constructor(...plugged: FakeHeadset[]) {
    this.plugged = plugged;
  }

  async devices(): Promise<readonly HeadsetDevice[]> {
    return this.plugged;
  }

  watch(changed: () => void): void {
    this.changed = changed;
  }

  plug(...headsets: FakeHeadset[]): void {
    this.plugged = headsets;
    this.changed();
  }
}
