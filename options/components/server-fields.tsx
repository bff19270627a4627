// The addresses of the SIP servers, the first of which is tried first.
import { useModel } from '../model-context';
import type { AccountFormAtWork } from '../use-account-form';
import { AddressWayOut } from './address-way-out';
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
            action={
              error && (
                <AddressWayOut error={error} text={server} onText={(text) => changeServer(index, text)} work={work} />
              )
            }
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
      {servers.length < MAX_SERVERS && servers[0] !== '' && (
        <button type="button" class="quiet add" onClick={() => change({ servers: [...servers, ''] })}>
          + {words('account_addServer')}
        </button>
      )}
    </>
  );
}
