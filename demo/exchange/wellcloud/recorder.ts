// Recording of agents' calls: on from the answer, told by events; stopping concerns the current call (wellclient.md §5.3).
import { randomUUID } from 'node:crypto';
import type { LoggedOn } from './agents';
import { numberOf } from './ids';
import type { Teller } from './teller';

export class Recorder {
  private readonly running = new Map<string, string>(); // record ids, by extension

  constructor(private readonly teller: Teller) {}

  start(agent: LoggedOn, callId: string): void {
    const extension = numberOf(agent.device);
    if (this.running.has(extension)) return;
    const recordId = randomUUID();
    this.running.set(extension, recordId);
    const fileName = `/recordings/${callId}.wav`;
    this.teller.tell(agent, 'csta', 'recordStarted', {
      ...{ recordId, callId, fileName, deviceId: agent.device, isSuccess: true },
    });
  }

  stop(extension: string, agent: LoggedOn | undefined): void {
    const recordId = this.running.get(extension);
    this.running.delete(extension);
    if (recordId === undefined || !agent) return;
    this.teller.tell(agent, 'csta', 'recordStopped', { recordId, srcDeviceId: agent.device, isSuccess: true });
  }
}
