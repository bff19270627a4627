// The sentence of an error with its support code; next to a field, or spoken at once.
import { SUPPORT_CODES, type PhoneError } from '../../src/domain/phone-error';
import { sentence } from '../../src/words';
import { useModel } from '../model-context';

interface Props {
  readonly error: PhoneError;
  readonly id?: string;
  /** A better sentence than that of the code, for this one place. */
  readonly text?: string | undefined;
  readonly alert?: boolean;
}

export function ErrorText({ error, id, text, alert = false }: Props) {
  const { words } = useModel();
  const code = SUPPORT_CODES[error.code];
  return (
    <p class="error" {...(id !== undefined && { id })} {...(alert && { role: 'alert' })}>
      {text ?? sentence(words, 'error', error.code, error.data)}{' '}
      <small title={words('options_supportCode', { code })}>{code}</small>
    </p>
  );
}
