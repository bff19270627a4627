// The supervisor's panel: whom it is about, and what to do. What takes a call or a login from somebody is asked once.
import { useSignal } from '@preact/signals';
import { useId, useRef } from 'preact/hooks';
import { can } from '../../src/domain/can';
import { sentence } from '../../src/words';
import {
  asksFirst,
  missingFor,
  ON_AGENT,
  ON_CALL,
  supervisorCommand,
  type Supervised,
  type SupervisorAct,
  type SupervisorField,
} from '../view-model/supervisor';
import { busyWith } from '../working';
import { usePhone } from './phone-context';
import { RefusalLine } from './refusal-line';

export function SupervisorPanel() {
  const { state, words, working, supervised, perform, clearRefusal } = usePhone();
  const form = useRef<HTMLDivElement>(null);
  const asked = useSignal<SupervisorAct | undefined>(undefined);
  const missing = useSignal<SupervisorField | undefined>(undefined);
  const accepted = useSignal('');

  function focus(field: SupervisorField): void {
    form.current?.querySelector<HTMLInputElement>(`[name="${field}"]`)?.focus();
  }
  function write(field: SupervisorField, text: string): void {
    supervised.value = { ...supervised.value, [field]: text.trim() };
    [asked.value, missing.value, accepted.value] = [undefined, undefined, ''];
    clearRefusal();
  }
  async function press(act: SupervisorAct, sure = false): Promise<void> {
    [asked.value, accepted.value] = [undefined, ''];
    clearRefusal();
    missing.value = missingFor(act, supervised.value);
    if (missing.value) return focus(missing.value);
    if (asksFirst(act) && !sure) {
      asked.value = act;
      return;
    }
    const whom = supervised.value;
    const taken = await perform(supervisorCommand(act, whom), 'supervisor');
    if (taken)
      accepted.value = words.value('supervisor_accepted', { act: words.value(`supervisor_${act}`), ...named(whom) });
  }
  const acts = (list: readonly SupervisorAct[]) =>
    list.map((act) => {
      const command = supervisorCommand(act, supervised.value);
      const may = state.value ? can(state.value, command) : undefined;
      const why = may?.ok === false ? sentence(words.value, 'error', may.reason) : undefined;
      return (
        <button
          key={act}
          type="button"
          class={asksFirst(act) ? 'small danger' : 'small'}
          onClick={() => why === undefined && void press(act)}
          {...busyWith(working.value, command)}
          {...(why !== undefined && { 'aria-disabled': true, title: why })}
        >
          {words.value(`supervisor_${act}`)}
        </button>
      );
    });
  return (
    <section class="supervisor" aria-label={words.value('supervisor')} ref={form}>
      <h2>{words.value('supervisor')}</h2>
      <div class="supervisor-fields">
        {(['agent', 'extension', 'serverCallId'] as const).map((field) => (
          <Field
            key={field}
            field={field}
            missing={missing.value === field}
            value={supervised.value[field]}
            write={write}
          />
        ))}
      </div>
      <p class="hint">{words.value('supervisor_hint')}</p>
      <div class="supervisor-acts">{acts(ON_CALL)}</div>
      <div class="supervisor-acts">{acts(ON_AGENT)}</div>
      {asked.value && (
        <Sure
          act={asked.value}
          whom={supervised.value}
          answer={(yes) => (yes && asked.value ? void press(asked.value, true) : (asked.value = undefined))}
        />
      )}
      <p class="supervisor-accepted" role="status">
        {accepted.value}
      </p>
      <RefusalLine place="supervisor" />
    </section>
  );
}

interface FieldProps {
  field: SupervisorField;
  missing: boolean;
  value: string;
  write(field: SupervisorField, text: string): void;
}
function Field({ field, missing, value, write }: FieldProps) {
  const { words } = usePhone();
  const id = useId();
  return (
    <div class="login-field">
      <label for={id}>{words.value(`supervisor_field_${field}`)}</label>
      <input
        id={id}
        name={field}
        class="field"
        autocomplete="off"
        spellcheck={false}
        value={value}
        onInput={(event) => write(field, event.currentTarget.value)}
        {...(missing && { 'aria-invalid': true, 'aria-describedby': `${id}-missing` })}
      />
      {missing && (
        <p class="field-problem" id={`${id}-missing`} role="alert">
          {words.value('supervisor_missing')}
        </p>
      )}
    </div>
  );
}

interface SureProps {
  act: SupervisorAct;
  whom: Supervised;
  answer(yes: boolean): void;
}
function Sure({ act, whom, answer }: SureProps) {
  const { words } = usePhone();
  const key =
    act === 'takeOver' || act === 'forceClear' ? (`supervisor_sure_${act}` as const) : 'supervisor_sure_forceLogout';
  return (
    <div class="refusal question" role="alert">
      <p>{words.value(key, named(whom))}</p>
      <div class="question-answers">
        <button type="button" class="small strong" onClick={() => answer(true)}>
          {words.value('supervisor_yes')}
        </button>
        <button type="button" class="small" onClick={() => answer(false)}>
          {words.value('supervisor_no')}
        </button>
      </div>
    </div>
  );
}

function named({ agent, extension }: Supervised): { agent: string; extension: string } {
  return { agent, extension };
}
