// What calls come by, and the fields of it that everyone fills in: a call centre's agent, a SIP line, or both.
import { useModel } from '../model-context';
import { accountToEdit } from '../model';
import { secretName } from '../../src/settings/schema';
import type { AccountFormAtWork } from '../use-account-form';
import { AccountAdvanced } from './account-advanced';
import { CheckField, TextField } from './field';
import { AgentFields } from './agent-fields';
import { UnencryptedHosts } from './address-way-out';
import { ConnectionChoice } from './connection-choice';
import { ForgetPassword } from './forget-password';
import { ServerFields } from './server-fields';

export function AccountFields({ work }: { work: AccountFormAtWork }) {
  const { words } = useModel();
  const { connection } = work.form;
  return (
    <>
      <ConnectionChoice work={work} />
      {connection === 'both' && <h3 class="part">{words('connection_agentTitle')}</h3>}
      {connection !== 'sip' && <AgentFields work={work} />}
      {connection === 'both' && <h3 class="part">{words('connection_lineTitle')}</h3>}
      {connection !== 'wellcloud' && <LineFields work={work} />}
      <UnencryptedHosts work={work} />
    </>
  );
}

function LineFields({ work }: { work: AccountFormAtWork }) {
  const model = useModel();
  const { words } = model;
  const { form, errors, change, left } = work;
  const known = accountToEdit(model);
  const held = known.secrets[secretName.sip(known.id)];
  const heldHint =
    held && words(held === 'remembered' ? 'account_passwordHeldRemembered' : 'account_passwordHeldSession');
  const isPassword = form.secretKind === 'password';
  const missing = words(held ? 'account_passwordAgain' : 'account_noPassword');
  return (
    <>
      <ServerFields work={work} />
      <div class="columns">
        <TextField
          label={words('account_user')}
          value={form.user}
          error={errors['user']}
          onInput={(user) => change({ user })}
          onBlur={() => left('user')}
        />
        <TextField
          label={words('account_domain')}
          hint={words('account_domainHint')}
          kind="address"
          value={form.domain}
          error={errors['domain']}
          errorText={errors['domain']?.code === 'accountMissing' ? words('account_noDomain') : undefined}
          onInput={(domain) => change({ domain })}
          onBlur={() => left('domain')}
        />
      </div>
      <div class="columns">
        <TextField
          label={words(isPassword ? 'account_password' : 'account_ha1')}
          hint={heldHint || (isPassword ? undefined : words('account_ha1Hint'))}
          kind="password"
          value={form.password}
          error={errors['password']}
          errorText={errors['password']?.code === 'passwordMissing' ? missing : undefined}
          action={<ForgetPassword />}
          onInput={(password) => change({ password })}
          onBlur={() => left('password')}
        />
        <TextField
          label={words('account_displayName')}
          hint={words('account_displayNameHint')}
          optional
          value={form.displayName}
          error={errors['displayName']}
          errorText={words('account_badDisplayName')}
          onInput={(displayName) => change({ displayName })}
          onBlur={() => left('displayName')}
        />
      </div>
      <CheckField
        label={words('account_remember')}
        hint={words('account_rememberHint')}
        checked={form.remember}
        onChange={(remember) => change({ remember })}
      />
      <AccountAdvanced work={work} />
    </>
  );
}
