// The phone account, its connection, and which account is in use where a file brought several.
import { AccountFormFrame } from '../components/account-form-frame';
import { AgentLogin } from '../components/agent-login';
import { SelectField } from '../components/field';
import { LinkStatus } from '../components/link-status';
import { SavedNote } from '../components/saved-note';
import { accountToEdit } from '../model';
import { useModel } from '../model-context';
import { inCall } from '../test-call';
import { useAccountForm } from '../use-account-form';
import { useSaving } from '../use-saving';

export function AccountSection() {
  const model = useModel();
  const { words, settings, snapshot, change } = model;
  const [choosing, choose] = useSaving();
  const { profiles } = settings.value;
  const { id } = accountToEdit(model);
  return (
    <>
      <LinkStatus />
      <AgentLogin />
      {inCall(snapshot.value) && <p class="notice">{words('account_afterCall')}</p>}
      {profiles.length > 1 && (
        <>
          <SelectField
            label={words('account_choose')}
            value={id}
            choices={profiles.map((profile) => ({ value: profile.id, label: profile.name }))}
            onChange={(activeProfile) => void choose(() => change((now) => ({ ...now, activeProfile })))}
          />
          <SavedNote saving={choosing} />
        </>
      )}
      <AccountForm key={id} />
    </>
  );
}

function AccountForm() {
  const { words } = useModel();
  const work = useAccountForm();
  return (
    <AccountFormFrame work={work}>
      <div class="row">
        <button type="submit" class="primary" disabled={work.saving === 'saving'}>
          {words('options_save')}
        </button>
        <SavedNote saving={work.saving} />
      </div>
    </AccountFormFrame>
  );
}
