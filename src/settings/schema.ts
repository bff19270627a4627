// The settings document: what is stored, imported and exported. One source; the published JSON schemas are made from it.
// Secrets are never part of it.
import * as v from 'valibot';
import { withChosen, type Device, type DeviceRole, type DeviceWish } from '../domain/devices';
import { RING_TONES } from '../domain/ring-tones';
import { SipSettings } from '../backends/sip/settings';
import { WellcloudSettings } from '../backends/wellcloud/settings';
import type { Policy } from './policy';
import { isSite } from './site';

export const SETTINGS_VERSION = 1;
const Id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/));
const Origin = v.pipe(
  v.string(),
  v.regex(/^https?:\/\/[a-z0-9._\-[\]:]+$/, 'an origin such as https://crm.example.com'),
);
const Volume = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const DeviceId = v.pipe(v.string(), v.maxLength(256));
export const ChosenDevice = v.strictObject({ id: DeviceId, label: v.pipe(v.string(), v.maxLength(256)) });
const Chosen = v.pipe(v.array(ChosenDevice), v.maxLength(10));

/** Whether something can be kept of this origin. */
export function isRememberable(origin: string): boolean {
  return v.is(Origin, origin) && isSite(origin);
}

export const Profile = v.strictObject({
  id: Id,
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  /** Where the voice is in this browser. */
  voice: v.optional(v.nullable(SipSettings), null),
  /** Where a server steers the calls; without `voice` they are on a desk phone or in another program. */
  agent: v.optional(v.nullable(WellcloudSettings), null),
});
export type Profile = v.InferOutput<typeof Profile>;

export const Settings = v.strictObject({
  version: v.literal(SETTINGS_VERSION),
  language: v.optional(v.picklist(['auto', 'en', 'zh-CN']), 'auto'),
  /** ISO 3166-1 alpha-2: numbers without a country code are read as numbers of it. */
  country: v.optional(v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)), 'CN'),
  profiles: v.optional(v.pipe(v.array(Profile), v.maxLength(20)), []),
  activeProfile: v.optional(v.nullable(Id), null),
  linking: v.optional(
    v.strictObject({
      enabled: v.optional(v.boolean(), true),
      /** Origins where numbers are left alone. */
      offSites: v.optional(v.pipe(v.array(Origin), v.maxLength(1_000)), []),
      /** Origins where one click on a number dials at once. */
      trustedSites: v.optional(v.pipe(v.array(Origin), v.maxLength(1_000)), []),
      /** By origin: what the agent said is not a number. */
      notNumbers: v.optional(
        v.record(Origin, v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(500))),
        {},
      ),
    }),
    {},
  ),
  answering: v.optional(
    v.strictObject({
      /** Calls are taken without a press, after a beep. */
      autoAnswer: v.optional(v.boolean(), false),
      /** Until then, in seconds. */
      delayS: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10)), 3),
    }),
    {},
  ),
  ringing: v.optional(
    v.strictObject({
      volume: v.optional(Volume, 0.7),
      tone: v.optional(v.picklist(RING_TONES), 'chime'),
      notifications: v.optional(v.boolean(), true),
    }),
    {},
  ),
  /** Empty: the system's choice. */
  devices: v.optional(
    v.strictObject({
      microphone: v.optional(DeviceId, ''),
      speaker: v.optional(DeviceId, ''),
      ring: v.optional(DeviceId, ''),
      /** Devices by their names, the last chosen first: they step in for one that is gone. */
      chosen: v.optional(
        v.strictObject({
          microphone: v.optional(Chosen, []),
          speaker: v.optional(Chosen, []),
          ring: v.optional(Chosen, []),
        }),
        {},
      ),
      /** What the browser does to the voice on its way in. */
      processing: v.optional(
        v.strictObject({
          echoCancellation: v.optional(v.boolean(), true),
          noiseSuppression: v.optional(v.boolean(), true),
          autoGainControl: v.optional(v.boolean(), true),
        }),
        {},
      ),
    }),
    {},
  ),
});
export type Settings = v.InferOutput<typeof Settings>;

export const DEFAULT_SETTINGS: Settings = v.parse(Settings, { version: SETTINGS_VERSION });

export function activeProfile(settings: Settings): Profile | null {
  return settings.profiles.find((profile) => profile.id === settings.activeProfile) ?? null;
}

/**
 * An imported document as this computer takes it: sound devices belong to a computer, not to a file.
 * @returns what to save instead of `current`.
 */
export function mergeImport(current: Settings, imported: Settings): Settings {
  return { ...imported, devices: current.devices };
}

export function wishOf({ devices }: Pick<Settings, 'devices'>, role: DeviceRole): DeviceWish {
  return { id: devices[role], chosen: devices.chosen[role] };
}

/** @param device with an empty id: the system's choice. */
export function withDevice(settings: Settings, role: DeviceRole, device: Device): Settings {
  const { devices } = settings;
  const chosen = { ...devices.chosen, [role]: withChosen(devices.chosen[role], device) };
  return { ...settings, devices: { ...devices, [role]: device.id, chosen } };
}

/** What the offscreen document gets from the worker: settings of the active profile with its secrets, in memory only. */
export interface EngineSettings {
  readonly settings: Settings;
  readonly instanceId: string;
  /** By secret name: `sip:<profile>`, `turn:<profile>:<index>`, `wellcloud:<profile>`. */
  readonly secrets: Readonly<Record<string, string>>;
  /** What the organisation has set; absent: nothing. */
  readonly policy?: Policy;
}
export const secretName = {
  sip: (profileId: string) => `sip:${profileId}`,
  turn: (profileId: string, index: number) => `turn:${profileId}:${index}`,
  wellcloud: (profileId: string) => `wellcloud:${profileId}`,
};
