// Labelled inputs with a hint and an error that are tied to them for screen readers.
import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { PhoneError } from '../../src/domain/phone-error';
import { useModel } from '../model-context';
import { ErrorText } from './error-text';

interface Common {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: PhoneError | undefined;
  readonly errorText?: string | undefined;
}
interface TextProps extends Common {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly onBlur?: () => void;
  readonly optional?: boolean;
  readonly kind?: 'text' | 'password' | 'number' | 'address' | 'telephone';
  /** The error stands elsewhere, in the element of this id. */
  readonly errorAt?: string | undefined;
  /** Shown under the error: a way out of it. */
  readonly action?: ComponentChildren;
  /** Beside the input. */
  readonly after?: ComponentChildren;
}

export function TextField(props: TextProps) {
  const {
    label,
    hint,
    error,
    errorText,
    errorAt,
    value,
    onInput,
    onBlur,
    optional = false,
    kind = 'text',
    action,
    after,
  } = props;
  const { words } = useModel();
  const id = useId();
  const [shown, setShown] = useState(false);
  const describedBy = error ? (errorAt ?? `${id}-error`) : hint === undefined ? undefined : `${id}-hint`; // the error says it better
  return (
    <div class="field">
      <label for={id}>
        {label}
        {optional && <span class="optional"> ({words('options_optional')})</span>}
      </label>
      <div class="input-row">
        <input
          id={id}
          type={inputType(kind, shown)}
          class={kind === 'number' ? 'short' : undefined}
          inputMode={kind === 'number' ? 'numeric' : kind === 'address' ? 'url' : undefined}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={value}
          aria-invalid={error ? 'true' : undefined}
          aria-describedby={describedBy}
          onInput={(event) => onInput(event.currentTarget.value)}
          {...(onBlur && { onBlur })}
        />
        {kind === 'password' && value !== '' && (
          <button type="button" class="quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>
            {words(shown ? 'options_hide' : 'options_show')}
          </button>
        )}
        {after}
      </div>
      <div aria-live="polite">
        {error && errorAt === undefined && <ErrorText id={`${id}-error`} error={error} text={errorText} />}
      </div>
      {action}
      {hint !== undefined && !error && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** Preact's types tie the roles of an input to one literal type; ours never carries a role. */
function inputType(kind: TextProps['kind'], shown: boolean): 'text' {
  const type = kind === 'password' && !shown ? 'password' : kind === 'telephone' ? 'tel' : 'text';
  return type as 'text';
}

interface SelectProps extends Common {
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}
export function SelectField({ label, hint, value, choices, onChange }: SelectProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

interface CheckProps {
  readonly label: string;
  readonly hint?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}
export function CheckField({ label, hint, checked, onChange }: CheckProps) {
  const id = useId();
  return (
    <div class="field check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label for={id}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
