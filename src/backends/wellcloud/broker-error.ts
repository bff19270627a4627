// What a broker's ERROR frame means, and what of it may stand in the log. Brokers agree on no wording: RabbitMQ, ActiveMQ and
// Spring were read for these. Pure.
import type { PhoneErrorCode } from '../../domain/phone-error';

export interface BrokerError {
  readonly code: Extract<PhoneErrorCode, 'eventsForbidden' | 'eventsTopicUnknown' | 'eventsRefused'>;
  /** For the log: no name, token or number. */
  readonly text: string;
}

const FORBIDDEN =
  /access[ _]?(refused|denied|is denied)|denied|forbidden|not (allowed|permitted|authori[sz]ed)|credential|log[ -]?in|passw|passcode|authenti|authori[sz]|permission|security/i;
const NO_TOPIC =
  /(unknown|invalid|no such|not a valid|bad) (destination|queue|topic|exchange)|not[ _]found|does not exist|no (queue|exchange|topic)\b/i;
const TEXT_MAX = 160;

/** @param message the header of that name. @param body whatever came with it. */
export function readBrokerError(message: string, body: string): BrokerError {
  const said = `${message}. ${body.split('\n', 1)[0] ?? ''}`;
  const code = FORBIDDEN.test(said) ? 'eventsForbidden' : NO_TOPIC.test(said) ? 'eventsTopicUnknown' : 'eventsRefused';
  return { code, text: withoutNames(said) };
}

/** Names stand in quotes or brackets; numbers have five digits or more; tokens are long and have no blanks. */
function withoutNames(text: string): string {
  return text
    .slice(0, 1_000)
    .replaceAll(/'[^']*'|"[^"]*"|\[[^\]]*\]|«[^»]*»/g, '…')
    .replaceAll(/\S*\d{5,}\S*|\S{24,}|\S+@\S+/g, '…')
    .replaceAll(/((?:passcode|password|token|secret|session\w*)\s*[:=]?\s*)\S+/gi, '$1…')
    .slice(0, TEXT_MAX)
    .trim();
}
