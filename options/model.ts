// What the options page knows: the stored settings and the phone's state. Kept in signals; changed only through the port.
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { Snapshot } from '../src/domain/phone';
import { toPhoneError, type PhoneError } from '../src/domain/phone-error';
import type { SettingsView } from '../src/messaging/contract';
import { checkSettings } from '../src/settings/check';
import { activeProfile, DEFAULT_SETTINGS, secretName, type Profile, type Settings } from '../src/settings/schema';
import { chooseLanguage, wordsFor, type Language, type WordKey, type WordParams, type Words } from '../src/words';
import type { AccountForm, KnownAccount } from './account-form';
import type { OptionsPort } from './port';
import type { SoundPort } from './sound';

/** An account as it was being typed, and the stored account (as JSON) that it was begun from. */
export interface AccountDraft {
  readonly id: string;
  readonly stored: string;
  readonly form: AccountForm;
}

export interface Model {
  readonly port: OptionsPort;
  readonly sound: SoundPort;
  readonly view: ReadonlySignal<SettingsView | undefined>;
  readonly settings: ReadonlySignal<Settings>;
  readonly snapshot: ReadonlySignal<Snapshot | undefined>;
  /** Why the settings could not be read. */
  readonly failure: ReadonlySignal<PhoneError | undefined>;
  readonly language: ReadonlySignal<Language>;
  /** The words of the language; a component that asks them is drawn anew when it changes. */
  readonly words: Words;
  /** Typed but not saved: another step of the wizard does not throw it away. Never leaves the page. */
  readonly draft: Signal<AccountDraft | undefined>;
  /** The person has said that the test sound was heard. */
  readonly speakerHeard: Signal<boolean>;
  load(): Promise<void>;
  /** Applies a change to what is stored now, which another tab may have changed meanwhile. @throws PhoneError */
  change(how: (settings: Settings) => Settings): Promise<void>;
  /** Saves the account, makes it the active one and puts its secrets. @throws PhoneError */
  saveAccount(profile: Profile, secrets: readonly { key: string; value: string }[], remember: boolean): Promise<void>;
  /** Forgets the passwords of an account, those of its TURN servers too. @throws PhoneError */
  forgetSecrets(id: string): Promise<void>;
}

export function openModel(port: OptionsPort, sound: SoundPort, signalEnd: AbortSignal): Model {
  const view = signal<SettingsView | undefined>(undefined);
  const failure: Signal<PhoneError | undefined> = signal(undefined);
  const snapshot = signal<Snapshot | undefined>(undefined);
  const settings = computed(() => (view.value ? checkSettings(view.value.document) : DEFAULT_SETTINGS));
  const language = computed(() => chooseLanguage(settings.value.language, navigator.languages));
  const words = computed(() => wordsFor(language.value));
  const draft = signal<AccountDraft | undefined>(undefined);
  const speakerHeard = signal(false);
  port.follow((next) => (snapshot.value = next), signalEnd);

  async function load(): Promise<void> {
    try {
      const next = await port.settings();
      checkSettings(next.document);
      view.value = next;
      failure.value = undefined;
    } catch (thrown) {
      if (!view.value) failure.value = toPhoneError(thrown); // else what is shown stays; saving will tell
    }
  }

  async function stored(): Promise<Settings> {
    return checkSettings((await port.settings()).document);
  }

  async function change(how: (settings: Settings) => Settings): Promise<void> {
    await port.save(how(await stored()));
    await load();
  }

  return {
    port,
    sound,
    view,
    settings,
    snapshot,
    failure,
    language,
    words: (key: WordKey, params?: WordParams) => words.value(key, params),
    draft,
    speakerHeard,
    load,
    change,
    async saveAccount(profile, secrets, remember) {
      await change((now) => withAccount(now, profile)); // first: a password must never meet the account before
      for (const { key, value } of secrets) await port.putSecret(key, value, remember);
      for (const key of straySecrets(profile, view.value)) await port.putSecret(key, null, false);
      await load();
    },
    async forgetSecrets(id) {
      const held = (await port.settings()).secrets;
      for (const key of secretsOf({ id, secrets: held })) await port.putSecret(key, null, false);
      await load();
    },
  };
}

/** Names of the secrets held for an account. */
export function secretsOf({ id, secrets }: Pick<KnownAccount, 'id' | 'secrets'>): string[] {
  return Object.keys(secrets).filter(
    (key) => [secretName.sip(id), secretName.wellcloud(id)].includes(key) || key.startsWith(`turn:${id}:`),
  );
}

/** Passwords of links and TURN servers that the account has no more. */
function straySecrets({ id, voice, agent }: Profile, view: SettingsView | undefined): string[] {
  const kept = new Set([...(voice ? [secretName.sip(id)] : []), ...(agent ? [secretName.wellcloud(id)] : [])]);
  for (const [index, { urls }] of (voice?.iceServers ?? []).entries()) {
    if (/^turns?:/.test(urls)) kept.add(secretName.turn(id, index));
  }
  return secretsOf({ id, secrets: view?.secrets ?? {} }).filter((key) => !kept.has(key));
}

function withAccount(settings: Settings, profile: Profile): Settings {
  const known = settings.profiles.some(({ id }) => id === profile.id);
  const profiles = known
    ? settings.profiles.map((other) => (other.id === profile.id ? profile : other))
    : [...settings.profiles, profile];
  return { ...settings, profiles, activeProfile: profile.id };
}

/** The account that the form edits: the active one, else the first, else a new one. */
export function accountToEdit({ view, settings }: Model): KnownAccount {
  const profile = activeProfile(settings.value) ?? settings.value.profiles[0] ?? null;
  return { id: profile?.id ?? 'main', profile, secrets: view.value?.secrets ?? {} };
}
