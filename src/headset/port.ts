// What is asked of whatever reaches headsets: WebHID in the offscreen document, recorded reports in tests.
// The shapes are WebHID's (https://wicg.github.io/webhid/), cut to what buttons and lights need.

/** One item of a report. `usages` are usage page × 65,536 + usage. Constant items are padding, and count bits too. */
export interface ReportItem {
  readonly isConstant?: boolean;
  /** Each field holds the number of a pressed button instead of one bit for each. */
  readonly isArray?: boolean;
  readonly isAbsolute?: boolean;
  /** It falls back by itself, as a push button does; a toggle switch has none. */
  readonly hasPreferredState?: boolean;
  readonly isRange?: boolean;
  readonly usages?: readonly number[];
  readonly usageMinimum?: number;
  readonly usageMaximum?: number;
  readonly logicalMinimum?: number;
  /** Bits of one field, and how many fields there are. */
  readonly reportSize?: number;
  readonly reportCount?: number;
}
export interface ReportInfo {
  readonly reportId?: number;
  readonly items?: readonly ReportItem[];
}
/** A top-level collection. Chromium lists the items of nested collections in it too, in the order of the descriptor. */
export interface CollectionInfo {
  readonly usagePage?: number;
  readonly inputReports?: readonly ReportInfo[];
  readonly outputReports?: readonly ReportInfo[];
}

export interface HeadsetDevice {
  readonly name: string;
  /** Vendor and product, `0b0e:0412`. */
  readonly model: string;
  readonly collections: readonly CollectionInfo[];
  /** Rejects where another program holds the device. */
  open(onReport: (reportId: number, data: Uint8Array) => void): Promise<void>;
  /** Rejects when the device has gone. */
  send(reportId: number, data: Uint8Array): Promise<void>;
}

export interface HeadsetPort {
  /** The paired headsets that are plugged in; the same object for a device as long as it stays. */
  devices(): Promise<readonly HeadsetDevice[]>;
  /** Told whenever one is plugged in or out. */
  watch(changed: () => void): void;
}
