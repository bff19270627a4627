// Cuts the way of one peer's media, as a bad network does: sound and ICE checks alike, in both directions. Reaches into
// werift 0.24, which keeps its sockets over ICE restarts.
import type { RTCPeerConnection } from 'werift';

type Address = readonly [host: string, port: number];
interface Socket {
  onData(data: Buffer, from: Address): void;
  send(data: Buffer, to?: Address): Promise<void>;
}
interface Connection {
  readonly protocols: readonly { readonly transport: Socket }[];
  readonly checkList: readonly { readonly remoteAddr: Address }[];
}

export class MediaCut {
  private allUntil = 0;
  private readonly gone = new Set<string>();
  private readonly wrapped = new WeakSet<Socket>();

  constructor(private readonly peer: RTCPeerConnection) {}

  /** Nothing passes for `ms`. */
  cut(ms: number): void {
    this.allUntil = performance.now() + ms;
    this.wrap();
  }

  /** The other end's addresses of now are dead for ever, as after a change of its network; new ones pass. */
  loseAddresses(): void {
    for (const { checkList } of this.connections()) for (const pair of checkList) this.gone.add(name(pair.remoteAddr));
    this.wrap();
  }

  private passes(address: Address): boolean {
    return performance.now() >= this.allUntil && !this.gone.has(name(address));
  }

  private wrap(): void {
    for (const { protocols } of this.connections()) {
      for (const { transport } of protocols) {
        if (this.wrapped.has(transport)) continue;
        this.wrapped.add(transport);
        const [onData, send] = [transport.onData, transport.send];
        transport.onData = (data, from) => void (this.passes(from) && onData(data, from));
        transport.send = async (data, to) => void (!to || this.passes(to) ? await send(data, to) : undefined);
      }
    }
  }

  private connections(): Connection[] {
    return this.peer.iceTransports.map(({ connection }) => connection as unknown as Connection); // `protocols` is private
  }
}

function name([host, port]: Address): string {
  return `${host} ${port}`;
}
