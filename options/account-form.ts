// The account as a person fills it in, and what is stored of it: texts ↔ SipSettings, with an error for each field. Pure.
import { unusablePassword, type DigestAlgorithm, type SipSettings } from '../src/backends/sip/settings';
import { confusableHost, isUnencryptedBeyond, readServerUrl } from '../src/backends/server-url';
import { PhoneError, toPhoneError, type PhoneErrorCode } from '../src/domain/phone-error';
import { lineFeaturesForm, lineFeaturesOf, type LineFeaturesForm } from './line-features-form';
import { findProblems, type Problem } from '../src/settings/check';
import { secretName, SETTINGS_VERSION, type Profile } from '../src/settings/schema';
import { checkPassword, sameAccount } from '../src/settings/secret-rules';

export interface IceServerRow {
  readonly urls: string;
  readonly username: string;
  readonly credential: string;
}
export interface HeaderRow {
  readonly name: string;
  readonly value: string;
}
export interface AccountForm {
  readonly servers: readonly string[];
  readonly domain: string;
  readonly user: string;
  readonly password: string;
  readonly remember: boolean;
  /** What the password field holds: the password, or an HA1 of this algorithm and realm. */
  readonly secretKind: 'password' | DigestAlgorithm;
  readonly realm: string;
  readonly displayName: string;
  readonly authUser: string;
  readonly expiresS: string;
  readonly iceServers: readonly IceServerRow[];
  readonly iceGatherMs: string;
  readonly dtmf: SipSettings['dtmf'];
  readonly declineStatus: SipSettings['declineStatus'];
  /** 1–6. */
  readonly maxCalls: string;
  readonly conferenceRoom: string;
  readonly headers: readonly HeaderRow[];
  readonly line: LineFeaturesForm;
  /** Hosts for which an unencrypted connection was allowed by typing their name. */
  readonly unencryptedHosts: readonly string[];
  /** Hosts in letters of other scripts that the person has looked at. */
  readonly knownHosts: readonly string[];
}

/** What is known already: the account as it is stored, and which of its secrets are held. */
export interface KnownAccount {
  readonly id: string;
  readonly profile: Profile | null;
  readonly secrets: Readonly<Record<string, 'session' | 'remembered'>>;
}
/** By field: `user`, `servers.0`, `iceServers.1.urls` … */
export type FieldErrors = Readonly<Record<string, PhoneError>>;
export type ReadAccount =
  | {
      readonly ok: true;
      readonly profile: Profile;
      readonly secrets: readonly { readonly key: string; readonly value: string }[];
    }
  | { readonly ok: false; readonly errors: FieldErrors };

const VOICE = 'profiles.0.voice.';

export function accountForm({ id, profile, secrets }: KnownAccount): AccountForm {
  const voice = profile?.voice;
  const servers = voice?.servers ?? [''];
  return {
    servers,
    domain: voice?.domain ?? '',
    user: voice?.user ?? '',
    password: '',
    remember: secrets[secretName.sip(id)] === 'remembered',
    secretKind: voice?.hashed?.algorithm ?? 'password',
    realm: voice?.hashed?.realm ?? '',
    displayName: voice?.displayName ?? '',
    authUser: voice?.authUser ?? '',
    expiresS: String(voice?.expiresS ?? 300),
    iceServers: (voice?.iceServers ?? []).map(({ urls, username = '' }) => ({ urls, username, credential: '' })),
    iceGatherMs: String(voice?.iceGatherMs ?? 500),
    dtmf: voice?.dtmf ?? 'rfc4733',
    declineStatus: voice?.declineStatus ?? 486,
    maxCalls: String(voice?.maxCalls ?? 2),
    conferenceRoom: voice?.conferenceRoom ?? '',
    headers: voice?.headers ?? [],
    line: lineFeaturesForm(voice),
    unencryptedHosts: voice?.allowUnencrypted ? servers.filter(isUnencryptedBeyond).map(hostOf) : [],
    knownHosts: servers.flatMap((server) => confusableHost(server) ?? []),
  };
}

