// One text of the agent in the account form, as its field needs it.
import type { AgentForm } from './agent-form';
import type { AccountFormAtWork } from './use-account-form';

export function agentField(
  work: AccountFormAtWork,
  key: Exclude<keyof AgentForm, 'reasons' | 'callProgress' | 'supervisor'>,
) {
  const { form, errors, change, left } = work;
  return {
    value: form.agent[key],
    error: errors[`agent.${key}`],
    onInput: (text: string) => change({ agent: { ...form.agent, [key]: text } }),
    onBlur: () => left(`agent.${key}`),
  };
}
