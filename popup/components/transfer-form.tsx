// The call is handed over unannounced, or waits while one asks a third party first.
import type { LiveCall } from '../../src/domain/calls';
import { transferHint } from '../view-model/verbs';
import { usePhone } from './phone-context';
import { ThirdPartyForm } from './third-party-form';

const LOOKS = {
  singleStepTransfer: { field: 'numberToTransferTo', submit: 'handOver', icon: 'transfer' },
  consult: { field: 'numberToConsult', submit: 'call', icon: 'phone' },
} as const;

interface Props {
  call: LiveCall;
  type: keyof typeof LOOKS;
}
export function TransferForm({ call, type }: Props) {
  const { state, transfer } = usePhone();
  return (
    <ThirdPartyForm
      {...LOOKS[type]}
      hint={type === 'consult' ? 'consult_hint' : transferHint(state.value?.capabilities[call.link])}
      type={type}
      onNumber={(number) => void transfer({ type, callId: call.id, number })}
    />
  );
}
