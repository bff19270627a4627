// A login as the agent fills it in: read field by field, and put into the profile it is for. Pure.
import * as v from 'valibot';
import { PhoneError } from '../domain/phone-error';
import { activeProfile, type Profile, type Settings } from './schema';

const Text = v.pipe(v.string(), v.trim(), v.maxLength(253));
const Asked = v.strictObject({
  /** Job number. */
  agent: Text,
  extension: Text,
  domain: Text,
  /** Empty: the one that is kept. */
  password: v.pipe(v.string(), v.maxLength(512)),
  loginMode: v.picklist(['force', 'ask', 'stop']),
  initialState: v.picklist(['ready', 'notReady']),
  /** The password beyond this browser session. */
  remember: v.boolean(),
  /** Ends a login of the same agent that is still open elsewhere: the agent was asked and has said yes. */
  force: v.boolean(),
});
export type AgentLogin = Readonly<v.InferOutput<typeof Asked>>;

/** @throws PhoneError `badRequest`, or `agentMissing` without an agent ID and an extension. */
export function readAgentLogin(value: unknown): AgentLogin {
  const read = v.safeParse(Asked, value);
  if (!read.success) throw new PhoneError('badRequest', 'a login without a shape');
  const { agent, extension, domain } = read.output;
  if (agent === '' || extension === '') throw new PhoneError('agentMissing', 'no agent ID or extension');
  if (domain === '') throw new PhoneError('tenantMissing', 'no domain');
  return read.output;
}

/** The active profile. @throws PhoneError `noProfile`, or `notSupported` where it has no agent link. */
export function agentProfile(settings: Settings): Profile & { agent: NonNullable<Profile['agent']> } {
  const profile = activeProfile(settings);
  if (!profile) throw new PhoneError('noProfile', 'no profile to log in with');
  const { agent } = profile;
  if (!agent) throw new PhoneError('notSupported', 'a profile without an agent link');
  return { ...profile, agent };
}

/** The settings with this login as the one of the active profile. @throws PhoneError as `agentProfile`. */
export function withAgentLogin(settings: Settings, login: AgentLogin): Settings {
  const profile = agentProfile(settings);
  const { agent, extension, domain, loginMode } = login;
  const initialMode = login.initialState === 'ready' ? 'Ready' : 'NotReady';
  const changed = {
    ...profile,
    agent: { ...profile.agent, agent, extension, domain, loginMode, initialMode },
  } as const;
  return { ...settings, profiles: settings.profiles.map((one) => (one.id === profile.id ? changed : one)) };
}

/** Whether the login is of the very agent, phone and tenant that the profile has: then no link is another one. */
export function isSameIdentity(settings: Settings, login: AgentLogin): boolean {
  const { agent } = agentProfile(settings);
  return (['agent', 'extension', 'domain'] as const).every((which) => agent[which] === login[which]);
}
