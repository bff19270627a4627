// The commands of wellCloud on the switching function (wellclient.md §5). Success only means "accepted".
import type { Agents, LoggedOn, Reply } from './agents';
import { clientState } from './client-state';
import { readDialled, type Dialling } from './dialling';
import { callsOf, type DoorContext } from './door-context';
import type { WellcloudFaults } from './faults';
import { fieldsOf, numberOf, type Fields } from './ids';
import type { Transfers } from './transfers';

const OK: Reply = { status: 204 };
const REFUSED: Reply = { status: 403, json: { error: 'not in this state' } };
const UNAUTHORISED: Reply = { status: 457 };
const NOT_FOUND: Reply = { status: 404, json: { error: 'no such call' } };
const CALLS =
  /^\/api\/csta\/callControl\/calls\/([^/]+)\/(connections|user-data|spy|agentGreeting)\/?([^/]*)(?:\/(\w+))?$/;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Fields;
  /** Whose session it is. */
  readonly agentId: string;
}
interface Parts {
  readonly dialling: Dialling;
  readonly transfers: Transfers;
  /** @returns whether there was one to release. */
  releaseAllocated(agentId: string): boolean;
  isSupervisor(agentId: string): boolean;
  readonly faults: Pick<WellcloudFaults, 'recordingDisabled'>;
}

export class Commands {
  private readonly agents: Agents;

  constructor(
    private readonly door: DoorContext,
    private readonly parts: Parts,
  ) {
    this.agents = door.agents;
  }

  perform(asked: Asked): Reply {
    const { path, body, agentId } = asked;
    if (path === '/api/csta/agent/state') return this.state(body, agentId);
    if (path === '/api/csta/agent/client-state') return clientState(this.door, agentId);
    const beaten = /^\/api\/csta\/agent\/heartbeat\/(.+)$/.exec(path)?.[1];
    if (beaten !== undefined) return this.agents.beat(decodeURIComponent(beaten)) ? OK : { status: 458 };
    if (path.startsWith('/api/operation/')) return { status: 200, json: { agentTrunks: [{ scanPrefix: '9' }] } };
    const agent = this.agents.find(agentId);
    if (!agent) return { status: 458 };
    const released = /^\/api\/csta\/outbound\/release\/(.+)$/.exec(path)?.[1];
    if (released !== undefined) return this.release(decodeURIComponent(released), agent);
    if (path === '/api/csta/callControl/calls') return this.parts.dialling.makeCall(body, agent);
    const recording = /^\/api\/csta\/callControl\/recording\/(Start|Stop)$/.exec(path)?.[1];
    if (recording !== undefined) return this.record(recording === 'Start', agent);
    return this.onCall(asked, agent);
  }

  /** Another agent's state is a supervisor's to change (§5.4); one's own, everybody's. */
  private state(body: Fields, asking: string): Reply {
    const named = body['agentId'] ?? body['loginId'];
    const device = body['device'];
    const concerned = typeof named === 'string' ? named : typeof device === 'string' && this.agents.at(device)?.agentId;
    const foreign = typeof concerned === 'string' && concerned !== asking;
    return foreign && !this.parts.isSupervisor(asking) ? UNAUTHORISED : this.agents.state(body);
  }

  private release(agentId: string, asking: LoggedOn): Reply {
    if (agentId !== asking.agentId && !this.parts.isSupervisor(asking.agentId)) return UNAUTHORISED;
    return this.parts.releaseAllocated(agentId) ? OK : { status: 483 };
  }

  private record(start: boolean, agent: LoggedOn): Reply {
    const { recorder, switching } = this.door;
    if (this.parts.faults.recordingDisabled) return { status: 466 };
    const extension = numberOf(agent.device);
    const calls = callsOf(switching, extension).filter(({ establishedAt }) => establishedAt !== undefined);
    const talking = calls.find(({ connections }) =>
      connections.some(({ device, state }) => device === extension && state === 'connected'),
    );
    const call = talking ?? calls[0];
    if (!call) return REFUSED;
    if (start) recorder.start(agent, call.id);
    else recorder.stop(extension, agent, call.id);
    return OK;
  }

