// The lab: the real servers on this computer, Chromium with the built extension in a namespace whose network can be broken.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCallbar, type Callbar } from '../../../demo/browser/callbar';
import { chromiumPath } from '../../../demo/browser/chromium';
import { startRealServers, type RealServers } from '../servers/real-servers';
import { openNetwork, type Network } from './network';
import { openRelay, type Relay } from './relay';

export interface Lab {
  readonly network: Network;
  readonly servers: RealServers;
  readonly callbar: Callbar;
  /** @throws Error in a lab without one. */
  readonly relay: Relay;
  close(): Promise<void>;
}

/** @param options.relay whether sound goes through the relay; rtpengine then never learns a new address of the browser. */
export async function openLab(options: { relay?: boolean } = {}): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'callbar-lab-'));
  let servers: RealServers | undefined;
  let callbar: Callbar | undefined;
  let relay: Relay | undefined;
  const network = openNetwork(() => Number(new URL(servers?.wsUrl ?? '').port));
  const close = async () => {
    await callbar?.close();
    await servers?.stop();
    relay?.close();
    network.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    servers = await startRealServers({
      address: network.server,
      ...(options.relay === true && { mediaRelay: network.relay }),
    });
    if (options.relay === true) {
      network.relayOnly();
      const ports = servers.mediaPorts;
      const [slowed] = network.client;
      relay = await openRelay({ from: network.relay, to: network.server, ports, slowed, random: Math.random });
    }
    callbar = await openCallbar({ launcher: network.launcher(folder, chromiumPath()) });
    const parts = { network, servers, callbar, close };
    return {
      ...parts,
      get relay() {
        if (!relay) throw new Error('this lab was opened without a relay');
        return relay;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
