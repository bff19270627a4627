// Sound devices: which one the agent wants, which are there, and so which one is used. Pure: knows no browser.
// Ids are those of `enumerateDevices`; the empty one stands for the system's choice.

export const DEVICE_ROLES = ['microphone', 'speaker', 'ring'] as const;
export type DeviceRole = (typeof DEVICE_ROLES)[number];

export interface Device {
  readonly id: string;
  readonly label: string;
}
/** As the browser lists it; without a permission ids and labels are empty. */
export interface PresentDevice extends Device {
  /** The same for the parts of one piece of hardware, and for the entries that stand for it. */
  readonly group: string;
}
export interface DeviceWish {
  readonly id: string;
  /** What was chosen before, the newest first; among them the wanted one with its label. */
  readonly chosen: readonly Device[];
}
/** How one role is filled now. */
export interface DeviceUse {
  readonly wanted: string;
  /** The one in use first, then those that step in when it cannot be opened; never empty. */
  readonly order: readonly [Device, ...Device[]];
  /** The wanted one, while it is not there. */
  readonly gone?: Device;
  /** What can be chosen. */
  readonly present: readonly Device[];
}
export type DevicesInUse = Readonly<Record<DeviceRole, DeviceUse>>;

const SYSTEM = '';
/** Entries by which Chrome offers the choices of the operating system; the second on Windows only. */
const STANDING_FOR_OTHERS: ReadonlySet<string> = new Set(['', 'default', 'communications']);

/** Whether an id names no device, but whatever the system chooses. */
export function isStandIn(id: string): boolean {
  return STANDING_FOR_OTHERS.has(id);
}

const CHOSEN_KEPT = 5;

/** The wanted device; else those chosen before, the newest first; else what the system says; else any. */
export function useOf(wish: DeviceWish, listed: readonly PresentDevice[]): DeviceUse {
  const present = listed.filter(({ id }) => !isStandIn(id));
  const system = { id: SYSTEM, label: systemLabel(listed, present) };
  const common = { wanted: wish.id, present: present.map(plain) };
  if (wish.id === SYSTEM) return { ...common, order: distinct([system, ...present.map(plain)]) };

  const wanted = { id: wish.id, label: labelOf(wish) };
  const found = isUnnamed(listed) ? wanted : find(wanted, present);
  const before = wish.chosen.map((device) => find(device, present));
  const communications = listed.find(({ id }) => id === 'communications');
  return {
    ...common,
    order: distinct([found, ...before, communications, system, ...present]),
    ...(!found && { gone: wanted }),
  };
}

/** A list without the permission tells nothing: who is there has neither id nor name. */
export function isUnnamed(listed: readonly Pick<Device, 'id'>[]): boolean {
  return listed.length > 0 && listed.every(({ id }) => id === '');
}

/** By its id; where the browser has given new ones, by its label. */
function find({ id, label }: Device, present: readonly PresentDevice[]): Device | undefined {
  const byLabel = () => (label === '' ? undefined : present.find((other) => other.label === label));
  return present.find((other) => other.id === id) ?? byLabel();
}

function labelOf({ id, chosen }: DeviceWish): string {
  return chosen.find((device) => device.id === id)?.label ?? '';
}

/** The name of what the system's choice is now: Chrome's own says `Default - …` in its language. */
function systemLabel(listed: readonly PresentDevice[], present: readonly PresentDevice[]): string {
  const entry = listed.find(({ id }) => id === 'default');
  const behind = entry && present.find(({ group }) => group !== '' && group === entry.group);
  return behind?.label ?? entry?.label ?? present[0]?.label ?? '';
}

function plain({ id, label }: Device): Device {
  return { id, label };
}

function distinct([first, ...others]: readonly (Device | undefined)[]): [Device, ...Device[]] {
  const seen = new Map<string, Device>();
  for (const device of [first, ...others]) if (device && !seen.has(device.id)) seen.set(device.id, plain(device));
  const [one = { id: SYSTEM, label: '' }, ...rest] = seen.values();
  return [one, ...rest];
}

/** A choice, remembered with its name: a device that is gone can then be named, and stands in for later ones. */
export function withChosen(chosen: readonly Device[], device: Device): Device[] {
  if (device.id === SYSTEM) return [...chosen];
  const others = chosen.filter(({ id, label }) => id !== device.id && (label === '' || label !== device.label));
  const label = device.label || labelOf({ id: device.id, chosen }); // one that is gone has no name now
  return [{ id: device.id, label }, ...others].slice(0, CHOSEN_KEPT);
}

/** Something to tell. A device that was never named is `''`. */
export interface DeviceNews {
  readonly role: DeviceRole;
  /** `soundDeviceGoneNone`: nothing at all takes its place. `soundDeviceSystem`: the system has chosen another one, in a call. */
  readonly code: 'soundDeviceGone' | 'soundDeviceGoneNone' | 'soundDeviceBack' | 'soundDeviceSystem';
  readonly data: Readonly<Record<'device' | 'using', string>>;
}

/** What the agent has to know of a change; one thing for all roles that it concerns in the same way. */
export function newsOf(before: DevicesInUse | undefined, after: DevicesInUse, inCall: boolean): DeviceNews[] {
  const all = DEVICE_ROLES.flatMap((role) => {
    const news =
      newsOfWish(before?.[role], after[role]) ??
      (inCall && role !== 'ring' ? newsOfSystem(before?.[role], after[role]) : undefined);
    return news ? [{ role, ...news }] : [];
  });
  const said = ({ code, data }: DeviceNews) => JSON.stringify([code, data]);
  return all.filter((news, index) => all.findIndex((other) => said(other) === said(news)) === index);
}

function newsOfWish(before: DeviceUse | undefined, after: DeviceUse): Omit<DeviceNews, 'role'> | undefined {
  const [using] = after.order;
  if (after.gone) {
    const known = before?.gone?.id === after.gone.id && before.order[0].label === using.label;
    if (known) return undefined;
    return { code: goneCode(after), data: { device: after.gone.label, using: using.label } };
  }
  return before?.gone && before.gone.id === after.wanted
    ? { code: 'soundDeviceBack', data: { device: using.label, using: using.label } }
    : undefined;
}

/** Without a wish the system's choice may be unplugged, or the system may choose anew. */
function newsOfSystem(before: DeviceUse | undefined, after: DeviceUse): Omit<DeviceNews, 'role'> | undefined {
  const [was, is] = [before?.order[0], after.order[0]];
  if (!was || before?.wanted !== SYSTEM || after.wanted !== SYSTEM) return undefined;
  if (was.label === is.label || was.label === '') return undefined;
  const unplugged = !after.present.some(({ label }) => label === was.label);
  return { code: unplugged ? goneCode(after) : 'soundDeviceSystem', data: { device: was.label, using: is.label } };
}

function goneCode(use: DeviceUse): DeviceNews['code'] {
  return hasNone(use) ? 'soundDeviceGoneNone' : 'soundDeviceGone';
}

/** Nothing is plugged in that could be used. */
export function hasNone({ present, order: [using] }: DeviceUse): boolean {
  return present.length === 0 && using.label === '';
}
