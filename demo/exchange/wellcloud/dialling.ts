// Numbers as agents dial them: outside line, extension behind a main number, call progress analysis
// (wellclient.md §5.2), and whose phone rings first.
import { randomUUID } from 'node:crypto';
import type { SwitchingEvent } from '../switched-call';
import type { LoggedOn, Reply } from './agents';
import { callsOf, type DoorContext } from './door-context';
import { numberOf, readObject, type Fields } from './ids';

interface Dialled {
  readonly number: string;
  /** What is dialled on after the answer. */
  readonly extension?: { readonly digits: string; readonly afterMs: number };
}
/** Digits dialled behind a main number. */
export interface DialledExtension {
  readonly callId: string;
  readonly digits: string;
  /** After the main number's answer. */
  readonly afterMs: number;
}

export class Dialling {
  /** The newest last. */
  readonly dialledExtensions: DialledExtension[] = [];
  private readonly waiting = new Map<string, Dialled & { readonly from: string }>(); // by call

  constructor(
    private readonly door: DoorContext,
    private readonly pressKeys: (callId: string, device: string, keys: string) => void,
  ) {}

  makeCall(body: Fields, agent: LoggedOn): Reply {
    const { switching, facts, events } = this.door;
    const [from, to] = [numberOf(agent.device), body['to']];
    if (typeof to !== 'string' || to === '') return { status: 400, json: { error: 'no number' } };
    if (agent.mode === 'Allocated' || callsOf(switching, from).length > 0) return { status: 460 };
    const callId = randomUUID();
    const dialled = readDialled(numberOf(to));
    const callType = this.door.extensions.includes(dialled.number) ? 'Internal' : 'Outbound';
    facts.set(callId, { callType, data: readContext(body['contextId']) });
    if (body['cpa'] === '1') events.memories.of(callId).cpa = true;
    const shown = body['destForDisplay'];
    this.dial(callId, from, dialled, typeof shown === 'string' && shown !== '' ? shown : dialled.number);
    return { status: 200, json: { callId } };
  }

  /** @returns the id of the new call. */
  consult(from: string, to: string): string {
    const consultId = randomUUID();
    const dialled = readDialled(to);
    this.dial(consultId, from, dialled, dialled.number);
    return consultId;
  }

  follow(event: SwitchingEvent): void {
    const { call, type } = event;
    const waits = this.waiting.get(call.id);
    if (type === 'callCleared') this.waiting.delete(call.id);
    if (type !== 'established' || waits?.number !== event.device || !waits.extension) return;
    const { from, extension } = waits;
    this.waiting.delete(call.id);
    this.door.clock.after(extension.afterMs, () => {
      if (!this.door.switching.call(call.id)) return;
      this.dialledExtensions.push({ callId: call.id, ...extension });
      this.pressKeys(call.id, from, extension.digits);
    });
  }

  /** Who has a SIP phone is rung there first; the far end is, once that is answered. A desk phone is off hook at once. */
  private dial(callId: string, from: string, dialled: Dialled, shown: string): void {
    const { events, teller, switching, phones } = this.door;
    const to = dialled.number;
    if (dialled.extension) this.waiting.set(callId, { ...dialled, from });
    for (const event of events.initiated(callId, from, to)) teller.call(event);
    switching.makeCall({ callId, from, to, ...(phones.has(from) && { prompt: shown }) });
  }
}

/** `9` takes the outside line; `<main>-[W|w]*<extension>` waits 1 s for each W and 0.5 s for each w after the answer. */
export function readDialled(text: string): Dialled {
  const outside = text.replace(/^9(?=\d{3,})/, '');
  const parts = /^(\d+)-([Ww]*)(\d+)$/.exec(outside);
  if (!parts) return { number: outside };
  const [, number = '', waits = '', digits = ''] = parts;
  const afterMs = [...waits].reduce((sum, wait) => sum + (wait === 'W' ? 1000 : 500), 0);
  return { number, extension: { digits, afterMs } };
}

/** §5.2 `contextId`: JSON in a text, its members texts. */
function readContext(value: unknown): Record<string, string> {
  if (typeof value !== 'string') return {};
  const texts = Object.entries(readObject(value)).filter(([, member]) => typeof member === 'string');
  return Object.fromEntries(texts) as Record<string, string>;
}
