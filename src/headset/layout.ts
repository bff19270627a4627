// Where in a headset's reports its buttons and lights are. Pure: read from what the browser made of the descriptor.
// HID Usage Tables 1.5, §11 (LED page) and §14 (telephony page); HID 1.11, §6.2.2.5 for items.
import type { HeadsetButton } from '../domain/headset';
import type { CollectionInfo, ReportInfo, ReportItem } from './port';

export const TELEPHONY_PAGE = 0x0b;
const BUTTON_USAGES: Readonly<Record<number, HeadsetButton>> = {
  0x0b_0020: 'hook',
  0x0b_002f: 'mute',
  0x0b_0021: 'flash',
  0x0b_0024: 'redial',
};
const LIGHT_USAGES: Readonly<Record<number, Light>> = {
  0x08_0017: 'offHook',
  0x08_0018: 'ring',
  0x08_0009: 'mute',
  0x08_0020: 'hold',
};

export type Light = 'offHook' | 'ring' | 'mute' | 'hold';
export type Lights = Readonly<Record<Light, boolean>>;

interface Field {
  readonly bit: number;
  readonly size: number;
}
export interface ButtonPlace {
  readonly button: HeadsetButton;
  readonly reportId: number;
  /** On when one of them holds `value`; without a value, when one is not zero. */
  readonly fields: readonly Field[];
  readonly value?: number;
  /**
   * `level`: tells a state, such as off hook. `spring`: the same, though it may be a push button that falls back.
   * `pulse`: tells of a press.
   */
  readonly kind: 'level' | 'spring' | 'pulse';
  /** A `pulse` by difference: the same report once more is one more press. */
  readonly relative: boolean;
}
export interface LightReport {
  readonly reportId: number;
  readonly bytes: number;
  readonly lights: readonly ({ readonly light: Light } & Field)[];
}
export interface HeadsetLayout {
  readonly buttons: readonly ButtonPlace[];
  readonly lightReports: readonly LightReport[];
}

/** Whether a device is a telephone's headset at all. */
export function isTelephony(collections: readonly CollectionInfo[]): boolean {
  return collections.some(({ usagePage }) => usagePage === TELEPHONY_PAGE);
}

export function readLayout(collections: readonly CollectionInfo[]): HeadsetLayout {
  return {
    buttons: collections.flatMap(({ inputReports = [] }) => inputReports.flatMap(buttonsOf)),
    lightReports: collections.flatMap(({ outputReports = [] }) => outputReports.flatMap(lightsOf)),
  };
}

function buttonsOf(report: ReportInfo): ButtonPlace[] {
  const reportId = report.reportId ?? 0;
  return placed(report).flatMap(({ item, bit }): ButtonPlace[] => {
    const relative = item.isAbsolute !== true;
    if (item.isArray) {
      const fields = fieldsOf(item, bit);
      return usagesOf(item).flatMap((usage, index) => {
        const button = BUTTON_USAGES[usage];
        const value = (item.logicalMinimum ?? 0) + index;
        return button ? [{ button, reportId, fields, value, kind: 'pulse', relative: false }] : [];
      });
    }
    const kind = relative ? 'pulse' : item.hasPreferredState ? 'spring' : 'level';
    return fieldsOf(item, bit).flatMap((field, index) => {
      const button = BUTTON_USAGES[usageAt(item, index)];
      if (!button) return [];
      const told = button === 'hook' || button === 'mute' ? kind : 'pulse'; // the others have no state to tell
      return [{ button, reportId, fields: [field], kind: told, relative }];
    });
  });
}

/** A list of lights by number instead of one bit for each is left dark: no such headset is known. */
function lightsOf(report: ReportInfo): LightReport[] {
  const items = placed(report);
  const lights = items.flatMap(({ item, bit }) =>
    item.isArray
      ? []
      : fieldsOf(item, bit).flatMap((field, index) => {
          const light = LIGHT_USAGES[usageAt(item, index)];
          return light ? [{ light, ...field }] : [];
        }),
  );
  const last = items.at(-1);
  const bits = last ? last.bit + bitsOf(last.item) : 0;
  return lights.length > 0 ? [{ reportId: report.reportId ?? 0, bytes: Math.ceil(bits / 8), lights }] : [];
}

/** Items with the bit at which each begins, counted behind the report id. */
function placed({ items = [] }: ReportInfo): { item: ReportItem; bit: number }[] {
  let bit = 0;
  return items.map((item) => {
    const at = { item, bit };
    bit += bitsOf(item);
    return at;
  });
}

function bitsOf({ reportSize = 0, reportCount = 0 }: ReportItem): number {
  return reportSize * reportCount;
}

/** A report holds 64 fields at most that we look at: a descriptor cannot make us count for ever. */
const FIELDS_MAX = 64;

function fieldsOf(item: ReportItem, bit: number): Field[] {
  const size = item.reportSize ?? 0;
  if (item.isConstant || size < 1 || size > 32) return [];
  const count = Math.min(item.reportCount ?? 0, FIELDS_MAX);
  return Array.from({ length: count }, (_none, index) => ({ bit: bit + index * size, size }));
}

function usagesOf({ isRange, usages = [], usageMinimum = 0, usageMaximum = -1 }: ReportItem): number[] {
  if (!isRange) return [...usages];
  const count = Math.min(usageMaximum - usageMinimum + 1, 1_024);
  return Array.from({ length: Math.max(0, count) }, (_none, index) => usageMinimum + index);
}

/** HID 1.11 §6.2.2.8: where there are more fields than usages, the last one goes for the rest. */
function usageAt(item: ReportItem, index: number): number {
  const usages = usagesOf(item);
  return usages[Math.min(index, usages.length - 1)] ?? 0;
}
