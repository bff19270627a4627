// The fields of a wellCloud agent that everyone fills in; what few need is in agent-advanced.
import { agentField } from '../agent-field';
import { useModel } from '../model-context';
import type { AccountFormAtWork } from '../use-account-form';
import { AddressWayOut } from './address-way-out';
import { AgentAdvanced } from './agent-advanced';
import { TextField } from './field';

export function AgentFields({ work }: { work: AccountFormAtWork }) {
  const { words } = useModel();
  const server = agentField(work, 'server');
  return (
    <>
      <TextField
        label={words('agentLink_server')}
        hint={words('agentLink_serverHint')}
        kind="address"
        {...server}
        action={
          server.error && <AddressWayOut error={server.error} text={server.value} onText={server.onInput} work={work} />
        }
      />
      <TextField
        label={words('agentLink_domain')}
        hint={words('agentLink_domainHint')}
        kind="address"
        {...agentField(work, 'domain')}
      />
      <div class="columns">
        <TextField
          label={words('agentLink_agent')}
          hint={words('agentLink_sharedHint')}
          optional
          {...agentField(work, 'agent')}
        />
        <TextField label={words('agentLink_extension')} optional {...agentField(work, 'extension')} />
      </div>
      <AgentAdvanced work={work} />
    </>
  );
}
