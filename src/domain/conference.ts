// Calls of ours that talk together: who takes part, and when a conference is none any more.
// Its parties stay `connected`; one that is put on hold has left it. ECMA-269, Conference Call.
import { isLive, liveCalls, type Call, type CallId, type Calls, type LiveCall } from './calls';

export interface ConferenceEvent {
  readonly type: 'conferenced';
  /** All that talk together from now on. */
  readonly callIds: readonly CallId[];
  readonly conference: string;
}

/** Those who talk together with this call, itself included, the oldest first; of an ordinary call itself alone. */
export function partiesOf(calls: Calls, call: LiveCall): readonly LiveCall[] {
  if (call.conference === undefined) return [call];
  return liveCalls(calls).filter(({ conference }) => conference === call.conference);
}

export function reduceConference(calls: Calls, { callIds, conference }: ConferenceEvent): Calls {
  const known = callIds.flatMap((id) => (Object.hasOwn(calls.byId, id) ? (calls.byId[id] ?? []) : []));
  const talking = known.filter(({ state }) => state === 'connected');
  if (talking.length < 2 || talking.every((call) => call.conference === conference)) return calls;
  const joined = talking.map((call) => [call.id, { ...call, conference }] as const);
  return { ...calls, byId: { ...calls.byId, ...Object.fromEntries(joined) } };
}

/** After any event: who does not talk has left, and one who is left alone is an ordinary call again. */
export function settleConferences(calls: Calls): Calls {
  const members = Object.values(calls.byId).filter(({ conference }) => conference !== undefined);
  const stays = (call: Call) =>
    members.some((other) => other !== call && takesPart(other) && other.conference === call.conference);
  const leaving = members.filter((call) => !takesPart(call) || !stays(call));
  if (leaving.length === 0) return calls;
  const left = leaving.map(({ conference: _left, ...call }) => [call.id, call] as const);
  return { ...calls, byId: { ...calls.byId, ...Object.fromEntries(left) } };
}

function takesPart(call: Call): boolean {
  return isLive(call) && call.state === 'connected';
}
