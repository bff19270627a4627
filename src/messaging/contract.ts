// Every request between extension contexts, in one table. Types only: nothing runs here.
import type { Call } from '../domain/calls';
import type { Command } from '../domain/commands';
import type { Device, DeviceRole } from '../domain/devices';
import type { Snapshot } from '../domain/phone';
import type { PhoneErrorJson } from '../domain/phone-error';
import type { QualitySummary } from '../domain/quality';
import type { WallMs } from '../domain/time';

/** Who sent a request, as the browser tells, never as the message says. */
export type SenderKind = 'background' | 'offscreen' | 'view' | 'content';

/** A retry carries the same id: the engine remembers the last 256 and repeats its first answer, so nothing is dialled twice. */
export interface Ordered {
  readonly commandId: string;
  readonly command: Command;
  /** The agent has read the question of the risk gate and said yes. */
  readonly confirmed?: boolean;
}

/** What a page's finder needs to know. */
export interface PageSettings {
  readonly enabled: boolean;
  /** ISO 3166-1 alpha-2: numbers without a country code are read as numbers of it. */
  readonly country: string;
  /** One click on a number dials at once here. */
  readonly trusted: boolean;
  /** Whether something can be remembered of this origin; a sandboxed frame has none. */
  readonly rememberable: boolean;
  /** Numbers in normal form (`dial`) that the agent said are none, on this site. */
  readonly notNumbers: readonly string[];
  /** Words of the chip, in the agent's language. */
  readonly words: Readonly<Record<ChipWord, string>>;
}
export const CHIP_WORDS = [
  'call',
  'copy',
  'copied',
  'notANumber',
  'offHere',
  'trustHere',
  'calling',
  'cancel',
  'copyFailed',
  'notSaved',
  'noAnswer',
  'covered',
  'extension',
] as const;
export type ChipWord = (typeof CHIP_WORDS)[number];

/** One ended call, as the history keeps it. Times by the wall clock; durations in milliseconds. */
export interface HistoryRecord {
  readonly id: string;
  readonly direction: Call['direction'];
  readonly number: string;
  readonly name?: string;
  readonly shown?: string;
  readonly startedWall: WallMs;
  readonly talkMs: number;
  readonly answered: boolean;
  readonly cause: Extract<Call, { state: 'cleared' }>['cause'];
  readonly profileId: string;
  /** No call to a person: it dialled a feature code. */
  readonly purpose?: 'forwarding';
  /** Where its sound was measured. */
  readonly quality?: QualitySummary;
}

/** One line of the engine's log; English, without secrets and full numbers. */
export interface LogLine {
  readonly at: WallMs;
  readonly level: 'info' | 'warning';
  readonly text: string;
}

/** Settings as views see them: the document, and what is known about secrets without telling them. */
export interface SettingsView {
  readonly document: unknown; // read with src/settings/schema
  /** Names of the secrets that are held, and for how long. */
  readonly secrets: Readonly<Record<string, 'session' | 'remembered'>>;
  /** What the organisation allows or forbids; read with src/settings/policy. */
  readonly policy: unknown;
  /** Names of what the organisation has set; shown locked. */
  readonly locked: readonly string[];
}

/** A login as the agent fills it in; see `readAgentLogin`. */
export interface AgentLogInParams {
  /** Job number. */
  readonly agent: string;
  readonly extension: string;
  readonly domain: string;
  /** Empty: the one that is kept. */
  readonly password: string;
  readonly loginMode: 'force' | 'ask' | 'stop';
  readonly initialState: 'ready' | 'notReady';
  /** Keep the password beyond this browser session. */
  readonly remember: boolean;
  readonly force: boolean;
}

