// A choice of a sound device, as a view asks for it.
import * as v from 'valibot';
import { DEVICE_ROLES, type Device, type DeviceRole } from '../domain/devices';
import { PhoneError } from '../domain/phone-error';
import { ChosenDevice } from './schema';

const Choice = v.strictObject({ role: v.picklist(DEVICE_ROLES), device: ChosenDevice });

/** @throws PhoneError `badRequest`. */
export function readDeviceChoice(value: unknown): { role: DeviceRole; device: Device } {
  const read = v.safeParse(Choice, value);
  if (!read.success) throw new PhoneError('badRequest', 'a choice of a device without a shape');
  return read.output;
}
