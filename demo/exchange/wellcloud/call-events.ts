// What the switching function does, as the CSTA events of wellCloud: one copy for each logged-on device of the call
// (wellclient.md §6.1, §6.3, §6.4, §7). Pure but for what it remembers of each call.
import type { SwitchedCall, SwitchingEvent } from '../switched-call';

/** The members of one event beside those that every copy has. */
export interface CallEvent {
  readonly eventName: string;
  readonly callId: string;
  /** Whose state changed. */
  readonly device: string;
  readonly localState: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Numbers of the devices that were in the call. */
  readonly receivers: readonly string[];
}

/** What is attached to a call, and where it came from. */
export interface CallFacts {
  readonly queue?: string;
  readonly callType?: string;
  readonly data: Readonly<Record<string, string>>;
}

export class CallEvents {
  /** Who left a call last: the one who hung up, where the others are released after it. */
  private readonly leftLast = new Map<string, string>();

  constructor(
    private readonly deviceId: (number: string) => string,
    private readonly factsOf: (callId: string) => CallFacts,
    private readonly now: (callId: string) => SwitchedCall | undefined,
  ) {}

  of(event: SwitchingEvent): CallEvent[] {
    const { call } = event;
    switch (event.type) {
      case 'delivered':
        return [this.delivered(call, event.device)];
      case 'established':
        return [this.established(call, event.device)];
      case 'held':
        return [this.event('held', event, 'Hold', { holdingDevice: this.deviceId(event.device) })];
      case 'retrieved':
        return [this.event('retrieved', event, 'Connect', { retrievingDevice: this.deviceId(event.device) })];
      case 'connectionCleared':
        return [this.cleared(event)];
      case 'moved':
        return [this.transferred(call, event.device, event.from)];
      case 'conferenced':
        return [this.conferenced(call, event.device, event.added, event.from)];
      case 'callCleared':
        this.leftLast.delete(call.id);
        return [];
      case 'offered':
      case 'earlyMedia':
      case 'transferProgress':
        return [];
    }
  }

  /** §6.3: both to the calling device alone. */
  initiated(callId: string, from: string, to: string): CallEvent[] {
    const of = { callId, device: from, localState: 'Initiate', receivers: [from] };
    const [initiatedDevice, calledDevice] = [this.deviceId(from), this.deviceId(to)];
    return [
      { ...of, eventName: 'serviceInitiated', fields: { cause: 'NORMAL', initiatedDevice } },
      { ...of, eventName: 'originated', fields: { cause: 'NEWCALL', callingDevice: initiatedDevice, calledDevice } },
    ];
  }

  /** A transfer that does not wait: told at once, whether or not the target answers. */
  singleStepTransferred(callId: string, by: string, to: string, receivers: readonly string[]): CallEvent {
    return {
      ...{ eventName: 'transferred', callId, device: to, localState: 'Connect', receivers },
      fields: {
        ...{ cause: 'SINGLESTEPTRANSFER', primaryOldCall: callId, secondaryOldCall: callId, newCall: callId },
        ...{ transferringDevice: this.deviceId(by), transferredToDevice: this.deviceId(to) },
      },
    };
  }

  private delivered(call: SwitchedCall, device: string): CallEvent {
    const { queue, callType, data } = this.factsOf(call.id);
    const [calling, called] = [this.callerTo(call, device), this.deviceId(device)];
    const own = { originalANI: calling, originalDNIS: called, originalCallId: call.id };
    return this.event('delivered', { call, device }, 'Alerting', {
      ...{ alertingDevice: called, callingDevice: calling, calledDevice: called, callCause: 'NEWCALL' },
      callType: callType ?? 'Internal',
      ...(queue !== undefined && { split: this.deviceId(queue), trunkGroup: '1', trunkMember: '127.0.0.1' }),
      userData: { data: { ...own, ...data } },
    });
  }

  private established(call: SwitchedCall, device: string): CallEvent {
    const answering = this.deviceId(device);
    return this.event('established', { call, device }, 'Connect', {
      ...{ answeringDevice: answering, callingDevice: this.callerTo(call, device), calledDevice: answering },
    });
  }

  private cleared({ call, device, cause }: SwitchingEvent & { type: 'connectionCleared' }): CallEvent {
    const first = call.connections.length > 0 ? undefined : this.leftLast.get(call.id);
    this.leftLast.set(call.id, device);
    const event = this.event('connectionCleared', { call, device }, 'Idle', {
      releasingDevice: this.deviceId(device),
      hangupDevice: this.deviceId(first ?? device),
      cause: causeName(cause),
    });
    return { ...event, receivers: [...new Set([...event.receivers, device])] };
  }

  private transferred(call: SwitchedCall, device: string, consultId: string): CallEvent {
    const consulting = this.now(consultId)?.connections.map((connection) => connection.device) ?? [];
    const by = call.connections.find((connection) => consulting.includes(connection.device))?.device ?? '';
    return this.event('transferred', { call, device }, 'Connect', {
      ...{ cause: 'TRANSFER', primaryOldCall: call.id, secondaryOldCall: consultId, newCall: call.id },
      ...{ transferringDevice: this.deviceId(by), transferredToDevice: this.deviceId(device) },
    });
  }

  private conferenced(call: SwitchedCall, device: string, added: string, consultId: string): CallEvent {
    return this.event('conferenced', { call, device }, 'Connect', {
      ...{ primaryOldCall: call.id, secondaryOldCall: consultId, newCall: call.id },
      ...{ conferencingDevice: this.deviceId(device), addedParty: this.deviceId(added) },
    });
  }

  private event(
    eventName: string,
    { call, device }: { call: SwitchedCall; device: string },
    localState: string,
    fields: Readonly<Record<string, unknown>>,
  ): CallEvent {
    const receivers = call.connections.map((connection) => connection.device);
    return { eventName, callId: call.id, device, localState, fields, receivers };
  }

  /** Who calls a device: whoever began the call, or, for one that is brought in later, the one beside it. */
  private callerTo(call: SwitchedCall, device: string): string {
    if (call.from !== device) return this.deviceId(call.from);
    return this.deviceId(call.connections.find((connection) => connection.device !== device)?.device ?? call.from);
  }
}

/** FreeSWITCH's names of hang-up causes, by the exchange's SIP status codes. */
const CAUSES: ReadonlyMap<number, string> = new Map([
  [200, 'NORMAL_CLEARING'],
  [404, 'UNALLOCATED_NUMBER'],
  [408, 'NO_ANSWER'],
  [480, 'NO_USER_RESPONSE'],
  [484, 'INVALID_NUMBER_FORMAT'],
  [486, 'USER_BUSY'],
  [487, 'NORMAL_CLEARING'],
  [603, 'CALL_REJECTED'],
]);

function causeName(status: number): string {
  return CAUSES.get(status) ?? 'NORMAL_TEMPORARY_FAILURE';
}
