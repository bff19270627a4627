// For tests: a pair, the phone that follows what it tells, and a clock in the hand.
import { liveCalls, type Call, type CallEvent } from '../calls';
import type { Command } from '../commands';
import { NO_PHONE, reducePhone, type DomainEvent, type PhoneState } from '../phone';
import { NO_PAIR, type LegCommand, type Pair, type PairLink } from './pair';
import { routeCommand } from './routes';
import { nextDueAt, stepPair, type PairInput } from './step';

export const OWN = { extension: '8001', prefix: '9' };

export class Paired {
  pair: Pair = NO_PAIR;
  state: PhoneState = NO_PHONE;
  at = 1_000;
  readonly told: DomainEvent[] = [];
  readonly commands: LegCommand[] = [];

  take(input: PairInput): void {
    const { pair, events, commands } = stepPair(this.pair, input, OWN, this.at);
    this.pair = pair;
    this.commands.push(...commands);
    for (const event of events) {
      this.told.push(event);
      this.state = reducePhone(this.state, event);
    }
  }
  sip(event: DomainEvent): void {
    this.take({ type: 'heard', from: 'sip', event });
  }
  cti(event: DomainEvent): void {
    this.take({ type: 'heard', from: 'wellcloud', event });
  }
  wait(ms: number): void {
    const until = this.at + ms;
    for (let due = nextDueAt(this.pair); due !== undefined && due <= until; due = nextDueAt(this.pair)) {
      this.at = Math.max(due, this.at);
      this.take({ type: 'timePassed' });
    }
    this.at = until;
  }
  ask(number: string, consultFor?: string, id = 'ask'): void {
    this.take({ type: 'asked', id, call: { number, ...(consultFor !== undefined && { consultFor }) } });
  }
  route(command: Command): LegCommand {
    return routeCommand(this.pair, command);
  }

  invite(callId: string, number: string, sipCallId = `${callId}@exchange`): void {
    this.sip({ ...this.appears(callId, 'sip', number), type: 'delivered', direction: 'inbound', sipCallId });
  }
  originated(callId: string, number: string): void {
    this.cti({ ...this.appears(callId, 'wellcloud', number), type: 'originated' });
  }
  delivered(callId: string, number: string, direction: Call['direction'] = 'inbound'): void {
    this.cti({ ...this.appears(callId, 'wellcloud', number), type: 'delivered', direction });
  }
  established(from: PairLink, callId: string, sipCallId?: string): void {
    const event: CallEvent = {
      type: 'established',
      callId,
      at: this.at,
      ...(sipCallId !== undefined && { sipCallId }),
    };
    this.take({ type: 'heard', from, event });
  }
  cleared(
    from: PairLink,
    callId: string,
    by: 'local' | 'remote' | 'system' = 'remote',
    cause?: 'busy' | 'conferenced',
  ) {
    const event = { type: 'connectionCleared', callId, at: this.at, by, cause: cause ?? 'normal' } as const;
    this.take({ type: 'heard', from, event });
  }
  link(from: PairLink, signalling: 'up' | 'lost'): void {
    this.take({ type: 'heard', from, event: { type: 'signallingChanged', link: from, signalling } });
  }

  /** Live calls as the agent sees them. */
  shown(): string[] {
    return liveCalls(this.state.calls).map(({ id, state }) => `${id} ${state}`);
  }
  call(id: string): Call | undefined {
    return this.state.calls.byId[id];
  }
  /** What would be in the history. */
  ended(): string[] {
    return Object.values(this.state.calls.byId).flatMap((call) => (call.state === 'cleared' ? [call.id] : []));
  }

  private appears(callId: string, link: PairLink, number: string) {
    return { callId, link, remote: { number }, at: this.at, wallAt: this.at };
  }
}
