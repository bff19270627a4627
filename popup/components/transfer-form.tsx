// The call is handed over unannounced, or waits while one asks a third party first.
import type { LiveCall } from '../../src/domain/calls';
import { usePhone } from './phone-context';
import { ThirdPartyForm } from './third-party-form';

const LOOKS = {
  singleStepTransfer: { field: 'numberToTransferTo', submit: 'handOver', hint: 'transfer_hint', icon: 'transfer' },
  consult: { field: 'numberToConsult', submit: 'call', hint: 'consult_hint', icon: 'phone' },
} as const;

interface Props {
  call: LiveCall;
  type: keyof typeof LOOKS;
}
export function TransferForm({ call, type }: Props) {
  const { transfer } = usePhone();
  return (
    <ThirdPartyForm
      {...LOOKS[type]}
      type={type}
      onNumber={(number) => void transfer({ type, callId: call.id, number })}
    />
  );
}
