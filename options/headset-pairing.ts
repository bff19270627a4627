// Pairing a headset: the browser lets a page ask for one only by a click in a tab. The DOM types do not know WebHID.
import { TELEPHONY_PAGE } from '../src/headset/layout';

interface HidDevice {
  readonly vendorId: number;
  readonly productId: number;
  forget(): Promise<void>;
}
interface Hid {
  requestDevice(options: { filters: readonly { usagePage: number }[] }): Promise<readonly HidDevice[]>;
  getDevices(): Promise<readonly HidDevice[]>;
}
const { hid } = navigator as Navigator & { readonly hid?: Hid };

export const canPairHeadsets = hid !== undefined;

/** Shows the browser's list of headsets. @returns whether one was chosen. Rejects where the browser forbids the list. */
export async function pairHeadset(): Promise<boolean> {
  const chosen = await hid?.requestDevice({ filters: [{ usagePage: TELEPHONY_PAGE }] });
  return chosen !== undefined && chosen.length > 0;
}

/** Takes the permission back from every headset of this vendor and product. */
export async function forgetHeadset(model: string): Promise<void> {
  const paired = (await hid?.getDevices()) ?? [];
  const [vendor, product] = model.split(':').map((part) => Number.parseInt(part, 16));
  const those = paired.filter(({ vendorId, productId }) => vendorId === vendor && productId === product);
  await Promise.all(those.map((device) => device.forget()));
}
