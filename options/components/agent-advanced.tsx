// What few wellCloud agents need.
import { agentField } from '../agent-field';
import { useModel } from '../model-context';
import type { AccountFormAtWork } from '../use-account-form';
import { AddressWayOut } from './address-way-out';
import { Advanced } from './advanced';
import { CheckField, SelectField, TextField } from './field';
import { RowList } from './row-list';

const FIELDS = /^agent\.(eventServer|loginServer|prefix|internalNumbers|callerShown|reasons)/;

export function AgentAdvanced({ work }: { work: AccountFormAtWork }) {
  const { words } = useModel();
  const { form, errors, change, left } = work;
  const agent = (part: Partial<typeof form.agent>) => change({ agent: { ...form.agent, ...part } });
  return (
    <Advanced title={words('agentLink_advanced')} wrong={Object.keys(errors)} fields={FIELDS}>
      <div class="columns">
        <SelectField
          label={words('agentLink_loginMode')}
          value={form.agent.loginMode}
          choices={[
            { value: 'force', label: words('agentLink_loginMode_force') },
            { value: 'ask', label: words('agentLink_loginMode_ask') },
            { value: 'stop', label: words('agentLink_loginMode_stop') },
          ]}
          onChange={(mode) => agent({ loginMode: mode === 'ask' || mode === 'stop' ? mode : 'force' })}
        />
        <SelectField
          label={words('agentLink_initialMode')}
          value={form.agent.initialMode}
          choices={[
            { value: 'NotReady', label: words('agent_notReady') },
            { value: 'Ready', label: words('agent_ready') },
          ]}
          onChange={(mode) => agent({ initialMode: mode === 'Ready' ? 'Ready' : 'NotReady' })}
        />
      </div>
      <RowList
        title={words('agentLink_reasons')}
        hint={words('agentLink_reasonsHint')}
        add={words('agentLink_addReason')}
        rows={form.agent.reasons}
        empty={{ code: '', label: '' }}
        max={30}
        path="agent.reasons"
        fields={[
          { key: 'code', label: 'agentLink_reasonCode', kind: 'text' },
          { key: 'label', label: 'agentLink_reasonLabel', kind: 'text' },
        ]}
        errors={errors}
        onChange={(reasons) => agent({ reasons })}
        onLeft={left}
      />
      <div class="columns">
        <TextField
          label={words('agentLink_prefix')}
          hint={words('agentLink_prefixHint')}
          optional
          {...agentField(work, 'prefix')}
        />
        <TextField
          label={words('agentLink_internal')}
          hint={words('agentLink_internalHint')}
          {...agentField(work, 'internalNumbers')}
        />
      </div>
      <TextField
        label={words('agentLink_callerShown')}
        hint={words('agentLink_callerShownHint')}
        optional
        {...agentField(work, 'callerShown')}
      />
      <CheckField
        label={words('agentLink_callProgress')}
        hint={words('agentLink_callProgressHint')}
        checked={form.agent.callProgress}
        onChange={(callProgress) => agent({ callProgress })}
      />
      <CheckField
        label={words('agentLink_supervisor')}
        hint={words('agentLink_supervisorHint')}
        checked={form.agent.supervisor}
        onChange={(supervisor) => agent({ supervisor })}
      />
      {(['eventServer', 'loginServer'] as const).map((key) => {
        const field = agentField(work, key);
        return (
          <TextField
            key={key}
            label={words(`agentLink_${key}`)}
            hint={words(`agentLink_${key}Hint`)}
            kind="address"
            optional
            {...field}
            action={
              field.error && <AddressWayOut error={field.error} text={field.value} onText={field.onInput} work={work} />
            }
          />
        );
      })}
    </Advanced>
  );
}
