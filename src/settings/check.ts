// The one deep check of a settings document, for what is stored, imported, saved by a view or set by policy.
// Says every wrong place by its path (`profiles.0.voice.servers.1`) and by the code of the user's sentence.
import * as v from 'valibot';
import { checkIceServers, readSipServers, type SipSettings } from '../backends/sip/settings';
import {
  normalWellcloud,
  readWellcloudAddress,
  WELLCLOUD_ADDRESSES,
  type WellcloudSettings,
} from '../backends/wellcloud/settings';
import { PhoneError, SUPPORT_CODES, toPhoneError, type PhoneErrorCode } from '../domain/phone-error';
import { forbiddenKey } from './hostile-keys';
import { Settings } from './schema';
import { isSite } from './site';

export interface Problem {
  /** Path in the document, joined by dots; empty for the document itself. */
  readonly field: string;
  readonly code: PhoneErrorCode;
  readonly data: Readonly<Record<string, string>>;
}
export type Checked =
  | { readonly settings: Settings; readonly problems: readonly [] }
  | { readonly settings?: undefined; readonly problems: readonly [Problem, ...Problem[]] };

/**
 * @returns the document with defaults filled in and server addresses in normal form.
 * @throws PhoneError of the first problem; `data.field` is its path.
 */
export function checkSettings(value: unknown): Settings {
  const checked = findProblems(value);
  if (checked.settings) return checked.settings;
  const [{ code, field, data }] = checked.problems;
  throw new PhoneError(code, `settings: ${field || 'the document'} is refused`, { data: { ...data, field } });
}

/** All that is wrong with a document, in its order; never throws. */
export function findProblems(value: unknown): Checked {
  const hostile = forbiddenKey(value);
  if (hostile !== undefined) return { problems: [problem(hostile, 'settingInvalid')] };
  const parsed = v.safeParse(Settings, value);
  if (!parsed.success) return refused(parsed.issues.map(fromIssue));
  const problems = [...wrongReferences(parsed.output), ...wrongSites(parsed.output), ...wrongLinks(parsed.output)];
  if (problems.length > 0) return refused(problems);
  return { settings: normal(parsed.output), problems: [] };
}

function refused(problems: readonly Problem[]): Checked {
  const [first = problem('', 'settingInvalid'), ...others] = problems;
  return { problems: [first, ...others] };
}

function problem(field: string, code: PhoneErrorCode, data: Readonly<Record<string, string>> = {}): Problem {
  return { field, code, data };
}

function fromIssue(issue: v.BaseIssue<unknown>): Problem {
  const field = v.getDotPath(issue) ?? '';
  const server = typeof issue.input === 'string' ? issue.input.slice(0, 60) : '';
  const code = codeOf(issue, field);
  const scheme = code === 'serverMissing' ? { scheme: field.includes('.agent.') ? 'https:' : 'wss:' } : {};
  return problem(field, code, { ...scheme, ...(server !== '' && { server }) });
}

/** Our schemas carry the code as their message; for limits of length and number the place tells. */
function codeOf(issue: v.BaseIssue<unknown>, field: string): PhoneErrorCode {
  const empty = typeof issue.input === 'string' && issue.input.trim() === '';
  if (/\.voice\.(user|domain)$/.test(field) && (empty || issue.input === undefined)) return 'accountMissing';
  if (field.endsWith('.agent.domain') && (empty || issue.input === undefined)) return 'tenantMissing';
  if (Object.hasOwn(SUPPORT_CODES, issue.message)) return issue.message as PhoneErrorCode;
  if (field.endsWith('.voice.servers') && (issue.type === 'min_length' || issue.input === undefined)) {
    return 'serverMissing';
  }
  if (field.endsWith('.agent.server') && issue.input === undefined) return 'serverMissing';
  if (/\.(voice\.servers\.\d+|agent\.\w*[sS]erver)$/.test(field) && issue.type === 'max_length') return 'serverTooLong';
  if (field.endsWith('.voice.iceServers') && issue.type === 'max_length') return 'iceServerTooMany';
  return 'settingInvalid';
}

function wrongReferences({ profiles, activeProfile }: Settings): Problem[] {
  const ids = profiles.map((profile) => profile.id);
  const twice = ids.flatMap((id, index) => (ids.indexOf(id) < index ? [`profiles.${index}.id`] : []));
  const missing = activeProfile !== null && !ids.includes(activeProfile) ? ['activeProfile'] : [];
  return [...twice, ...missing].map((field) => problem(field, 'settingInvalid'));
}

function wrongSites({ linking }: Settings): Problem[] {
  const listed = (['offSites', 'trustedSites'] as const).flatMap((list) =>
    linking[list].flatMap((site, index) => (isSite(site) ? [] : [`linking.${list}.${index}`])),
  );
  const keyed = Object.keys(linking.notNumbers).flatMap((site) => (isSite(site) ? [] : [`linking.notNumbers.${site}`]));
  return [...listed, ...keyed].map((field) => problem(field, 'settingInvalid'));
}

function wrongLinks({ profiles }: Settings): Problem[] {
  return profiles.flatMap(({ voice, agent }, index) => [
    ...(voice ? wrongVoice(voice, `profiles.${index}.voice`) : []),
    ...(agent ? wrongAgent(agent, `profiles.${index}.agent`) : []),
  ]);
}

function wrongVoice(voice: SipSettings, path: string): Problem[] {
  const { allowUnencrypted } = voice;
  const servers = voice.servers.flatMap((server, index) =>
    caught(`${path}.servers.${index}`, () => readSipServers({ servers: [server], allowUnencrypted })),
  );
  const iceServers = voice.iceServers.flatMap((server, index) =>
    caught(`${path}.iceServers.${index}.username`, () => checkIceServers({ iceServers: [server] })),
  );
  return [...servers, ...iceServers];
}

function wrongAgent(agent: WellcloudSettings, path: string): Problem[] {
  const addresses = WELLCLOUD_ADDRESSES.flatMap((which) => {
    const text = agent[which];
    return text === undefined
      ? []
      : caught(`${path}.${which}`, () => readWellcloudAddress(which, text, agent.allowUnencrypted));
  });
  const codes = agent.reasons.map(({ code }) => code);
  const twice = codes.flatMap((code, index) =>
    codes.indexOf(code) < index ? [problem(`${path}.reasons.${index}.code`, 'reasonTwice', { code })] : [],
  );
  return [...addresses, ...twice];
}

function caught(field: string, read: () => unknown): Problem[] {
  try {
    read();
    return [];
  } catch (thrown) {
    const { code, data } = toPhoneError(thrown);
    return [problem(field, code, data)];
  }
}

function normal(settings: Settings): Settings {
  const profiles = settings.profiles.map(({ voice, agent, ...profile }) => ({
    ...profile,
    voice: voice && { ...voice, servers: readSipServers(voice) },
    agent: agent && normalWellcloud(agent),
  }));
  return { ...settings, profiles };
}
