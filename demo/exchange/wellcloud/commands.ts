// The commands of wellCloud on the switching function (wellclient.md §5, §10.4). Success only means "accepted".
import { randomUUID } from 'node:crypto';
import type { SwitchedCall } from '../switched-call';
import type { Switching } from '../switching';
import type { Agents, LoggedOn, Reply } from './agents';
import type { CallEvents, CallFacts } from './call-events';
import type { SipPhones } from './door';
import { eventTime, fieldsOf, numberOf, readObject, type Fields } from './ids';
import type { Recorder } from './recorder';
import type { Teller } from './teller';

const OK: Reply = { status: 204 };
const CALLS = /^\/api\/csta\/callControl\/calls\/([^/]+)\/(connections|user-data)\/?([^/]*)(?:\/(\w+))?$/;
const LOCAL_STATES = { connected: 'Connect', alerting: 'Alerting', initiated: 'Initiate', held: 'Hold' } as const;

interface Wires {
  readonly domain: string;
  readonly switching: Switching;
  readonly agents: Agents;
  readonly events: CallEvents;
  readonly teller: Teller;
  readonly recorder: Recorder;
  /** Of each call that has any. */
  readonly facts: Map<string, CallFacts>;
  readonly phones: Pick<SipPhones, 'has'>;
}
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Fields;
  /** Whose session it is. */
  readonly agentId: string;
}

export class Commands {
  constructor(private readonly wires: Wires) {}

  perform({ method, path, body, agentId }: Asked): Reply {
    const { agents, recorder } = this.wires;
    if (path === '/api/csta/agent/state') return agents.state(body);
    if (path === '/api/csta/agent/client-state') return this.clientState(agentId);
    const beaten = /^\/api\/csta\/agent\/heartbeat\/(.+)$/.exec(path)?.[1];
    if (beaten !== undefined) return agents.beat(decodeURIComponent(beaten)) ? OK : { status: 458 };
    if (path.startsWith('/api/operation/')) return { status: 200, json: { agentTrunks: [{ scanPrefix: '9' }] } };
    const agent = agents.find(agentId);
    if (!agent) return { status: 458 };
    if (path === '/api/csta/callControl/calls') return this.makeCall(body, agent);
    if (path === '/api/csta/callControl/recording/Stop') {
      recorder.stop(numberOf(agent.device), agent);
      return OK;
    }
    if (path === '/api/csta/callControl/recording/Start') {
      const [call] = this.callsOf(numberOf(agent.device));
      if (call) recorder.start(agent, call.id);
      return OK;
    }
    return this.onCall(path, method, body);
  }

  private onCall(path: string, method: string, body: Fields): Reply {
    const [, id = '', part, connection = '', action = ''] = CALLS.exec(path) ?? [];
    const callId = decodeURIComponent(id);
    if (part === 'user-data') return method === 'GET' ? this.callData(callId) : this.setCallData(callId, body);
    const device = numberOf(decodeURIComponent(connection).split('|')[0] ?? '');
    if (!this.callsOf(device).some((call) => call.id === callId)) return { status: 404 };
    return this.onConnection(callId, device, method === 'DELETE' ? 'drop' : action, body);
  }

  private makeCall(body: Fields, agent: LoggedOn): Reply {
    const { facts } = this.wires;
    const [from, to] = [numberOf(agent.device), body['to']];
    if (typeof to !== 'string' || to === '') return { status: 400 };
    if (agent.mode === 'Allocated' || this.callsOf(from).length > 0) return { status: 460 };
    const callId = randomUUID();
    const number = to.replace(/^9(?=\d{7,})/, ''); // the outside line
    facts.set(callId, { callType: 'Outbound', data: readContext(body['contextId']) });
    const shown = body['destForDisplay'];
    this.call(callId, from, number, typeof shown === 'string' && shown !== '' ? shown : number);
    return { status: 200, json: { callId } };
  }

  /** Who has a SIP phone is rung there first; the far end is, once that is answered. A desk phone is off hook at once. */
  private call(callId: string, from: string, to: string, shown: string): void {
    this.tellInitiated(callId, from, to);
    this.wires.switching.makeCall({ callId, from, to, ...(this.wires.phones.has(from) && { prompt: shown }) });
  }

