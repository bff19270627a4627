// Tells logged-on agents what happened: one JSON event each, serials counted per family (wellclient.md §6.1, §6.2).
import type { Agents, AgentEventName, LoggedOn } from './agents';
import type { CallEvent } from './call-events';
import { eventTime, type Fields } from './ids';

interface Wires {
  readonly domain: string;
  readonly agents: Pick<Agents, 'at'>;
  sipCallIdOf(callId: string, extension: string): string | undefined;
  publish(agentId: string, event: Fields): void;
}

export class Teller {
  private readonly serials = { agent: 11_050_000, csta: 121_000 };

  constructor(private readonly wires: Wires) {}

  agent(name: AgentEventName, agent: LoggedOn): void {
    const { agentId, device, mode, reason } = agent;
    this.tell(agent, 'agent', name, {
      ...{ srcDeviceId: device, deviceId: device, agentId, devices: { Voice: device } },
      agentMode: name === 'agentLoggedOff' ? 'Logout' : mode,
      ...(reason !== '' && { reason }),
    });
  }

  /** To every logged-on device of the call, a copy of its own. */
  call({ eventName, callId, device, localState, fields, receivers }: CallEvent): void {
    const deviceId = `${device}@${this.wires.domain}`;
    for (const extension of receivers) {
      const agent = this.wires.agents.at(`${extension}@${this.wires.domain}`);
      if (!agent) continue;
      const connectionId = `${agent.device}|${callId}`;
      const of = { srcDeviceId: agent.device, callId, deviceId, localState, connectionId };
      const carries = eventName === 'established' || eventName === 'retrieved';
      const sipCallId = carries ? this.wires.sipCallIdOf(callId, extension) : undefined; // of the receiver's own phone
      this.tell(agent, 'csta', eventName, { ...of, ...fields, ...(sipCallId !== undefined && { sipCallId }) });
    }
  }

  tell({ agentId, device }: LoggedOn, eventType: 'agent' | 'csta', eventName: string, fields: Fields): void {
    const { domain, publish } = this.wires;
    const capital = `${eventName.slice(0, 1).toUpperCase()}${eventName.slice(1)}`;
    this.serials[eventType] += 1;
    const event = {
      ...{ eventName, eventType, eventTime: eventTime(new Date()), serial: this.serials[eventType] },
      namespace: domain,
      ...(eventType === 'csta' && { eventSrc: device }),
      ...fields,
      params: { _amqpTopic: `event.csta.${domain}`, agent: agentId, subscriptionId: 'exchange' },
      _type: `component.cti.event.${capital}Event`,
      topics: [`agent:${agentId}`, eventName, `device:${device}`, eventType],
    };
    publish(agentId, event);
  }
}