  private onCall({ method, path, query, body }: Asked, agent: LoggedOn): Reply {
    const [, id = '', part, connection = '', action = ''] = CALLS.exec(path) ?? [];
    const callId = decodeURIComponent(id);
    if (!this.door.switching.call(callId)) return NOT_FOUND;
    if (part === 'user-data') return method === 'GET' ? this.callData(callId) : this.setCallData(callId, body);
    if (part === 'agentGreeting') return OK; // what it says is not heard here
    if (part === 'spy') return this.spy(callId, numberOf(query.get('deviceId') ?? ''), agent);
    const device = numberOf(decodeURIComponent(connection).split('|')[0] ?? '');
    if (!callsOf(this.door.switching, device).some((call) => call.id === callId)) return NOT_FOUND;
    const own = device === numberOf(agent.device);
    if (!own && !this.parts.isSupervisor(agent.agentId)) return UNAUTHORISED;
    return this.onConnection(callId, device, method === 'DELETE' ? 'drop' : action, body);
  }

  private onConnection(callId: string, device: string, action: string, body: Fields): Reply {
    const { switching, phones } = this.door;
    const { transfers } = this.parts;
    const text = (name: string) => (typeof body[name] === 'string' ? numberOf(body[name]) : '');
    const number = (name: string) => readDialled(text(name)).number; // what is dialled on behind it is not, here
    const consultId = typeof body['consultCallId'] === 'string' ? body['consultCallId'] : '';
    switch (action) {
      case 'drop':
        switching.clear(callId, device);
        return OK;
      case 'answer':
        // A SIP phone is answered by whoever holds it; that it was asked for is accepted, and `established` tells when.
        if (!phones.has(device)) switching.answer(callId, device);
        return OK;
      case 'hold':
        switching.hold(callId, device);
        return OK;
      case 'retrieve':
        switching.retrieve(callId, device);
        return OK;
      case 'singleStepTransfer':
        return transfers.singleStep(callId, device, number('transferTo'));
      case 'singleStepTransferCallAndWait':
        return switching.park(callId, device, number('transferTo')) ? OK : REFUSED;
      case 'singleStepConference': {
        const silent = body['participationType'] === 'Silent';
        return switching.singleStepConference(callId, device, number('conferenceParticipant'), silent) ? OK : REFUSED;
      }
      case 'consult':
        return transfers.consult(callId, device, text('consultationParticipant'));
      case 'conference':
        return transfers.conference(callId, device, consultId);
      case 'cancelConsult':
        return transfers.cancelConsult(callId, device, consultId);
      case 'transfer':
        return transfers.transfer(callId, device, consultId);
      case 'transferAndWait':
        return transfers.transferAndWait(callId, device, consultId);
      default:
        return NOT_FOUND;
    }
  }

  private spy(callId: string, listener: string, agent: LoggedOn): Reply {
    if (!this.parts.isSupervisor(agent.agentId)) return UNAUTHORISED;
    if (!this.door.extensions.includes(listener)) return { status: 453 };
    return this.door.switching.spy(callId, listener) ? OK : REFUSED;
  }

  private callData(callId: string): Reply {
    return { status: 200, json: this.door.facts.get(callId)?.data ?? {} };
  }

  private setCallData(callId: string, body: Fields): Reply {
    const { facts } = this.door;
    const known = facts.get(callId) ?? { data: {} };
    const entries = Array.isArray(body['entries']) ? body['entries'].map(fieldsOf) : [];
    const added = entries.flatMap(({ key, value }) => (typeof key === 'string' ? [[key, String(value)] as const] : []));
    facts.set(callId, { ...known, data: { ...known.data, ...Object.fromEntries(added) } });
    return OK;
  }
}