  private onConnection(callId: string, device: string, action: string, body: Fields): Reply {
    const { switching } = this.wires;
    const number = (name: string) => (typeof body[name] === 'string' ? numberOf(body[name]) : '');
    const consultId = typeof body['consultCallId'] === 'string' ? body['consultCallId'] : '';
    switch (action) {
      case 'drop':
        switching.clear(callId, device);
        return OK;
      case 'answer':
        // A SIP phone is answered by whoever holds it; that it was asked for is accepted, and `established` tells when.
        if (!this.wires.phones.has(device)) switching.answer(callId, device);
        return OK;
      case 'hold':
        switching.hold(callId, device);
        return OK;
      case 'retrieve':
        switching.retrieve(callId, device);
        return OK;
      case 'singleStepTransfer':
        return this.singleStepTransfer(callId, device, number('transferTo'));
      case 'singleStepConference': {
        const rung = switching.singleStepConference(callId, device, number('conferenceParticipant'));
        return rung ? OK : { status: 403 };
      }
      case 'consult':
        return this.consult(callId, device, number('consultationParticipant'));
      case 'conference':
        return switching.conference(callId, device, consultId) ? OK : { status: 403 };
      case 'cancelConsult':
        switching.clear(consultId, device);
        switching.retrieve(callId, device);
        return OK;
      case 'transfer':
        switching.attendedTransfer(callId, device, consultId);
        return OK;
      default:
        return { status: 404 };
    }
  }

  private singleStepTransfer(callId: string, by: string, to: string): Reply {
    const { switching, events, teller } = this.wires;
    if (to === '') return { status: 400 };
    const before = switching.call(callId)?.connections.map(({ device }) => device) ?? [];
    switching.singleStepTransfer(callId, by, to);
    teller.call(events.singleStepTransferred(callId, by, to, [...new Set([...before, to])]));
    switching.clear(callId, by); // at once, whether or not the target answers (§5.3)
    return OK;
  }

  private consult(callId: string, device: string, to: string): Reply {
    if (to === '') return { status: 400 };
    this.wires.switching.hold(callId, device);
    const consultId = randomUUID();
    this.call(consultId, device, to, to);
    return OK;
  }

  private tellInitiated(callId: string, from: string, to: string): void {
    for (const event of this.wires.events.initiated(callId, from, to)) this.wires.teller.call(event);
  }

  private callData(callId: string): Reply {
    return { status: 200, json: this.wires.facts.get(callId)?.data ?? {} };
  }

  private setCallData(callId: string, body: Fields): Reply {
    const { switching, facts } = this.wires;
    if (!switching.call(callId)) return { status: 404 };
    const known = facts.get(callId) ?? { data: {} };
    const entries = Array.isArray(body['entries']) ? body['entries'].map(fieldsOf) : [];
    const added = entries.flatMap(({ key, value }) => (typeof key === 'string' ? [[key, String(value)] as const] : []));
    facts.set(callId, { ...known, data: { ...known.data, ...Object.fromEntries(added) } });
    return OK;
  }

  /** §10.4: one call, the one that talks before others. */
  private clientState(agentId: string): Reply {
    const agent = this.wires.agents.find(agentId);
    if (!agent) return { status: 200, json: { extension: null, agent: null } };
    const { device: extensionId, mode: agentMode } = agent;
    const activeCall = this.activeCall(numberOf(extensionId));
    return {
      status: 200,
      json: {
        extension: { id: extensionId },
        agent: {
          ...{ agentId, extensionId, namespace: this.wires.domain, agentMode, agentName: numberOf(agentId) },
          ...(activeCall && { activeCall }),
        },
      },
    };
  }

  private activeCall(extension: string): Fields | undefined {
    const order = Object.keys(LOCAL_STATES);
    const ours = this.callsOf(extension).flatMap((call) => {
      const state = call.connections.find(({ device }) => device === extension)?.state;
      return state ? [{ call, state }] : [];
    });
    const [first] = ours.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
    if (!first) return undefined;
    const { call, state } = first;
    const deviceId = (number: string) => `${number}@${this.wires.domain}`;
    const other = call.connections.find(({ device }) => device !== extension)?.device ?? call.to;
    return {
      ...{ callId: call.id, ani: deviceId(call.from), dnis: deviceId(call.to), otherSide: deviceId(other) },
      ...{
        state: LOCAL_STATES[call.establishedAt === undefined && state === 'connected' ? 'initiated' : state],
        direction: call.from === extension ? 'Out' : 'In',
      },
      ...{ ringTime: eventTime(new Date()), answerTime: call.establishedAt === undefined ? '' : eventTime(new Date()) },
    };
  }

  private callsOf(extension: string): SwitchedCall[] {
    const isIn = ({ connections }: SwitchedCall) => connections.some(({ device }) => device === extension);
    return this.wires.switching.liveCalls().filter(isIn);
  }
}

/** §5.2 `contextId`: JSON in a text, its members texts. */
function readContext(value: unknown): Record<string, string> {
  if (typeof value !== 'string') return {};
  const texts = Object.entries(readObject(value)).filter(([, member]) => typeof member === 'string');
  return Object.fromEntries(texts) as Record<string, string>;
}
