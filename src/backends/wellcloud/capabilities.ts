// What this login may do, as far as the profile and the server say; rights that only the server knows it refuses by itself.
import { VENDOR_COMMANDS, type Capabilities } from '../../domain/commands';
import type { WellcloudSettings } from './settings';
import { SUPERVISOR_COMMANDS } from './supervisor';

const COMMANDS: Capabilities['commands'] = [
  'login',
  'logout',
  'tryNow',
  'makeCall',
  'answer',
  'clear',
  'decline',
  'hold',
  'retrieve',
  'singleStepTransfer',
  'singleStepConference',
  'consult',
  'alternate',
  'completeTransfer',
  'completeConference',
  'reconnect',
  'setAgentState',
  'setCallData',
  'startRecording',
  'stopRecording',
  'vendorCommand',
];

/** @param linePrefixes known only after the login. */
export function capabilitiesOf(
  { supervisor }: Pick<WellcloudSettings, 'supervisor'>,
  linePrefixes: readonly string[] = [],
): Capabilities {
  return {
    commands: supervisor ? [...COMMANDS, ...SUPERVISOR_COMMANDS] : COMMANDS,
    vendor: VENDOR_COMMANDS,
    ...(linePrefixes.length > 0 && { linePrefixes }),
    media: 'external',
    transfersAnsweredOnly: true, // §5, §9.3: before that there is only cancelling
    transfersBlindly: true, // §5.3: we are cleared at once, and the customer where the target refuses
    consultsTalkingOnly: true, // §5.2
    maxCalls: 2,
    maxCallsForNew: 1, // §5.2; beside a call there is only consulting
  };
}
