// The agent logs in. What the server refuses is told beside the field it is about; the password is kept by nobody here.
import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { AgentFacts } from '../../src/domain/phone';
import { toPhoneError } from '../../src/domain/phone-error';
import { sentence } from '../../src/words';
import { earlierTrouble, missingField, troubleOf, type LoginField, type LoginTrouble } from '../view-model/login';
import { supportCode } from '../view-model/notices';
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function LoginForm({ facts }: { facts: AgentFacts }) {
  const { state, words, port } = usePhone();
  const password = useRef<HTMLInputElement>(null);
  const form = useRef<HTMLFormElement>(null);
  const texts = useSignal({ agent: facts.agent, extension: facts.extension, domain: facts.domain });
  const ready = useSignal(facts.initialState === 'ready');
  const remember = useSignal(false);
  const kept = useSignal(false);
  const going = useSignal(false);
  const missing = useSignal<LoginField | undefined>(undefined);
  const own = useSignal<LoginTrouble | 'none' | undefined>(undefined);
  const opening = state.value?.links[facts.link]?.state === 'opening';
  const earlier = state.value && earlierTrouble(state.value, facts);
  const trouble = missing.value || going.value || own.value === 'none' ? undefined : (own.value ?? earlier);
  const troubled = missing.value ?? trouble?.field;

  const untouched = (['agent', 'extension', 'domain'] as const).every((each) => texts.value[each] === facts[each]);
  const hasKept = kept.value && untouched; // it is of that very agent

  useEffect(() => {
    const name = `${facts.link}:${state.value?.profile?.id ?? ''}`; // as secretName of the settings
    const told = port.passwordKept(name).catch(() => false); // nobody answers: then it is typed
    void told.then((is) => (kept.value = is));
  }, []);
  useLayoutEffect(() => form.current?.querySelector<HTMLInputElement>('input[data-first]')?.focus(), []);
  const focus = (field: LoginField) => form.current?.querySelector<HTMLInputElement>(`[name="${field}"]`)?.focus();

  async function logIn(force: boolean): Promise<void> {
    if (going.value) return;
    const typed = password.current?.value ?? '';
    missing.value = missingField(texts.value, typed, hasKept);
    if (missing.value) return focus(missing.value);
    going.value = true;
    own.value = 'none';
    const { agent, extension, domain } = texts.value;
    try {
      await port.logIn({
        agent: agent.trim(),
        extension: extension.trim(),
        domain: domain.trim(),
        password: typed,
        loginMode: facts.loginMode,
        initialState: ready.value ? 'ready' : 'notReady',
        remember: remember.value,
        force,
      });
      if (password.current) password.current.value = '';
    } catch (thrown) {
      const { code, data } = toPhoneError(thrown);
      own.value = troubleOf(code, data, { ...facts, ...texts.value });
      if (own.value.field) focus(own.value.field);
    } finally {
      going.value = false;
    }
  }

  function write(field: keyof typeof texts.value, text: string): void {
    texts.value = { ...texts.value, [field]: text };
    if (troubled === field) forget();
  }
  function forget(): void {
    missing.value = undefined;
    own.value = 'none';
  }

  const said = missing.value ? words.value(`login_${missing.value}Missing`) : undefined;
  const about = (field: LoginField) =>
    troubled === field ? (said ?? (trouble && <Said trouble={trouble} />)) : undefined;
  const first = facts.agent === '' ? 'agent' : facts.extension === '' ? 'extension' : 'password';
  const text = (field: keyof typeof texts.value) => ({
    name: field,
    label: words.value(`login_${field}`),
    value: texts.value[field],
    first: first === field,
    problem: about(field),
    onInput: (value: string) => write(field, value),
  });
  return (
    <form
      class="login"
      ref={form}
      aria-label={words.value('login_title')}
      onSubmit={(event) => {
        event.preventDefault();
        void logIn(false);
      }}
    >
      <h2>{words.value('login_title')}</h2>
      <div class="login-pair">
        <TextField {...text('agent')} />
        <TextField {...text('extension')} />
      </div>
      <TextField
        name="password"
        label={words.value('login_password')}
        first={first === 'password'}
        problem={about('password')}
        field={password}
        onInput={() => troubled === 'password' && forget()}
        {...(hasKept && { placeholder: words.value('login_passwordKept') })}
      />
      <details class="login-more" open={facts.domain === '' || troubled === 'domain'}>
        <summary>{words.value('login_more')}</summary>
        <TextField {...text('domain')} />
      </details>
      <Check label={words.value('login_ready')} signal={ready} />
      <Check label={words.value('login_remember')} signal={remember} />
      {trouble && !trouble.field && (
        <div class="refusal" role="alert">
          <Icon name="warning" size={16} />
          <p>
            <Said trouble={trouble} />
          </p>
          {trouble.asks && (
            <div class="question-answers">
              <button type="button" class="small strong" onClick={() => void logIn(true)}>
                {words.value('login_here')}
              </button>
              <button type="button" class="small" onClick={forget}>
                {words.value('login_notHere')}
              </button>
            </div>
          )}
        </div>
      )}
      <button type="submit" class="go" {...((going.value || opening) && { 'aria-disabled': true, 'aria-busy': true })}>
        <Icon name="logIn" size={18} />
        {words.value(going.value || opening ? 'login_going' : 'logIn')}
      </button>
    </form>
  );
}

function Said({ trouble: { key, code, data } }: { trouble: LoginTrouble }) {
  const { words } = usePhone();
  return (
    <>
      {key ? words.value(key, data) : sentence(words.value, 'error', code, data)} <small>{supportCode(code)}</small>
    </>
  );
}

interface FieldProps {
  name: LoginField;
  label: string;
  first: boolean;
  problem: ComponentChildren;
  onInput(value: string): void;
  /** Of a password, the field alone holds it. */
  value?: string;
  field?: { current: HTMLInputElement | null };
  placeholder?: string;
}
function TextField({ name, label, first, problem, value, field, placeholder, onInput }: FieldProps) {
  const id = useId();
  const type = name === 'password' ? ({ type: 'password' } as const) : ({ type: 'text' } as const);
  return (
    <div class="login-field" data-problem={problem !== undefined}>
      <label for={id}>{label}</label>
      <input
        id={id}
        name={name}
        class="field"
        {...type}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        onInput={(event) => onInput(event.currentTarget.value)}
        {...(field && { ref: field })}
        {...(first && { 'data-first': true })}
        {...(value !== undefined && { value })}
        {...(placeholder !== undefined && { placeholder })}
        {...(problem !== undefined && { 'aria-invalid': true, 'aria-describedby': `${id}-problem` })}
      />
      {problem !== undefined && (
        <p class="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

function Check({ label, signal }: { label: string; signal: { value: boolean } }) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={signal.value}
        onChange={(event) => (signal.value = event.currentTarget.checked)}
      />
      {label}
    </label>
  );
}
