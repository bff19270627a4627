// The ways out of what can be wrong with a server's address: a suggestion, a look-alike host, no encryption.
import { useState } from 'preact/hooks';
import type { PhoneError } from '../../src/domain/phone-error';
import { useModel } from '../model-context';
import { hostOf } from '../typed-text';
import type { AccountFormAtWork } from '../use-account-form';
import { TextField } from './field';

interface Props {
  readonly error: PhoneError;
  /** The address as it stands in the field. */
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly work: AccountFormAtWork;
}
export function AddressWayOut({ error, text, onText, work: { form, change } }: Props) {
  const { words } = useModel();
  const { suggestion, plain } = error.data ?? {};
  if (error.code === 'serverWithoutScheme' && suggestion !== undefined) {
    return (
      <button type="button" onClick={() => onText(suggestion)}>
        {words('account_useSuggestion', { suggestion })}
      </button>
    );
  }
  if (error.code === 'serverConfusable' && plain !== undefined) {
    return (
      <button type="button" onClick={() => change({ knownHosts: [...form.knownHosts, plain] })}>
        {words('account_useHost', { host: plain })}
      </button>
    );
  }
  if (error.code !== 'serverUnencrypted') return null;
  const host = hostOf(text);
  return (
    <AllowUnencrypted host={host} onAllow={() => change({ unencryptedHosts: [...form.unencryptedHosts, host] })} />
  );
}

/** What has been allowed so, and can be taken back. */
export function UnencryptedHosts({ work: { form, change } }: { work: AccountFormAtWork }) {
  const { words } = useModel();
  return (
    <>
      {[...new Set(form.unencryptedHosts)].map((host) => (
        <p key={host} class="notice bad row">
          <span>{words('account_unencryptedOn', { host })}</span>
          <button
            type="button"
            onClick={() => change({ unencryptedHosts: form.unencryptedHosts.filter((other) => other !== host) })}
          >
            {words('account_unencryptedOff')}
          </button>
        </p>
      ))}
    </>
  );
}

/** Typing the host name takes the place of a click that nobody reads. */
function AllowUnencrypted({ host, onAllow }: { host: string; onAllow: () => void }) {
  const { words } = useModel();
  const [typed, setTyped] = useState('');
  const same = typed.trim().toLowerCase() === host;
  return (
    <div class="notice bad">
      <h3>{words('account_unencryptedTitle', { host })}</h3>
      <p>{words('account_unencryptedWhy', { host })}</p>
      <TextField
        label={words('account_unencryptedConfirm')}
        kind="address"
        value={typed}
        onInput={setTyped}
        after={
          <button type="button" class="danger" disabled={!same} onClick={onAllow}>
            {words('account_unencryptedAllow')}
          </button>
        }
      />
    </div>
  );
}
