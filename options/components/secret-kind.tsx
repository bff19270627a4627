// Whether the password field holds the password or an HA1, and which realm that was made for (RFC 7616 §3.4.2).
import { DIGEST_ALGORITHMS } from '../../src/backends/sip/settings';
import { useModel } from '../model-context';
import type { AccountFormAtWork } from '../use-account-form';
import { SelectField, TextField } from './field';

export function SecretKind({ work: { form, errors, change, left } }: { work: AccountFormAtWork }) {
  const { words } = useModel();
  const { secretKind } = form;
  return (
    <div class="columns">
      <SelectField
        label={words('account_secretKind')}
        value={secretKind}
        choices={[
          { value: 'password', label: words('account_secretKind_password') },
          ...DIGEST_ALGORITHMS.map((algorithm) => ({
            value: algorithm,
            label: words('account_secretKind_hashed', { algorithm }),
          })),
        ]}
        onChange={(value) => change({ secretKind: DIGEST_ALGORITHMS.find((each) => each === value) ?? 'password' })}
      />
      {secretKind !== 'password' && (
        <TextField
          label={words('account_realm')}
          hint={words('account_realmHint')}
          optional
          value={form.realm}
          error={errors['hashed.realm']}
          errorText={words('account_badRealm')}
          onInput={(realm) => change({ realm })}
          onBlur={() => left('hashed.realm')}
        />
      )}
    </div>
  );
}
