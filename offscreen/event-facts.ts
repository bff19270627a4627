// What the engine adds to an event before the state takes it, and takes from it: numbers as people read them, which calls
// are of emergency, and no emergency number that nobody typed. Pure.
import type { DomainEvent } from '../src/domain/phone';
import { hidesEmergency, isEmergency } from '../src/phone-number/short-numbers';

/** @param country ISO 3166-1 alpha-2 of the settings. */
export function withFacts(
  event: DomainEvent,
  country: string,
  formatNumber: (number: string, country: string) => string,
): DomainEvent {
  switch (event.type) {
    case 'detailsChanged': {
      const { remote } = event;
      if (!remote) return event;
      return { ...event, remote: { ...remote, shown: formatNumber(remote.number, country) } };
    }
    case 'originated':
    case 'delivered':
      return { ...named(event, country, formatNumber), ...(isUrgent(event, country) && { emergency: true as const }) };
    case 'turnedAway':
      return named(event, country, formatNumber);
    case 'messagesChanged': {
      if (!event.messages) return event;
      const { number, ...messages } = event.messages;
      const risky = number === undefined || isEmergency(number, country) || hidesEmergency(number, country);
      return risky ? { ...event, messages } : event; // a server's word is one press away from being dialled
    }
    default:
      return event;
  }
}

function named<E extends Extract<DomainEvent, { type: 'originated' | 'delivered' | 'turnedAway' }>>(
  event: E,
  country: string,
  formatNumber: (number: string, country: string) => string,
): E {
  return { ...event, remote: { ...event.remote, shown: formatNumber(event.remote.number, country) } };
}

/** Also one that was dialled at the desk phone itself, or before a restart. */
function isUrgent(event: Extract<DomainEvent, { type: 'originated' | 'delivered' }>, country: string): boolean {
  const isOurs = event.type === 'originated' || event.direction === 'outbound';
  return isOurs && isEmergency(event.remote.number, country);
}
