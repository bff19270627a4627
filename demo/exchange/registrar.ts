// Who can be reached where: the contacts of each account. Pure but for the flow it keeps beside each contact.
// RFC 3261 §10.3, RFC 5626 §6 (a device is its +sip.instance and reg-id, not its Contact).
import { readAddress, type Address } from '../sip/address';
import { header, headerValues, type SipRequest } from '../sip/message';

export const shortestExpirySeconds = 60;
const defaultExpirySeconds = 300;
const longestExpirySeconds = 3600;

export interface Binding<F> {
  account: string;
  key: string; // instance and reg-id, or the contact itself
  contact: Address;
  expiresAt: number; // clock ms
  flow: F;
}
export type Registered = { status: 200; contacts: string[] } | { status: 400 | 423 };

export class Registrar<F> {
  private bindings: Binding<F>[] = [];

  /** Contacts of an account that have not run out, newest first. */
  contactsOf(account: string, now: number): Binding<F>[] {
    return this.bindings.filter((binding) => binding.account === account && binding.expiresAt > now);
  }

  /** All contacts of one request are taken, or none. */
  register(account: string, request: SipRequest, flow: F, now: number): Registered {
    const contacts = headerValues(request, 'contact').map(readAddress);
    const common = header(request, 'expires');
    if (contacts.some((contact) => contact === undefined)) return { status: 400 };
    const wanted = contacts.filter((contact) => contact !== undefined);
    if (wanted.some((contact) => contact.uri === '*')) {
      if (wanted.length > 1 || common !== '0') return { status: 400 };
      this.bindings = this.bindings.filter((binding) => binding.account !== account);
      return { status: 200, contacts: [] };
    }

    const timed = wanted.map((contact) => ({ contact, seconds: readExpiry(contact.params['expires'] ?? common) }));
    if (timed.some(({ seconds }) => Number.isNaN(seconds))) return { status: 400 };
    if (timed.some(({ seconds }) => seconds > 0 && seconds < shortestExpirySeconds)) return { status: 423 };
    for (const { contact, seconds } of timed) {
      const key = keyOf(contact);
      this.bindings = this.bindings.filter((binding) => binding.account !== account || binding.key !== key);
      if (seconds > 0) this.bindings.unshift({ account, key, contact, expiresAt: now + seconds * 1000, flow });
    }
    return { status: 200, contacts: this.contactsOf(account, now).map((binding) => writeContact(binding, now)) };
  }

  /** Drops what came over a flow that is gone. @returns the accounts that lost a contact. */
  forget(gone: (flow: F) => boolean): string[] {
    const lost = this.bindings.filter((binding) => gone(binding.flow));
    this.bindings = this.bindings.filter((binding) => !gone(binding.flow));
    return [...new Set(lost.map((binding) => binding.account))];
  }

  nextExpiry(): number | undefined {
    return this.bindings.length > 0 ? Math.min(...this.bindings.map((binding) => binding.expiresAt)) : undefined;
  }
}

/** Seconds; NaN for anything that is no number. */
function readExpiry(value: string | undefined): number {
  if (value === undefined) return defaultExpirySeconds;
  return /^\d{1,10}$/.test(value) ? Math.min(Number(value), longestExpirySeconds) : Number.NaN;
}

function keyOf(contact: Address): string {
  const instance = contact.params['+sip.instance'];
  return instance ? `${instance}/${contact.params['reg-id'] ?? ''}` : contact.uri;
}

function writeContact({ contact, expiresAt }: Binding<unknown>, now: number): string {
  const instance = contact.params['+sip.instance'];
  const regId = contact.params['reg-id'];
  const parts = [
    `<${contact.uri}>`,
    ...(instance ? [`+sip.instance="${instance}"`] : []),
    ...(regId ? [`reg-id=${regId}`] : []),
    `expires=${Math.round((expiresAt - now) / 1000)}`,
  ];
  return parts.join(';');
}
