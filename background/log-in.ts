// An agent's login, from the form in the phone: the profile first, then the password, then the engine, then the server.
import { liveCalls } from '../src/domain/calls';
import { PhoneError, toPhoneError } from '../src/domain/phone-error';
import { requestUntilAnswered } from '../src/messaging/request';
import { agentProfile, isSameIdentity, readAgentLogin, withAgentLogin } from '../src/settings/agent-login';
import { checkSettings } from '../src/settings/check';
import { secretName, type Settings } from '../src/settings/schema';
import { checkPassword, sameLogin } from '../src/settings/secret-rules';
import { ensureOffscreen } from './offscreen-document';
import { perform } from './route';
import { secrets, settingsStore } from './stored';

/** Both resolve once the engine has what is kept. */
interface Keeping {
  save(how: (settings: Settings) => Settings, forget: readonly string[]): Promise<unknown>;
  configure(): Promise<unknown>;
}

/**
 * @throws PhoneError why not; `agentLoggedInHere`, `agentLoggedInElsewhere` in mode `ask` mean: ask, then `force`.
 */
export async function logIn(params: unknown, { save, configure }: Keeping): Promise<null> {
  const login = readAgentLogin(params);
  const before = await settingsStore.load();
  const after = checkSettings(withAgentLogin(before, login)); // says which field is wrong, before anything is changed
  const key = secretName.wellcloud(agentProfile(before).id);
  const password = login.password === '' ? undefined : checkPassword(login.password);
  if (!isSameIdentity(before, login)) await refuseInCall();
  const otherPerson = !sameLogin(agentProfile(before).agent, agentProfile(after).agent);
  if (password === undefined && (otherPerson || !Object.hasOwn(await secrets.kinds(), key))) {
    throw new PhoneError('passwordMissing', 'no password for this agent');
  }
  // First: a password must never meet the agent before.
  await save((settings) => withAgentLogin(settings, login), otherPerson ? [key] : []);
  if (password !== undefined) {
    await secrets.put(key, password, login.remember);
    await configure();
  }
  const command = { type: 'login', ...(login.force && { force: true as const }) } as const;
  try {
    return await perform({ commandId: crypto.randomUUID(), command }, { source: 'typed' });
  } catch (thrown) {
    if (toPhoneError(thrown).code === 'wrongCredentials') {
      await secrets.forget(key); // else an empty field would send it again
      await configure();
    }
    throw thrown;
  }
}

/** Another agent or phone would take the live call's link away. */
async function refuseInCall(): Promise<void> {
  await ensureOffscreen();
  const { state } = await requestUntilAnswered('engine.snapshot', null);
  if (liveCalls(state.calls).length > 0) throw new PhoneError('deviceBusy', 'another login while a call lives');
}
