// What goes out to a station: over its own flow, over the one it has opened since, or kept until it opens one, at most 32 s.
import type { SipMessage } from '../sip/message';
import type { Clock } from './clock';
import type { Flow } from './flow';
import type { Binding } from './registrar';
import type { Peer } from './sip-context';
import { timeoutMs } from './transactions';

export class SipOutbox {
  private readonly unsent: { peer: Peer; message: SipMessage; until: number }[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly contactsOf: (account: string) => Binding<Flow>[],
  ) {}

  send(peer: Peer, message: SipMessage): void {
    const flow = this.flowTo(peer);
    if (flow) flow.send(message);
    else if (!this.unsent.some((each) => each.message === message)) {
      this.unsent.push({ peer, message, until: this.clock.now() + timeoutMs });
    }
  }

  /** An account has a flow again. */
  sendKept(account: string): void {
    const now = this.clock.now();
    const all = this.unsent.splice(0).filter(({ until }) => until > now);
    for (const each of all) {
      if (each.peer.account === account) this.send(each.peer, each.message);
      else this.unsent.push(each);
    }
  }

  private flowTo(peer: Peer): Flow | undefined {
    if (peer.flow.open) return peer.flow;
    const contacts = this.contactsOf(peer.account).filter((binding) => binding.flow.open);
    const same = contacts.find((binding) => binding.contact.uri === peer.contact) ?? contacts[0];
    if (same) peer.flow = same.flow;
    return same?.flow;
  }
}
