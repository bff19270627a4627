// The account as a person fills it in, and what is stored of it: texts ↔ SipSettings, with an error for each field. Pure.
import type { DigestAlgorithm, SipSettings } from '../src/backends/sip/settings';
import { confusableHost, isUnencryptedBeyond, readServerUrl } from '../src/backends/server-url';
import { toPhoneError, type PhoneError } from '../src/domain/phone-error';
import { hashedOf, newSecrets, passwordErrors, turnErrors } from './account-secrets';
import { agentAddressErrors, agentForm, agentOf, hostsOf, type AgentForm } from './agent-form';
import { lineFeaturesForm, lineFeaturesOf, type LineFeaturesForm } from './line-features-form';
import { findProblems, type Problem } from '../src/settings/check';
import { secretName, SETTINGS_VERSION, type Profile } from '../src/settings/schema';
import { caught, wrong, type FieldErrors } from './field-errors';
import { hostOf, tidy } from './typed-text';

export interface IceServerRow {
  readonly urls: string;
  readonly username: string;
  readonly credential: string;
}
export interface HeaderRow {
  readonly name: string;
  readonly value: string;
}
/** What calls come by: a SIP line, a call centre whose phone is elsewhere, or both as one phone. */
export const CONNECTIONS = ['sip', 'wellcloud', 'both'] as const;
export type Connection = (typeof CONNECTIONS)[number];

export interface AccountForm {
  readonly connection: Connection;
  readonly agent: AgentForm;
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
export type ReadAccount =
  | {
      readonly ok: true;
      readonly profile: Profile;
      readonly secrets: readonly { readonly key: string; readonly value: string }[];
    }
  | { readonly ok: false; readonly errors: FieldErrors };

const VOICE = 'profiles.0.voice.';
const AGENT = 'profiles.0.agent.';

export function accountForm({ id, profile, secrets }: KnownAccount): AccountForm {
  const voice = profile?.voice;
  const servers = voice?.servers ?? [''];
  const hosts = hostsOf(profile?.agent);
  return {
    connection: profile?.agent ? (voice ? 'both' : 'wellcloud') : 'sip',
    agent: agentForm(profile?.agent),
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
    unencryptedHosts: [
      ...(voice?.allowUnencrypted ? servers.filter(isUnencryptedBeyond).map(hostOf) : []),
      ...hosts.unencryptedHosts,
    ],
    knownHosts: [...servers.flatMap((server) => confusableHost(server) ?? []), ...hosts.knownHosts],
  };
}

/** @returns the account to store and the secrets to put, or what is wrong, by field. */
export function readAccountForm(form: AccountForm, known: KnownAccount): ReadAccount {
  const rows = filledRows(form.servers);
  const servers = rows.map(({ text }) => text);
  const voice = form.connection === 'wellcloud' ? null : voiceOf(form, servers, known.profile?.voice ?? null);
  const agent = form.connection === 'sip' ? null : agentOf(form.agent, form);
  const name = profileName(voice, agent, known.profile);
  const document = { version: SETTINGS_VERSION, profiles: [{ id: known.id, name, voice, agent }] };
  const checked = findProblems(document);
  const profile = checked.settings?.profiles[0];
  const errors: Record<string, PhoneError> = {
    ...fromProblems(checked.problems, (index) => rows[index]?.index ?? 0),
    ...(agent && agentAddressErrors(form.agent, form)),
    ...(voice && {
      ...serverErrors(form, rows),
      ...passwordErrors(form, known, profile?.voice ?? null),
      ...turnErrors(form, known),
    }),
  };
  if (!profile || Object.keys(errors).length > 0) return { ok: false, errors };
  return { ok: true, profile, secrets: voice ? newSecrets(form, known.id) : [] };
}

/** Where the worker found a wrong field, as a field of the form; `undefined` if it is none of ours. */
export function fieldOf(error: PhoneError): string | undefined {
  const field = error.data?.['field'] ?? '';
  return /^profiles\.\d+\.(?:voice\.(.+)|(agent\..+))$/
    .exec(field)
    ?.slice(1)
    .find((part) => part !== undefined);
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

function allowed(form: AccountForm, server: string): boolean {
  return form.unencryptedHosts.includes(hostOf(server));
}

function wholeNumber(text: string): number {
  const digits = tidy(text);
  return /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
}

/** A name the person gave stays; our own follows the account. */
function profileName(voice: Link | null, agent: Link | null, before: Profile | null): string {
  const old = before && madeName(before.voice, before.agent);
  return before && before.name !== old ? before.name : madeName(voice, agent);
}

type Link = Readonly<Partial<Record<'user' | 'agent' | 'domain', unknown>>>;
/** Of an agent's shared seat, where nobody is named yet, the domain. */
function madeName(voice: Link | null, agent: Link | null): string {
  const { domain } = agent ?? voice ?? {};
  const user = agent ? agent.agent : voice?.user;
  const name = agent && user === '' ? `${domain}` : `${user}@${domain}`;
  return name.slice(0, 60) || '@';
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
    const ofAgent = field.startsWith(AGENT) ? `agent.${field.slice(AGENT.length)}` : field;
    // Patterns stand in one field of the form.
    const inForm = field.startsWith(VOICE)
      ? field.slice(VOICE.length)
      : ofAgent.replace(/(internalNumbers)\.\d+$/, '$1');
    const server = /^servers\.(\d+)$/.exec(inForm)?.[1];
    const place = inForm === 'servers' ? 'servers.0' : server === undefined ? inForm : `servers.${row(Number(server))}`;
    return [place, wrong(code, data)] as const;
  });
  return Object.fromEntries(entries.toReversed()); // of two for one field the first counts
}
