// Outages in the middle of dialling: the socket is cut at another moment of each outgoing INVITE.
import { expect } from 'vitest';
import { until } from '../sip-tester';
import { callsMade, openTrialDesk, type TrialDesk } from './desk';
import { chance, type Chance } from './random';

export interface OutagesSeen {
  /** Dialled, and nothing went out. */
  unsent: number;
  /** Dialled, and one INVITE went out. */
  sent: number;
  /** Dialled, and more went out; never. */
  twice: number;
}

/** Each outage is one dial by a person; after it the call is over and said to be, and the phone registered again. */
export async function tryOutages(count: number, seed: number): Promise<OutagesSeen> {
  const desk = await openTrialDesk();
  const seen: OutagesSeen = { unsent: 0, sent: 0, twice: 0 };
  try {
    const random = chance(seed);
    for (let outage = 0; outage < count; outage += 1) {
      const before = callsMade(desk.exchange).size;
      await dialInto(desk, random);
      const made = callsMade(desk.exchange).size - before;
      seen[made === 0 ? 'unsent' : made === 1 ? 'sent' : 'twice'] += 1;
    }
    await until('no ghost call rings', () => desk.exchange.calls().every(({ state }) => state === 'cleared'));
    return seen;
  } finally {
    await desk.close();
  }
}

async function dialInto({ exchange, phone }: TrialDesk, random: Chance): Promise<void> {
  const dialled = phone.dial('603').catch(() => '');
  if (random.below(4) === 0) await phone.becomes('alerting');
  else await new Promise((resolve) => setTimeout(resolve, random.below(60)));
  exchange.faults.dropSockets();
  await dialled;
  await phone.becomes('cleared');
  expect(phone.call).toMatchObject({ clearedBy: 'system', cause: 'linkLost' });
  await phone.registered();
}
