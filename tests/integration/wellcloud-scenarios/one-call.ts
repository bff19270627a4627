// One call: in, out, not answered, held, recorded (wellclient.md §7 outbound, inbound, hold, recording).
// One line for each event: its name, the agent's state, the calls as the agent sees them (tests/integration/wellcloud-replay.ts).
export const oneCall: Readonly<Record<string, string>> = {
  'inbound-answered at 8001': `
    delivered         | notReady | #1 from 1760217****: alerting
    established       | notReady | #1 from 1760217****: connected
    connectionCleared | notReady | #1 from 1760217****: cleared, by remote, normal
  `,
  'inbound-not-answered at 8001': `
    delivered         | notReady | #1 from 1760217****: alerting
    connectionCleared | notReady | #1 from 1760217****: cleared, by remote, noAnswer
  `,
  // Two releases come; only the own one ends the call (§6.5).
  'outbound-answered at 8001': `
    serviceInitiated  | notReady
    originated        | notReady | #1 to 1760217****: initiated
    delivered         | notReady | #1 to 1760217****: alerting
    established       | notReady | #1 to 1760217****: connected
    connectionCleared | notReady | #1 to 1760217****: connected
    connectionCleared | notReady | #1 to 1760217****: cleared, by remote, normal
  `,
  'outbound-internal-answered at 8001': `
    serviceInitiated  | notReady
    originated        | notReady | #1 to 8002: initiated
    delivered         | notReady | #1 to 8002: alerting
    established       | notReady | #1 to 8002: connected
    connectionCleared | notReady | #1 to 8002: connected
    connectionCleared | notReady | #1 to 8002: cleared, by remote, normal
  `,
  'outbound-internal-answered at 8002': `
    delivered         | notReady | #1 from 8001: alerting
    established       | notReady | #1 from 8001: connected
    connectionCleared | notReady | #1 from 8001: cleared, by local, normal
    connectionCleared | notReady
  `,
  'outbound-not-answered at 8001': `
    serviceInitiated  | notReady
    originated        | notReady | #1 to 1760217****: initiated
    delivered         | notReady | #1 to 1760217****: alerting
    connectionCleared | notReady | #1 to 1760217****: alerting
    connectionCleared | notReady | #1 to 1760217****: cleared, by remote, noAnswer
  `,
  // The missing prefix for an outside line (§5.2).
  'outbound-immediate-clear at 8001': `
    serviceInitiated  | notReady
    originated        | notReady | #1 to 1760217****: initiated
    connectionCleared | notReady | #1 to 1760217****: cleared, by local, notFound
  `,
  // What call progress analysis heard says more than the cause after it.
  'outbound-cpa-failed at 8001': `
    serviceInitiated  | notReady
    originated        | notReady | #1 to 1760217****: initiated
    delivered         | notReady | #1 to 1760217****: alerting
    failed            | notReady | #1 to 1760217****: alerting
    connectionCleared | notReady | #1 to 1760217****: alerting
    connectionCleared | notReady | #1 to 1760217****: cleared, by remote, busy
  `,
  // Each is told of both holds; only the holder is on hold (§13.19).
  'hold-retrieve at 8001': `
    serviceInitiated  | notReady
    originated        | notReady | #1 to 8002: initiated
    delivered         | notReady | #1 to 8002: alerting
    established       | notReady | #1 to 8002: connected
    held              | notReady | #1 to 8002: connected, held there
    retrieved         | notReady | #1 to 8002: connected
    connectionCleared | notReady | #1 to 8002: connected
    connectionCleared | notReady | #1 to 8002: cleared, by remote, normal
  `,
  'hold-retrieve at 8002': `
    delivered         | notReady | #1 from 8001: alerting
    established       | notReady | #1 from 8001: connected
    held              | notReady | #1 from 8001: held
    retrieved         | notReady | #1 from 8001: connected
    connectionCleared | notReady | #1 from 8001: cleared, by local, normal
    connectionCleared | notReady
  `,
  'recording at 8001': `
    delivered         | notReady | #1 from 1760217****: alerting
    established       | notReady | #1 from 1760217****: connected
    recordStarted     | notReady | #1 from 1760217****: connected, recorded
    recordStopped     | notReady | #1 from 1760217****: connected
    recordStarted     | notReady | #1 from 1760217****: connected, recorded
    connectionCleared | notReady | #1 from 1760217****: cleared, by remote, normal, recorded
    recordStopped     | notReady
  `,
};
