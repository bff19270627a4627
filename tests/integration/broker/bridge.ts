// Carries every event of the exchange's wellCloud door to a real broker, as a CTI server does: published to the topic of its agent,
// and to nobody while the broker is away. What was published meanwhile is lost.
import { openStompSocket, type StompSocket } from './stomp-socket';

const TRY_EACH_MS = 20;

export interface Bridge {
  /** Events that came to the broker, and those that came while there was none. */
  counts(): { readonly carried: number; readonly lost: number };
  close(): void;
}

/** Resolves once both ends stand. @param agents ids: `5001@test.cc`. */
export async function openBridge(from: string, to: string, agents: readonly string[]): Promise<Bridge> {
  let broker: StompSocket | undefined;
  const ending = new AbortController();
  let [carried, lost] = [0, 0];
  const connect = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      broker = await openStompSocket(to, () => {
        broker = undefined;
        void connect();
      }).catch(() => undefined);
      if (broker) break;
      await new Promise((resolve) => setTimeout(resolve, TRY_EACH_MS));
    }
    if (ending.signal.aborted) broker?.close();
  };
  const exchange = await openStompSocket(from);
  for (const agent of agents) {
    const name = agent.replaceAll('.', '_');
    await exchange.subscribe(`/topic/event.agent.*.${name}`, (body) => {
      if (broker) carried += 1;
      else lost += 1;
      broker?.send(`/topic/event.agent.worker1.${name}`, body);
    });
  }
  await connect();
  return {
    counts: () => ({ carried, lost }),
    close() {
      ending.abort();
      exchange.close();
      broker?.close();
    },
  };
}
