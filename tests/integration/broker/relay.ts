// A broker of our own between the exchange's wellCloud door and a phone, which may lose, repeat or add events.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EVENT_PATH, openStompBroker, type StompBroker } from '../../../demo/exchange/wellcloud/stomp-broker';
import { openStompSocket } from './stomp-socket';

export interface Relay {
  readonly url: string;
  readonly broker: StompBroker;
  /** What reaches the agent in place of each body; from now on. */
  change(pass: (body: string) => readonly string[]): void;
  /** To the agent, as if the server had sent it. */
  add(body: string): void;
  close(): Promise<void>;
}

/** @param agent `5001@test.cc` */
export async function openRelay(from: string, agent: string): Promise<Relay> {
  const server = createServer();
  const broker = openStompBroker(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let pass: (body: string) => readonly string[] = (body) => [body];
  const exchange = await openStompSocket(from);
  await exchange.subscribe(`/topic/event.agent.*.${agent.replaceAll('.', '_')}`, (body) => {
    for (const each of pass(body)) broker.publish(agent, each);
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}${EVENT_PATH}`,
    broker,
    change: (wanted) => void (pass = wanted),
    add: (body) => void broker.publish(agent, body),
    async close() {
      exchange.close();
      broker.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
