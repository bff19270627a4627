// Bits of reports: which buttons are on, and the bytes that light the lights. Pure.
import type { ButtonPlace, Lights, LightReport } from './layout';

/** @param data without the report id, as WebHID hands it over; a report that is too short holds zeros. */
export function isOn({ fields, value }: ButtonPlace, data: Uint8Array): boolean {
  return fields.some(({ bit, size }) => {
    const found = readBits(data, bit, size);
    return value === undefined ? found !== 0 : found === value;
  });
}

/** What is in the report beside lights stays zero. */
export function writeLights({ bytes, lights: places }: LightReport, lights: Lights): Uint8Array {
  const data = new Uint8Array(bytes);
  for (const { light, bit } of places) {
    const at = bit >> 3;
    if (lights[light]) data[at] = (data[at] ?? 0) | (1 << (bit & 7));
  }
  return data;
}

/** The least significant bit comes first: HID 1.11 §8.1. */
function readBits(data: Uint8Array, from: number, size: number): number {
  let found = 0;
  for (let index = 0; index < size; index += 1) {
    const bit = from + index;
    if (((data[bit >> 3] ?? 0) >> (bit & 7)) & 1) found += 2 ** index;
  }
  return found;
}
