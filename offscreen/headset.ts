// Headsets by WebHID. Pairing needs a click in a tab (options/headset-pairing.ts); what was paired there is found here.
// The DOM types do not know WebHID.
import type { CollectionInfo, HeadsetDevice, HeadsetPort } from '../src/headset/port';

interface InputReport {
  readonly reportId: number;
  readonly data: DataView;
}
interface HidDevice {
  readonly productName: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly collections: readonly CollectionInfo[];
  readonly opened: boolean;
  oninputreport: ((report: InputReport) => void) | null;
  open(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array): Promise<void>;
}
interface Hid {
  getDevices(): Promise<readonly HidDevice[]>;
  addEventListener(type: 'connect' | 'disconnect', listener: () => void): void;
}

export function openHeadsetPort(): HeadsetPort {
  const { hid } = navigator as Navigator & { readonly hid?: Hid };
  const known = new WeakMap<HidDevice, HeadsetDevice>();
  return {
    async devices() {
      const devices = (await hid?.getDevices()) ?? [];
      return devices.map((device) => {
        const headset = known.get(device) ?? headsetOf(device);
        known.set(device, headset);
        return headset;
      });
    },
    watch(changed) {
      hid?.addEventListener('connect', changed);
      hid?.addEventListener('disconnect', changed);
    },
  };
}

function headsetOf(device: HidDevice): HeadsetDevice {
  return {
    name: device.productName.trim().slice(0, 100),
    model: [device.vendorId, device.productId].map((id) => id.toString(16).padStart(4, '0')).join(':'),
    collections: device.collections,
    async open(onReport) {
      device.oninputreport = ({ reportId, data }) =>
        onReport(reportId, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      if (!device.opened) await device.open();
    },
    send: (reportId, data) => device.sendReport(reportId, data),
  };
}
