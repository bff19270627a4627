// What the far ends played by the exchange do, step by step: ring, answer, hold, hang up (numbers.ts says when).
import type { Service, Step } from './numbers';
import type { LiveCall } from './switched-call';

/** The switching function, as a far end acts on it. */
interface Deeds {
  after(call: LiveCall, device: string, ms: number, then: (call: LiveCall) => void): void;
  alert(callId: string, device: string): void;
  answer(callId: string, device: string): void;
  clear(callId: string, device: string, status: number): void;
  hold(callId: string, device: string): void;
  retrieve(callId: string, device: string): void;
  earlyMedia(call: LiveCall, device: string): void;
  makeServiceCall(caller: Service, to: string): void;
}

export class FarEnds {
  constructor(private readonly deeds: Deeds) {}

  /** It is rung. */
  rung(call: LiveCall, service: Service): void {
    this.schedule(call, service, (step) => !isForLater(step) || !answers(service));
  }

  /** It has answered. */
  answered(call: LiveCall, service: Service): void {
    this.schedule(call, service, isForLater);
  }

  private schedule(call: LiveCall, service: Service, wanted: (step: Step) => boolean): void {
    const answeredAt = service.steps.find((step) => step.do === 'answer')?.atMs ?? 0;
    for (const step of service.steps.filter(wanted)) {
      const atMs = isForLater(step) && answers(service) ? step.atMs - answeredAt : step.atMs;
      this.deeds.after(call, service.number, atMs, (now) => this.take(now, service, step));
    }
  }

  private take(call: LiveCall, { number: device }: Service, step: Step): void {
    const { deeds } = this;
    if (step.do === 'alert') deeds.alert(call.id, device);
    else if (step.do === 'answer') deeds.answer(call.id, device);
    else if (step.do === 'clear') deeds.clear(call.id, device, step.status);
    else if (step.do === 'hold') deeds.hold(call.id, device);
    else if (step.do === 'retrieve') deeds.retrieve(call.id, device);
    else if (step.do === 'earlyMedia') deeds.earlyMedia(call, device);
    else if (step.do === 'secondCaller') {
      const station = call.connections.find((connection) => !connection.service);
      const { from: number, name } = step.caller;
      if (station) deeds.makeServiceCall({ number, name, voice: 'customer', steps: [] }, station.device);
    }
  }
}

function answers(service: Service): boolean {
  return service.steps.some((step) => step.do === 'answer');
}

/** What a far end does once it has answered. */
function isForLater(step: Step): boolean {
  return step.do !== 'alert' && step.do !== 'earlyMedia' && step.do !== 'answer';
}
