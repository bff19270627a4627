// The account form at work: which errors are shown when, and where the focus goes after a refused attempt.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PhoneError } from '../src/domain/phone-error';
import { accountForm, domainOf, fieldOf, readAccountForm, type AccountForm } from './account-form';
import type { FieldErrors } from './field-errors';
import { afterPress } from './after-press';
import { accountToEdit, type Model } from './model';
import { useModel } from './model-context';
import { useSaving, type Saving } from './use-saving';

export interface AccountFormAtWork {
  readonly form: AccountForm;
  /** Those that are to be shown: of fields that were left, and of all after an attempt to save. */
  readonly errors: FieldErrors;
  readonly saving: Saving;
  /** An attempt was refused because of fields. */
  readonly refused: boolean;
  readonly formRef: { current: HTMLFormElement | null };
  change(part: Partial<AccountForm>): void;
  changeServer(index: number, text: string): void;
  left(field: string): void;
  submit(): Promise<boolean>;
}

export function useAccountForm(): AccountFormAtWork {
  const model = useModel();
  const known = accountToEdit(model);
  const stored = JSON.stringify(known.profile);
  const [form, setForm] = useState(() => draftOf(model, known.id, stored) ?? accountForm(known));
  const touched = useRef(false);
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const [attempts, setAttempts] = useState(0);
  const [remote, setRemote] = useState<FieldErrors>({});
  const [saving, save, forgetSaving] = useSaving();
  const formRef = useRef<HTMLFormElement | null>(null);
  const shown = useRef(stored);
  useEffect(() => {
    if (shown.current === stored) return;
    shown.current = stored; // an import or another tab has changed the account
    show(accountForm(known));
  }, [stored]);
  useEffect(() => {
    if (attempts > 0) formRef.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);

  useLayoutEffect(() => {
    if (touched.current) model.draft.value = { id: known.id, stored, form };
  }, [form]);
  /** What is stored takes the place of what was typed. */
  function show(now: AccountForm): void {
    touched.current = false;
    model.draft.value = undefined;
    setForm(now);
  }

  const read = readAccountForm(form, known);
  const all: FieldErrors = { ...(read.ok ? {} : read.errors), ...remote };
  const errors = attempts > 0 ? all : only(all, visited);

  const change = (part: Partial<AccountForm>): void => {
    touched.current = true;
    setForm((before) => ({ ...before, ...part }));
    setRemote({});
    forgetSaving();
  };
  return {
    form,
    errors,
    saving,
    refused: attempts > 0 && Object.keys(all).length > 0,
    formRef,
    change,
    changeServer(index, text) {
      const servers = form.servers.map((server, other) => (other === index ? text : server));
      const suggested = form.domain === '' || form.domain === domainOf(form.servers[0] ?? '');
      const domain = index === 0 && suggested ? domainOf(text) : form.domain;
      change({ servers, domain });
    },
    left: (field) => afterPress(() => setVisited((before) => new Set([...before, field]))),
    async submit() {
      if (!read.ok) {
        setAttempts(attempts + 1);
        return false;
      }
      const error = await save(() => model.saveAccount(read.profile, read.secrets, form.remember));
      const field = error && fieldOf(error);
      if (error && field !== undefined) {
        setRemote({ [field]: error });
        setAttempts(attempts + 1);
      }
      if (error) return false;
      const now = accountToEdit(model);
      shown.current = JSON.stringify(now.profile);
      show(accountForm(now));
      setVisited(new Set());
      setAttempts(0);
      return true;
    },
  };
}

/** What was typed before, if it was begun from the account that is stored now. */
function draftOf({ draft }: Model, id: string, stored: string): AccountForm | undefined {
  const kept = draft.peek();
  return kept?.id === id && kept.stored === stored ? kept.form : undefined;
}

const MISSING: ReadonlySet<PhoneError['code']> = new Set([
  'serverMissing',
  'accountMissing',
  'passwordMissing',
  'tenantMissing',
]);
/** Errors of fields that the person has left; an empty field is no error before the attempt to save. */
function only(errors: FieldErrors, visited: ReadonlySet<string>): FieldErrors {
  return Object.fromEntries(
    Object.entries(errors).filter(([field, { code }]) => visited.has(field) && !MISSING.has(code)),
  );
}
