// The server addresses, with the ways out of what can be wrong with them: a suggestion, a look-alike host, no encryption.
import { useState } from 'preact/hooks';
import type { PhoneError } from '../../src/domain/phone-error';
import { hostOf } from '../account-form';
import { useModel } from '../model-context';
import type { AccountFormAtWork } from '../use-account-form';
import { TextField } from './field';

const MAX_SERVERS = 5;

export function ServerFields({ work }: { work: AccountFormAtWork }) {
  const { words } = useModel();
  const { form, errors, change, changeServer, left } = work;
  const { servers } = form;
  return (
    <>
      {servers.map((server, index) => {
        const error = errors[`servers.${index}`];
        return (
          <TextField
            key={index}
            label={servers.length > 1 ? words('account_serverN', { number: index + 1 }) : words('account_server')}
            hint={index === 0 ? words('account_serverHint') : undefined}
            kind="address"
            value={server}
            error={error}
            onInput={(text) => changeServer(index, text)}
            onBlur={() => left(`servers.${index}`)}
            action={error && <WayOut error={error} index={index} work={work} />}
            after={
              index > 0 && (
                <button
                  type="button"
                  class="quiet"
                  onClick={() => change({ servers: servers.filter((_other, row) => row !== index) })}
                >
                  {words('options_remove')}
                </button>
              )
            }
          />
        );
      })}
      {form.unencryptedHosts.map((host) => (
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
      {servers.length < MAX_SERVERS && servers[0] !== '' && (
        <button type="button" class="quiet add" onClick={() => change({ servers: [...servers, ''] })}>
          + {words('account_addServer')}
        </button>
      )}
    </>
  );
}

interface WayOutProps {
  readonly error: PhoneError;
  readonly index: number;
  readonly work: AccountFormAtWork;
}
function WayOut({ error, index, work }: WayOutProps) {
  const { words } = useModel();
  const { form, change, changeServer } = work;
  const { suggestion, plain } = error.data ?? {};
  if (error.code === 'serverWithoutScheme' && suggestion !== undefined) {
    return (
      <button type="button" onClick={() => changeServer(index, suggestion)}>
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
  const host = hostOf(form.servers[index] ?? '');
  return (
    <AllowUnencrypted host={host} onAllow={() => change({ unencryptedHosts: [...form.unencryptedHosts, host] })} />
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