export interface Requests {
  'phone.perform': { to: 'background'; from: 'view' | 'content'; params: Ordered; result: null };
  /** Makes sure that the offscreen document runs; a view calls it when its feed finds nobody. */
  'phone.wake': { to: 'background'; from: 'view'; params: null; result: null };
  'state.changed': { to: 'background'; from: 'offscreen'; params: Snapshot; result: null };
  'engine.settings': { to: 'background'; from: 'offscreen'; params: null; result: unknown }; // EngineSettings
  'page.settings': { to: 'background'; from: 'content'; params: null; result: PageSettings };
  /** Brings the number library to the sender's document. */
  'page.finder': { to: 'background'; from: 'content'; params: null; result: null };
  'page.remember': {
    to: 'background';
    from: 'content';
    params: { readonly what: 'siteOff' | 'trustSite' | 'notANumber'; readonly dial?: string };
    result: null;
  };
  'settings.get': { to: 'background'; from: 'view'; params: null; result: SettingsView };
  'settings.save': { to: 'background'; from: 'view'; params: unknown; result: null };
  /** Another microphone, speaker or ring device, also in the middle of a call. */
  'device.choose': {
    to: 'background';
    from: 'view';
    params: { readonly role: DeviceRole; readonly device: Device };
    result: null;
  };
  'settings.import': { to: 'background'; from: 'view'; params: { readonly text: string }; result: null };
  'settings.export': { to: 'background'; from: 'view'; params: null; result: { readonly text: string } };
  /** `value: null` forgets it. Never answered with a value: secrets go one way. */
  'secret.put': {
    to: 'background';
    from: 'view';
    params: { readonly key: string; readonly value: string | null; readonly remember: boolean };
    result: null;
  };
  /**
   * Logs the agent of the active profile in with what the form holds, which the profile and the secrets then keep.
   * Resolves once the agent is logged on. Refused with `agentLoggedInHere` or `agentLoggedInElsewhere` (data: `agent`,
   * `extension`) in mode `ask`: ask the person, then send the same with `force: true`.
   */
  'agent.logIn': { to: 'background'; from: 'view'; params: AgentLogInParams; result: null };
  'engine.perform': { to: 'offscreen'; from: 'background'; params: Ordered; result: null };
  'engine.snapshot': { to: 'offscreen'; from: 'background' | 'view'; params: null; result: Snapshot };
  'engine.configure': { to: 'offscreen'; from: 'background'; params: unknown; result: null }; // EngineSettings
  'engine.dismiss': { to: 'offscreen'; from: 'view'; params: { readonly noticeId: string }; result: null };
  'engine.log': { to: 'offscreen'; from: 'view'; params: null; result: readonly LogLine[] };
  /** Pairing happens in a view; the document that holds the headsets looks again. */
  'headset.look': { to: 'offscreen'; from: 'view'; params: null; result: null };
  'history.recent': {
    to: 'offscreen';
    from: 'view';
    params: { readonly limit: number };
    result: readonly HistoryRecord[];
  };
  'history.clear': { to: 'offscreen'; from: 'view'; params: null; result: null };
}

export type RequestName = keyof Requests;
export type Target = Requests[RequestName]['to'];
export type Reply<N extends RequestName> =
  | { readonly ok: true; readonly result: Requests[N]['result'] }
  | { readonly ok: false; readonly error: PhoneErrorJson };

/** The frame around a request; `to` lets the other contexts ignore it. */
export interface Envelope<N extends RequestName = RequestName> {
  readonly callbar: 1;
  readonly to: Target;
  readonly name: N;
  readonly params: Requests[N]['params'];
}

/** Who may send what (checked at run time): the least that works. */
export const ROUTES: { readonly [N in RequestName]: { to: Target; from: readonly SenderKind[] } } = {
  'phone.perform': { to: 'background', from: ['view', 'content'] },
  'phone.wake': { to: 'background', from: ['view'] },
  'state.changed': { to: 'background', from: ['offscreen'] },
  'engine.settings': { to: 'background', from: ['offscreen'] },
  'page.settings': { to: 'background', from: ['content'] },
  'page.finder': { to: 'background', from: ['content'] },
  'page.remember': { to: 'background', from: ['content'] },
  'settings.get': { to: 'background', from: ['view'] },
  'settings.save': { to: 'background', from: ['view'] },
  'device.choose': { to: 'background', from: ['view'] },
  'settings.import': { to: 'background', from: ['view'] },
  'settings.export': { to: 'background', from: ['view'] },
  'secret.put': { to: 'background', from: ['view'] },
  'agent.logIn': { to: 'background', from: ['view'] },
  'engine.perform': { to: 'offscreen', from: ['background'] },
  'engine.snapshot': { to: 'offscreen', from: ['background', 'view'] },
  'engine.configure': { to: 'offscreen', from: ['background'] },
  'engine.dismiss': { to: 'offscreen', from: ['view'] },
  'engine.log': { to: 'offscreen', from: ['view'] },
  'headset.look': { to: 'offscreen', from: ['view'] },
  'history.recent': { to: 'offscreen', from: ['view'] },
  'history.clear': { to: 'offscreen', from: ['view'] },
};

/** Told to the pages in front when the settings have changed; they ask anew. */
export const PAGE_SETTINGS_CHANGED = 'page.settingsChanged';
/** Port name of the state feed: the offscreen document sends a `Snapshot` at once, then one per change. */
export const STATE_PORT = 'state';
/** Port name by which the worker notices that the offscreen document is gone; nothing is said on it. */
export const LIFE_PORT = 'life';
export const OFFSCREEN_PATH = 'offscreen/index.html';