/** @returns the account to store and the secrets to put, or what is wrong, by field. */
export function readAccountForm(form: AccountForm, known: KnownAccount): ReadAccount {
  const rows = filledRows(form.servers);
  const servers = rows.map(({ text }) => text);
  const voice = voiceOf(form, servers, known.profile?.voice ?? null);
  const name = profileName(voice, known.profile);
  const document = { version: SETTINGS_VERSION, profiles: [{ id: known.id, name, voice }] };
  const checked = findProblems(document);
  const profile = checked.settings?.profiles[0];
  const errors: Record<string, PhoneError> = {
    ...fromProblems(checked.problems, (index) => rows[index]?.index ?? 0),
    ...serverErrors(form, rows),
    ...passwordErrors(form, known, profile?.voice ?? null),
    ...turnErrors(form, known),
  };
  if (!profile || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, profile, secrets: newSecrets(form, known.id) };
}

/** Where the worker found a wrong field, as a field of the form; `undefined` if it is none of ours. */
export function fieldOf(error: PhoneError): string | undefined {
  return /^profiles\.\d+\.voice\.(.+)$/.exec(error.data?.['field'] ?? '')?.[1];
}

/** The domain that most exchanges use: the host of their server. */
export function domainOf(server: string): string {
  try {
    return new URL(readServerUrl(tidy(server), { family: 'websocket', allowUnencrypted: true })).hostname;
  } catch (thrown) {
    const suggestion = toPhoneError(thrown).data?.['suggestion'];
    return suggestion !== undefined && URL.canParse(suggestion) ? new URL(suggestion).hostname : '';
  }
}

export function hostOf(server: string): string {
  const text = tidy(server);
  return URL.canParse(text) ? new URL(text).hostname : '';
}

/** Full-width letters and digits, as Chinese input methods type them, are meant as plain ones. */
function tidy(text: string): string {
  return text.normalize('NFKC').trim();
}

interface ServerRow {
  readonly text: string;
  /** In the form. */
  readonly index: number;
}
/** An empty first row stays, so that its absence is told; other empty rows are only empty. */
function filledRows(servers: readonly string[]): ServerRow[] {
  const rows = servers.map((server, index) => ({ text: tidy(server), index }));
  const filled = rows.filter(({ text }) => text !== '');
  return filled.length > 0 ? filled : rows.slice(0, 1);
}

function voiceOf(form: AccountForm, servers: readonly string[], before: SipSettings | null): Record<string, unknown> {
  const {
    authUser: _authUser,
    displayName: _displayName,
    conferenceRoom: _room,
    hashed: _hashed,
    ...kept
  } = before ?? {};
  const authUser = tidy(form.authUser);
  const displayName = form.displayName.trim();
  const conferenceRoom = tidy(form.conferenceRoom);
  return {
    ...kept,
    kind: 'sip',
    servers,
    domain: tidy(form.domain),
    user: tidy(form.user),
    ...(authUser !== '' && { authUser }),
    ...(displayName !== '' && { displayName }),
    ...(form.secretKind !== 'password' && { hashed: hashedOf(form, form.secretKind) }),
    expiresS: wholeNumber(form.expiresS),
    iceServers: form.iceServers.map(({ urls, username }) => ({
      urls: tidy(urls),
      ...(username.trim() !== '' && { username: username.trim() }),
    })),
    iceGatherMs: wholeNumber(form.iceGatherMs),
    dtmf: form.dtmf,
    declineStatus: form.declineStatus,
    maxCalls: wholeNumber(form.maxCalls),
    ...(conferenceRoom !== '' && { conferenceRoom }),
    ...lineFeaturesOf(form.line),
    headers: form.headers.map(({ name, value }) => ({ name: name.trim(), value: value.trim() })),
    allowUnencrypted: servers.some((server) => isUnencryptedBeyond(server) && allowed(form, server)),
  };
}

function hashedOf(form: AccountForm, algorithm: DigestAlgorithm): SipSettings['hashed'] {
  return { algorithm, realm: form.realm.trim() || tidy(form.domain) };
}

function allowed(form: AccountForm, server: string): boolean {
  return form.unencryptedHosts.includes(hostOf(server));
}

