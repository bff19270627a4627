// An agent's phone at a scripted server, logged in, and the events that such a server sends.
import { AgentPhone } from './wellcloud-phone';
import { ScriptedServer } from './wellcloud-script';

export const [AGENT, DEVICE, CUSTOMER] = ['5001@test.cc', '8001@test.cc', '13800138000@test.cc'];

export class ToldDesk {
  private serial = 121_000;
  private agentSerial = 11_050_000;

  private constructor(
    readonly server: ScriptedServer,
    readonly phone: AgentPhone,
  ) {}

  static async open(): Promise<ToldDesk> {
    const server = await ScriptedServer.start(AGENT);
    const phone = new AgentPhone({
      ...{ server: server.url, domain: 'test.cc', agent: '5001', extension: '8001', password: 'secret' },
    });
    const desk = new ToldDesk(server, phone);
    await desk.login();
    return desk;
  }
  async login(): Promise<void> {
    this.server.upon('Login', { events: [this.agent('agentLoggedOn', { agentMode: 'NotReady' })] });
    await this.phone.perform({ type: 'login' });
  }
  async close(): Promise<void> {
    this.phone.stop();
    await this.server.close();
  }

  /** An agent event in the server's order; `more` takes the place of what it would have. */
  agent(eventName: string, more: object = {}): string {
    this.agentSerial += 1;
    const of = { eventType: 'agent', agentId: AGENT, srcDeviceId: DEVICE, deviceId: DEVICE };
    return JSON.stringify({ eventName, serial: this.agentSerial, ...of, ...more });
  }
  /** A call event in the server's order, of a customer who calls us; the acting device is ours. */
  call(eventName: string, callId: string, more: object = {}): string {
    this.serial += 1;
    const acting = Object.fromEntries(ACTING.map((role) => [role, DEVICE]));
    const ends = { callingDevice: CUSTOMER, calledDevice: DEVICE };
    const of = { eventType: 'csta', serial: this.serial, callId, srcDeviceId: DEVICE, eventSrc: DEVICE };
    return JSON.stringify({ eventName, ...of, ...ends, ...acting, ...more });
  }
  tell(...bodies: string[]): void {
    for (const body of bodies) this.server.publish(body);
  }
  /** What client-state says from now on. */
  knows(activeCall?: object, agent: object = {}): void {
    const logged = { agentId: AGENT, extensionId: DEVICE, agentMode: 'NotReady', ...agent };
    this.server.clientState = { extension: { id: 1 }, agent: { ...logged, ...(activeCall && { activeCall }) } };
  }
  /** Each call with its state, the oldest first. */
  shown(): string[] {
    return this.phone
      .calls()
      .map(({ id, state, details }) => `${id} ${state}${details?.unconfirmed ? ', not confirmed' : ''}`);
  }
  notices(): string[] {
    return this.phone.state.notices.map(({ code }) => code);
  }
  ignored(): string[] {
    return this.phone.logged.flatMap((line) => /ignored (.*)$/.exec(line)?.[1] ?? []);
  }
}

const ACTING = ['alertingDevice', 'answeringDevice', 'holdingDevice', 'retrievingDevice', 'releasingDevice'];
