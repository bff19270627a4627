// Logged off while a call stands: the way back in, unfolded when it is wanted, so that no field takes the keys of the call.
import { useSignal } from '@preact/signals';
import type { AgentFacts } from '../../src/domain/phone';
import { loginInCall } from '../view-model/login';
import { Icon } from './icon';
import { LoginForm } from './login-form';
import { usePhone } from './phone-context';

export function LoginBesideCall() {
  const { state } = usePhone();
  const facts = state.value && loginInCall(state.value);
  return facts ? <Offer facts={facts} /> : null;
}

function Offer({ facts }: { facts: AgentFacts }) {
  const { words } = usePhone();
  const opened = useSignal(false);
  if (opened.value) return <LoginForm facts={facts} />;
  return (
    <button type="button" class="small strong log-in-again" onClick={() => (opened.value = true)}>
      <Icon name="logIn" size={16} />
      {words.value('logIn')}
    </button>
  );
}
