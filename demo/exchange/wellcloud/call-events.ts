// What the switching function does, as the CSTA events of wellCloud: one copy for each logged-on device of the call
// (wellclient.md §6.1, §6.3, §6.4, §7). Pure but for what it remembers of each call.
import type { SwitchedCall, SwitchingEvent } from '../switched-call';
import { CallMemories, type CallMemory } from './call-memory';
import { causeName, failureOf, hangupOf, toldOf } from './releases';

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
  /** Of `delivered`. */
  readonly cause?: string;
  readonly data: Readonly<Record<string, string>>;
}

export class CallEvents {
  readonly memories = new CallMemories();

  constructor(
    private readonly deviceId: (number: string) => string,
    private readonly factsOf: (callId: string) => CallFacts,
    private readonly now: (callId: string) => SwitchedCall | undefined,
  ) {}

  of(event: SwitchingEvent): CallEvent[] {
    const { call } = event;
    const memory = this.memories.note(call);
    switch (event.type) {
      case 'delivered':
        memory.reached.add(event.device);
        return [this.delivered(call, event.device)];
      case 'established':
        memory.reached.add(event.device);
        memory.answeredLast = event.device;
        return [this.established(call, event.device)];
      case 'held':
        return [this.event('held', event, 'Hold', { holdingDevice: this.deviceId(event.device) })];
      case 'retrieved':
        return [this.event('retrieved', event, 'Connect', { retrievingDevice: this.deviceId(event.device) })];
      case 'connectionCleared':
        return this.cleared(event, memory);
      case 'moved':
        return [this.transferred(call, event.device, event.from)];
      case 'conferenced':
        return [this.conferenced(call, event.device, event.added, event.from)];
      case 'callCleared':
        this.memories.forget(call.id);
        return [];
      case 'transferProgress':
        return event.status === 200 ? this.referred(call, event.device, memory) : [];
      case 'offered':
      case 'earlyMedia':
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
    this.memories.of(callId).became = 'transferred';
    return {
      ...{ eventName: 'transferred', callId, device: to, localState: 'Connect', receivers },
      fields: {
        ...{ cause: 'SINGLESTEPTRANSFER', primaryOldCall: callId, secondaryOldCall: callId, newCall: callId },
        ...{ transferringDevice: this.deviceId(by), transferredToDevice: this.deviceId(to) },
      },
    };
  }

  /** A phone has transferred by itself (REFER), to whom has answered just now. */
  private referred({ id, connections }: SwitchedCall, by: string, memory: CallMemory): CallEvent[] {
    const { became, answeredLast: to } = memory;
    if (became === 'transferred' || to === undefined) return [];
    return [
      this.singleStepTransferred(
        id,
        by,
        to,
        connections.map(({ device }) => device),
      ),
    ];
  }

  private delivered(call: SwitchedCall, device: string): CallEvent {
    const { queue, callType, cause } = this.factsOf(call.id);
    const [calling, called] = [this.callerTo(call, device), this.deviceId(device)];
    const brought = this.memories.of(call.id).broughtBy.has(device);
    return this.event('delivered', { call, device }, 'Alerting', {
      ...{ alertingDevice: called, callingDevice: calling, calledDevice: called },
      ...(!brought && { callCause: 'NEWCALL' }),
      ...(cause !== undefined && { cause }),
      callType: (brought ? undefined : callType) ?? 'Internal',
      ...(queue !== undefined && { split: this.deviceId(queue), trunkGroup: '1', trunkMember: '127.0.0.1' }),
      ...this.userData(call.id, calling, called),
    });
  }

  private established(call: SwitchedCall, device: string): CallEvent {
    const { queue } = this.factsOf(call.id);
    const [calling, answering] = [this.callerTo(call, device), this.deviceId(device)];
    return this.event('established', { call, device }, 'Connect', {
      ...{ answeringDevice: answering, callingDevice: calling, calledDevice: answering },
      ...(queue !== undefined && { split: this.deviceId(queue) }),
      ...this.userData(call.id, calling, answering),
    });
  }

  private userData(callId: string, calling: string, called: string): { userData: { data: Record<string, string> } } {
    const own = { originalANI: calling, originalDNIS: called, originalCallId: callId };
    return { userData: { data: { ...own, ...this.factsOf(callId).data } } };
  }

  private cleared(event: SwitchingEvent & { type: 'connectionCleared' }, memory: CallMemory): CallEvent[] {
    const { call, device } = event;
    const analysed = memory.cpa && call.establishedAt === undefined && event.cause >= 400;
    const before = analysed && device !== call.from ? this.failed(call, device, event.cause) : [];
    const release = {
      ...{ device, from: call.from },
      left: call.connections.filter((connection) => !memory.hidden.has(connection.device)).map((each) => each.device),
    };
    if (device === memory.chair && release.left.length > 1) {
      memory.closing = true;
      memory.hungUp ??= device;
    }
    const listening = call.connections.filter((connection) => memory.hidden.has(connection.device));
    const told = toldOf(release, memory);
    const fields = {
      releasingDevice: this.deviceId(device),
      hangupDevice: this.deviceId(hangupOf(release, memory)),
      cause: causeName(analysed ? 200 : event.cause),
    };
    memory.leftLast = device;
    if (release.left.length < 3) delete memory.chair;
    const cleared = this.event('connectionCleared', { call, device }, 'Idle', fields);
    const spies = told.length > 1 ? listening.map((listener) => listener.device) : [];
    return [...before, { ...cleared, receivers: [...told, ...spies] }];
  }

  /** §6.3: what is heard in place of an answer, after `delivered` and before the end. */
  private failed(call: SwitchedCall, device: string, status: number): CallEvent[] {
    const { reached } = this.memories.of(call.id);
    const delivered = reached.has(device) ? [] : [this.delivered(call, device)];
    reached.add(device);
    const fields = { cause: 'Failed', calledDevice: this.deviceId(device), ...failureOf(status) };
    return [...delivered, { ...this.event('failed', { call, device }, 'Fail', fields), receivers: [call.from] }];
  }

  private transferred(call: SwitchedCall, device: string, consultId: string): CallEvent {
    const consulting = this.now(consultId)?.connections.map((connection) => connection.device) ?? [];
    const by = call.connections.find((connection) => consulting.includes(connection.device))?.device ?? '';
    for (const id of [call.id, consultId]) this.memories.of(id).became = 'transferred';
    this.memories.of(call.id).reached.add(device);
    return this.event('transferred', { call, device }, 'Connect', {
      ...{ cause: 'TRANSFER', primaryOldCall: call.id, secondaryOldCall: consultId, newCall: call.id },
      ...{ transferringDevice: this.deviceId(by), transferredToDevice: this.deviceId(device) },
    });
  }

  /** @param from the consult call, or the call itself where somebody was brought into it. */
  private conferenced(call: SwitchedCall, by: string, added: string, from: string): CallEvent {
    const memory = this.memories.of(call.id);
    memory.became = 'conferenced';
    memory.chair = by;
    memory.reached.add(added);
    if (from !== call.id) this.memories.forget(from);
    const old =
      from === call.id
        ? { primaryOldCall: '0', secondaryOldCall: from }
        : { primaryOldCall: call.id, secondaryOldCall: from };
    return this.event('conferenced', { call, device: added }, 'Connect', {
      ...{ ...old, newCall: call.id },
      ...{ conferencingDevice: this.deviceId(by), addedParty: this.deviceId(added) },
    });
  }

  private event(
    eventName: string,
    { call, device }: { call: SwitchedCall; device: string },
    localState: string,
    fields: Readonly<Record<string, unknown>>,
  ): CallEvent {
    const isListener = this.memories.of(call.id).hidden.has(device);
    const receivers = isListener ? [device] : call.connections.map((connection) => connection.device);
    return { eventName, callId: call.id, device, localState, fields, receivers };
  }

  /** Who calls a device: whoever began the call, or, for one that is brought in later, whoever does that or is left to it. */
  private callerTo(call: SwitchedCall, device: string): string {
    const by = this.memories.of(call.id).broughtBy.get(device);
    const inviter = call.connections.find((connection) => connection.device === device)?.joinedBy;
    if (inviter !== undefined) return this.deviceId(inviter);
    if (by === undefined && call.from !== device) return this.deviceId(call.from);
    const other = call.connections.find((connection) => connection.device !== device && connection.device !== by);
    return this.deviceId(other?.device ?? call.from);
  }
}
