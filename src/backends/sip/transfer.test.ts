// Who leaves first after a transfer, and what it means: far ends say goodbye before, after or instead of telling how it went.
import type { EndEvent, RTCSession } from 'jssip/lib/RTCSession';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Transfer } from '../../domain/calls';
import { whyEnded } from './endings';
import { transferLegs, type TransferLeg } from './transfer';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class Leg implements TransferLeg {
  phase = 'answered';
  transfer: TransferLeg['transfer'] = 'none';
  readonly told: Transfer['progress'][] = [];
  cause: Transfer['cause'];
  readonly notices: string[] = [];
  readonly remote;
  readonly over: Promise<void>;
  private tellOver: () => void = () => undefined;

  constructor(number: string) {
    this.remote = { number };
    this.over = new Promise((resolve) => (this.tellOver = resolve));
  }

  transferCame({ progress, cause }: Transfer): void {
    if (this.phase !== 'answered') return;
    this.told.push(progress);
    this.cause = cause;
    if (progress === 'refused') this.transfer = 'none';
    if (progress === 'done') this.leaves();
  }

  notice(code: string): void {
    this.notices.push(code);
  }

  leaves(): void {
    this.phase = 'ended';
    this.tellOver();
  }
}

/** A customer and a colleague who are being joined; the far end has been asked. */
function joining() {
  const [customer, colleague] = [new Leg('customer'), new Leg('colleague')];
  let handlers: Record<string, (event?: unknown) => void> = {};
  const session = {
    refer: (_target: string, options: { eventHandlers: typeof handlers }) => void (handlers = options.eventHandlers),
    isEnded: () => customer.phase === 'ended',
  } as unknown as RTCSession;
  transferLegs(session, 'sip:colleague@far', { to: 'colleague', leg: customer, other: colleague });
  return {
    customer,
    colleague,
    accepts: () => handlers['requestSucceeded']?.(),
    notifies: (status: number) =>
      handlers[status < 200 ? 'progress' : status < 300 ? 'accepted' : 'failed']?.({
        status_line: { status_code: status },
      }),
    passes: (ms: number) => vi.advanceTimersByTimeAsync(ms),
  };
}

test('both leave without a word after they agreed: joined, and nothing was refused', async () => {
  const { customer, colleague, accepts, passes } = joining();
  accepts();
  customer.leaves();
  await passes(300);
  expect(colleague.transfer).toBe('accepted'); // its goodbye is read as `transferred`
  colleague.leaves();
  await passes(10_000);

  expect([...customer.told, ...colleague.told]).not.toContain('refused');
  expect([...customer.notices, ...colleague.notices]).toEqual([]);
});

test('whoever agreed and leaves has been transferred, and did not just hang up', () => {
  const bye = { originator: 'remote', cause: 'BYE', message: null } as unknown as EndEvent;
  expect(whyEnded(bye, { phase: 'answered', transfer: 'accepted' })).toEqual({ by: 'remote', cause: 'transferred' });
  expect(whyEnded(bye, { phase: 'answered', transfer: 'asked' })).toEqual({ by: 'remote', cause: 'normal' });
});

test('a customer who agreed and leaves, while the colleague stays: the colleague is ours still', async () => {
  const { customer, colleague, accepts, passes } = joining();
  accepts();
  customer.leaves();
  await passes(3_900);
  expect(colleague.told.at(-1)).toBe('pending');
  await passes(200);
  expect(colleague).toMatchObject({ phase: 'answered', transfer: 'none' });
  expect(colleague.told.at(-1)).toBe('refused');
});

test('a customer who leaves before agreeing leaves us the colleague at once', async () => {
  const { customer, colleague, passes } = joining();
  customer.leaves();
  await passes(0);
  expect(colleague.told.at(-1)).toBe('refused');
});

test('200 ends both', async () => {
  const { customer, colleague, accepts, notifies } = joining();
  accepts();
  notifies(180);
  notifies(200);
  expect([customer.phase, colleague.phase]).toEqual(['ended', 'ended']);
  expect(customer.told).toEqual(['pending', 'ringing', 'done']);
});

test('after a refusal the customer may leave much later without a word about the colleague', async () => {
  const { customer, colleague, accepts, notifies, passes } = joining();
  accepts();
  notifies(486);
  customer.leaves();
  await passes(10_000);
  expect(colleague.told).toEqual(['pending', 'refused']);
  expect(customer.notices).toEqual(['transferRefused']);
});

test.each([
  [486, 'busy'],
  [603, 'declined'],
] as const)('a third party who answers %d is told as why: %s', (status, cause) => {
  const { customer, notifies } = joining();
  notifies(status);

  expect([customer.told.at(-1), customer.cause]).toEqual(['refused', cause]);
});