function wholeNumber(text: string): number {
  const digits = tidy(text);
  return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

/** A name the person gave stays; our own follows the account. */
function profileName(voice: Record<string, unknown>, before: Profile | null): string {
  const made = ({ user, domain }: { user?: unknown; domain?: unknown }): string => `${user}@${domain}`.slice(0, 60);
  if (before && (!before.voice || before.name !== made(before.voice))) return before.name;
  return made(voice);
}

/** Each address by itself, also while other fields are wrong; and what only the person can say: which odd host is meant. */
function serverErrors(form: AccountForm, rows: readonly ServerRow[]): Record<string, PhoneError> {
  return rows.reduce<Record<string, PhoneError>>((errors, { text, index }) => {
    const place = `servers.${index}`;
    const plain = confusableHost(text);
    const unknown = plain !== undefined && !form.knownHosts.includes(plain);
    const refused = caught(place, () =>
      readServerUrl(text, { family: 'websocket', allowUnencrypted: allowed(form, text) }),
    );
    return { ...errors, ...(unknown && { [place]: wrong('serverConfusable', { plain }) }), ...refused };
  }, {});
}

function fromProblems(problems: readonly Problem[], row: (index: number) => number): Record<string, PhoneError> {
  const entries = problems.map(({ field, code, data }) => {
    const inForm = field.startsWith(VOICE) ? field.slice(VOICE.length) : field;
    const server = /^servers\.(\d+)$/.exec(inForm)?.[1];
    const place = inForm === 'servers' ? 'servers.0' : server === undefined ? inForm : `servers.${row(Number(server))}`;
    return [place, wrong(code, data)] as const;
  });
  return Object.fromEntries(entries.toReversed()); // of two for one field the first counts
}

function passwordErrors(form: AccountForm, known: KnownAccount, voice: SipSettings | null): Record<string, PhoneError> {
  const held = known.secrets[secretName.sip(known.id)];
  const before = known.profile?.voice;
  const another = voice !== null && before !== undefined && before !== null && !sameAccount(before, voice);
  const otherKeeping = held !== undefined && form.remember !== (held === 'remembered');
  if (form.password === '' && held !== undefined && !another && !otherKeeping) return {};
  const hashed = form.secretKind === 'password' ? undefined : hashedOf(form, form.secretKind);
  return caught('password', () => {
    const password = checkPassword(secretOf(form));
    const unusable = unusablePassword({ hashed }, { password });
    if (unusable) throw wrong(unusable);
  });
}

function turnErrors(form: AccountForm, known: KnownAccount): Record<string, PhoneError> {
  const before = known.profile?.voice?.iceServers ?? [];
  return form.iceServers.reduce<Record<string, PhoneError>>((errors, row, index) => {
    if (!/^turns?:/.test(tidy(row.urls))) return errors;
    const old = before[index];
    const same = old?.urls === tidy(row.urls) && old.username === row.username.trim();
    const keeping = form.remember ? 'remembered' : 'session'; // all passwords of an account are kept alike
    const held = same && known.secrets[secretName.turn(known.id, index)] === keeping;
    if (row.credential !== '') {
      return { ...errors, ...caught(`iceServers.${index}.credential`, () => checkPassword(row.credential)) };
    }
    if (held) return errors;
    const place = row.username.trim() === '' ? 'username' : 'credential';
    return { ...errors, [`iceServers.${index}.${place}`]: wrong('iceServerCredential', { server: tidy(row.urls) }) };
  }, {});
}

function newSecrets(form: AccountForm, id: string): { key: string; value: string }[] {
  const value = secretOf(form);
  const own = value === '' ? [] : [{ key: secretName.sip(id), value }];
  const turn = form.iceServers.flatMap(({ credential }, index) =>
    credential === '' ? [] : [{ key: secretName.turn(id, index), value: credential }],
  );
  return [...own, ...turn];
}

/** Spaces count in a password; around an HA1 they came with copying. */
function secretOf({ secretKind, password }: AccountForm): string {
  return secretKind === 'password' ? password : password.trim();
}

function caught(field: string, check: () => unknown): Record<string, PhoneError> {
  try {
    check();
    return {};
  } catch (thrown) {
    return { [field]: toPhoneError(thrown) };
  }
}

function wrong(code: PhoneErrorCode, data: Readonly<Record<string, string>> = {}): PhoneError {
  return new PhoneError(code, 'a field of the account', { data });
}
