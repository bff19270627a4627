// A peer connection that agrees to everything and says that sound arrives: for tests of signalling alone.
import { FakePeer } from '../../src/backends/sip/scripted-server';

class HeardPeer extends FakePeer {
  /** Fifty packets a second. */
  override getStats = async () => {
    const packetsReceived = Math.floor(performance.now() / 20);
    return new Map([['in', { id: 'in', type: 'inbound-rtp', kind: 'audio', packetsReceived }]]);
  };
}

/** From here on calls of this process have no media of their own. */
export function installHeardPeer(): void {
  Object.assign(globalThis, { RTCPeerConnection: HeardPeer });
}
