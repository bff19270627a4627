// Whether the agent is logged in, and a login to try the account with: its result in words.
import { useState } from 'preact/hooks';
import type { PhoneErrorCode } from '../../src/domain/phone-error';
import { secretName } from '../../src/settings/schema';
import { accountToEdit } from '../model';
import { useModel } from '../model-context';
import { useSaving } from '../use-saving';
import { ErrorText } from './error-text';
import { CheckField, TextField } from './field';

const ELSEWHERE: ReadonlySet<PhoneErrorCode> = new Set(['agentLoggedInHere', 'agentLoggedInElsewhere']);

export function AgentLogin() {
  const model = useModel();
  const { words, snapshot, port } = model;
  const { agent } = accountToEdit(model).profile ?? {};
  const [leaving, run] = useSaving();
  const state = snapshot.value?.state.agent.state;
  if (!agent) return null;
  if (state === undefined || state === 'loggedOff') return <LoginForm key={`${agent.agent} ${agent.extension}`} />;
  return (
    <div class="notice good row" role="status">
      <p class="wide">✓ {words('agentLink_loggedIn', { agent: agent.agent, extension: agent.extension })}</p>
      <button type="button" onClick={() => void run(() => port.perform({ type: 'logout' }))}>
        {words('logOut')}
      </button>
      {typeof leaving === 'object' && <ErrorText error={leaving} alert />}
    </div>
  );
}

function LoginForm() {
  const model = useModel();
  const { words, port, load } = model;
  const { id, profile, secrets } = accountToEdit(model);
  const agent = profile?.agent;
  const held = secrets[secretName.wellcloud(id)];
  const [who, setWho] = useState({ agent: agent?.agent ?? '', extension: agent?.extension ?? '' });
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(held === 'remembered');
  const [trying, run, forget] = useSaving();
  if (!agent) return null;

  /** A question about somebody else is none about this one. */
  const become = (next: typeof who) => {
    setWho(next);
    forget();
  };
  const logIn = (force: boolean) =>
    void run(async () => {
      const initialState = agent.initialMode === 'Ready' ? 'ready' : 'notReady';
      const { domain, loginMode } = agent;
      await port.logIn({ ...who, domain, password, loginMode, initialState, remember, force });
      await load();
    });
  const asks = typeof trying === 'object' && ELSEWHERE.has(trying.code) && agent.loginMode !== 'stop';
  return (
    <form
      class="check-card"
      aria-label={words('agentLink_loginTitle')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        logIn(asks);
      }}
    >
      <h3>{words('agentLink_loginTitle')}</h3>
      <div class="columns">
        <TextField label={words('login_agent')} value={who.agent} onInput={(text) => become({ ...who, agent: text })} />
        <TextField
          label={words('login_extension')}
          value={who.extension}
          onInput={(extension) => become({ ...who, extension })}
        />
      </div>
      <TextField
        label={words('agentLink_password')}
        hint={held && words(held === 'remembered' ? 'account_passwordHeldRemembered' : 'account_passwordHeldSession')}
        kind="password"
        value={password}
        onInput={setPassword}
      />
      <CheckField
        label={words('account_remember')}
        hint={words('account_rememberHint')}
        checked={remember}
        onChange={setRemember}
      />
      {typeof trying === 'object' && (
        <ErrorText
          error={trying}
          text={trying.code === 'wrongCredentials' ? words('agentLink_wrongPassword') : undefined}
          alert
        />
      )}
      <div class="row">
        <button type="submit" class="primary" disabled={trying === 'saving'}>
          {words(trying === 'saving' ? 'login_going' : asks ? 'login_here' : 'logIn')}
        </button>
      </div>
    </form>
  );
}
