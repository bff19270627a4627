// What the line row shows: do not disturb, the message lamp, and what the server was asked to forward. Pure.
import { liveCalls } from '../../src/domain/calls';
import { can } from '../../src/domain/can';
import { FORWARD_KINDS, type ForwardKind } from '../../src/domain/line';
import type { PhoneState } from '../../src/domain/phone';
import type { Text } from './text';

export interface LineFace {
  /** `undefined` where the phone cannot. */
  readonly doNotDisturb: boolean | undefined;
  readonly lamp?: { readonly text: Text; readonly number: string | undefined };
  /** What can be forwarded; nothing where the server has no code for it. */
  readonly forwardKinds: readonly ForwardKind[];
  readonly forwarded: readonly { readonly kind: ForwardKind; readonly number: string; readonly askedAt: number }[];
}

/** @returns undefined where there is nothing to show. */
export function lineFace(state: PhoneState): LineFace | undefined {
  const { line, profile } = state;
  if (!profile) return undefined;
  const mayRest = can(state, { type: 'setDoNotDisturb', on: true }).ok;
  const forwardKinds = profile.forwardKinds ?? [];
  const lit = line.messages?.waiting === true;
  if (!mayRest && forwardKinds.length === 0 && !lit) return undefined;
  const number = profile.voicemailNumber ?? line.messages?.number;
  return {
    doNotDisturb: mayRest ? line.doNotDisturb : undefined,
    ...(lit && { lamp: { text: messagesText(line.messages?.fresh), number } }),
    forwardKinds,
    forwarded: FORWARD_KINDS.flatMap((kind) => {
      const asked = line.forwarding[kind];
      return asked ? [{ kind, ...asked }] : [];
    }),
  };
}

/** During a call the room belongs to the calls: the row stays while there is one, with nothing unfolded. */
export function showsLine(state: PhoneState, panel: string): boolean {
  const calls = liveCalls(state.calls).length;
  return calls === 0 || (calls === 1 && panel === 'none');
}

function messagesText(fresh: number | undefined): Text {
  if (fresh === undefined) return { key: 'messages_some' };
  return fresh === 1 ? { key: 'messages_one' } : { key: 'messages_many', params: { n: fresh } };
}
