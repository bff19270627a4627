// Recording of agents' calls: on from the answer, told by events; stopping concerns one call (wellclient.md §5.3).
import { randomUUID } from 'node:crypto';
import type { LoggedOn } from './agents';
import { numberOf } from './ids';
import type { Teller } from './teller';

export interface Recording {
  readonly extension: string;
  readonly recordId: string;
  callId: string;
}

export class Recorder {
  private running: Recording[] = [];

  constructor(private readonly teller: Teller) {}

  /** What is being recorded now. */
  all(): readonly Readonly<Recording>[] {
    return this.running;
  }

  start(agent: LoggedOn, callId: string): void {
    const extension = numberOf(agent.device);
    if (this.running.some((one) => one.extension === extension && one.callId === callId)) return;
    const recordId = randomUUID();
    this.running.push({ extension, callId, recordId });
    const fileName = `/recordings/${callId}.wav`;
    this.teller.tell(agent, 'csta', 'recordStarted', {
      ...{ recordId, callId, fileName, deviceId: agent.device, isSuccess: true },
    });
  }

  stop(extension: string, agent: LoggedOn | undefined, callId: string): void {
    const recording = this.running.find((one) => one.extension === extension && one.callId === callId);
    this.running = this.running.filter((one) => one !== recording);
    if (!recording || !agent) return;
    const { recordId } = recording;
    this.teller.tell(agent, 'csta', 'recordStopped', { recordId, srcDeviceId: agent.device, isSuccess: true });
  }

  /** A call goes on under another id. */
  move(extension: string, from: string, to: string): void {
    const known = this.running.some((one) => one.extension === extension && one.callId === to);
    for (const one of this.running) if (one.extension === extension && one.callId === from && !known) one.callId = to;
  }
}
