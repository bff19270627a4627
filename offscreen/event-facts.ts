// What the engine adds to an event before the state takes it, and takes from it: numbers as people read them, and no
// emergency number that nobody typed. Pure.
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
    case 'turnedAway':
      return { ...event, remote: { ...event.remote, shown: formatNumber(event.remote.number, country) } };
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
