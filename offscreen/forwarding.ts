// What becomes of a call that dialled a feature code, and what the server was asked for on earlier days.
// Beside the document, not in it: forwarding lives at the server, through restarts of ours.
import type { Call } from '../src/domain/calls';
import { FORWARD_KINDS, type Forwarding } from '../src/domain/line';
import type { DomainEvent } from '../src/domain/phone';

/** The server took the code, or it did not; nothing where the call is no such call, or goes on. */
export function forwardingNews(before: Call | undefined, call: Call | undefined): DomainEvent | undefined {
  if (!call?.forwards) return undefined;
  const taken = 'establishedAt' in call && call.establishedAt !== undefined;
  if (call.state === 'connected' && before?.state !== 'connected' && before?.state !== 'held') {
    return { type: 'forwardingAsked', ...call.forwards, at: call.startedWall };
  }
  if (call.state !== 'cleared' || before?.state === 'cleared' || taken || call.clearedBy === 'local') return undefined;
  return { type: 'noticed', notice: { id: crypto.randomUUID(), code: 'forwardingRefused', at: call.clearedAt } };
}

export interface ForwardingMemory {
  recall(profileId: string): Forwarding;
  keep(profileId: string, forwarding: Forwarding): void;
}

/** @param store `localStorage`: the one that an offscreen document has. */
export function openForwardingMemory(store: Pick<Storage, 'getItem' | 'setItem'>): ForwardingMemory {
  const place = (profileId: string) => `forwarding:${profileId}`;
  return {
    recall(profileId) {
      try {
        return readForwarding(JSON.parse(store.getItem(place(profileId)) ?? '{}'));
      } catch {
        return {}; // nothing that can be read: nothing is claimed
      }
    },
    keep(profileId, forwarding) {
      try {
        store.setItem(place(profileId), JSON.stringify(forwarding));
      } catch {
        // a full disk: it is known until the phone stops
      }
    },
  };
}

function readForwarding(value: unknown): Forwarding {
  if (typeof value !== 'object' || value === null) return {};
  const kept = FORWARD_KINDS.flatMap((kind) => {
    const { number, askedAt } = ((value as Record<string, unknown>)[kind] ?? {}) as Record<string, unknown>;
    const sound = typeof number === 'string' && /^\+?[0-9*#]{1,64}$/.test(number) && typeof askedAt === 'number';
    return sound ? [[kind, { number, askedAt }] as const] : [];
  });
  return Object.fromEntries(kept);
}
