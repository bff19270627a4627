// Follows what is plugged in and what the settings wish: which device each role uses now, told to state and agent.
// Only lists devices; it never opens one.
import {
  DEVICE_ROLES,
  isUnnamed,
  newsOf,
  useOf,
  type DeviceRole,
  type DevicesInUse,
  type DeviceUse,
  type DeviceWish,
} from '../src/domain/devices';
import type { DomainEvent } from '../src/domain/phone';
import type { MonotonicMs } from '../src/domain/time';

const KINDS: Readonly<Record<DeviceRole, MediaDeviceKind>> = {
  microphone: 'audioinput',
  speaker: 'audiooutput',
  ring: 'audiooutput',
};
/** W3C Media Capture and Streams lets a browser hold the event back; a change is to be followed within 2 s. */
const LOOK_EACH_MS = 1_500;
/** Some drivers answer late; a call does not wait for their list. */
const LIST_WITHIN_MS = 1_000;
const LIST_LOST_AFTER_MS = 10_000;
type Wishes = (role: DeviceRole) => DeviceWish;

export interface Devices {
  configure(wishes: Wishes): void;
  /** Lists anew; resolves, after a second at the latest, with what is known then. */
  look(): Promise<void>;
  /** While a call lives the list is read again and again: `devicechange` may be kept from documents without focus. */
  phoneChanged(): void;
  use(role: DeviceRole): DeviceUse;
}
interface Wires {
  list(): Promise<readonly MediaDeviceInfo[]>;
  emit(event: DomainEvent): void;
  inCall(): boolean;
  monotonic(): MonotonicMs;
  /** Another device is used, or can be. */
  changed(): void;
}

export function createDevices({ list, emit, inCall, monotonic, changed }: Wires): Devices {
  let wishes: Wishes | undefined;
  let listed: readonly MediaDeviceInfo[] | undefined;
  let current = usesOf(() => ({ id: '', chosen: [] }), []);
  let told: DevicesInUse | undefined;
  let newest = 0;
  let underWay = 0;
  let askedAt = 0;
  let watching: ReturnType<typeof setInterval> | undefined;
  const noticed = new Set<DeviceRole>();

  function settle(): void {
    if (!wishes || !listed) return; // neither is known: nothing is said to be gone
    const next = usesOf(wishes, listed);
    if (told && JSON.stringify(next) === JSON.stringify(told)) return;
    const before = told;
    told = current = next;
    emit({ type: 'devicesChanged', devices: next });
    tell(before, next);
    changed();
  }

  /** One notice for each role: the newest takes the place of the one before. */
  function tell(before: DevicesInUse | undefined, next: DevicesInUse): void {
    const news = newsOf(before, next, inCall());
    for (const role of noticed) {
      const over = !next[role].gone && before?.[role].wanted !== next[role].wanted;
      if (over && noticed.delete(role)) emit({ type: 'noticeDismissed', id: noticeId(role) });
    }
    for (const { role, code, data } of news) {
      noticed.add(role);
      emit({ type: 'noticed', notice: { id: noticeId(role), code, data, at: monotonic() } });
    }
  }

  async function look(): Promise<void> {
    const mine = ++newest;
    underWay += 1;
    askedAt = monotonic();
    const listing = list()
      .finally(() => (underWay -= 1))
      .then((found) => {
        if (mine < newest || isUnnamed(found.filter(isSound).map(plain))) return; // a newer list is on its way, or the permission was taken back
        listed = found;
        settle();
      });
    let patience: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise<void>((resolve) => (patience = setTimeout(resolve, LIST_WITHIN_MS)));
    await Promise.race([listing.catch(() => undefined), enough]); // without a list, the last one serves
    clearTimeout(patience);
  }

  /** A list that takes longer than the time between two must still be read: no new one is asked for meanwhile. */
  async function lookAgain(): Promise<void> {
    if (underWay === 0 || monotonic() - askedAt > LIST_LOST_AFTER_MS) await look();
  }

  return {
    configure(next) {
      wishes = next;
      settle();
    },
    look,
    phoneChanged() {
      if (inCall() === (watching !== undefined)) return;
      clearInterval(watching);
      watching = inCall() ? setInterval(() => void lookAgain(), LOOK_EACH_MS) : undefined;
      if (watching !== undefined) void look(); // before it rings for long
    },
    use: (role) => current[role],
  };
}

const isSound = ({ kind }: MediaDeviceInfo) => kind !== 'videoinput';
const noticeId = (role: DeviceRole) => `device:${role}`;

function usesOf(wishes: Wishes, listed: readonly MediaDeviceInfo[]): DevicesInUse {
  const use = (role: DeviceRole) => {
    const present = listed.filter(({ kind }) => kind === KINDS[role]);
    return [role, useOf(wishes(role), present.map(plain))] as const;
  };
  return Object.fromEntries(DEVICE_ROLES.map(use)) as DevicesInUse; // each role has one
}

function plain({ deviceId, label, groupId }: MediaDeviceInfo) {
  return { id: deviceId, label, group: groupId };
}
