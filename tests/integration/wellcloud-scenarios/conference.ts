// Conferences, and who leaves first (wellclient.md §7: what B and C get; §6.4: one call from two).
// One line for each event: its name, the agent's state, the calls as the agent sees them (tests/integration/wellcloud-replay.ts).
export const conference: Readonly<Record<string, string>> = {
  // The conference does not survive the one who made it.
  'consult-conference-agent-leaves-first at 8001': `
    delivered         | notReady | #1 from 1760217****: alerting
    established       | notReady | #1 from 1760217****: connected
    held              | notReady | #1 from 1760217****: held
    serviceInitiated  | notReady | #1 from 1760217****: held
    originated        | notReady | #1 from 1760217****: held                                 | #2 to 8002: initiated
    delivered         | notReady | #1 from 1760217****: held                                 | #2 to 8002: alerting
    established       | notReady | #1 from 1760217****: held                                 | #2 to 8002: connected
    conferenced       | notReady | #1 from 1760217****: connected, with 1760217**** and 8002 | #2 to 8002: cleared, by system, conferenced
    connectionCleared | notReady | #1 from 1760217****: cleared, by local, normal, with 1760217**** and 8002
  `,
  'consult-conference-agent-leaves-first at 8002': `
    delivered         | notReady | #1 from 8001: alerting
    established       | notReady | #1 from 8001: connected
    conferenced       | notReady | #1 from 8001: connected
    connectionCleared | notReady | #1 from 8001: cleared, by remote, normal
  `,
  'consult-conference-consulted-leaves-first at 8001': `
    delivered         | notReady | #1 from 1760217****: alerting
    established       | notReady | #1 from 1760217****: connected
    held              | notReady | #1 from 1760217****: held
    serviceInitiated  | notReady | #1 from 1760217****: held
    originated        | notReady | #1 from 1760217****: held                                 | #2 to 8002: initiated
    delivered         | notReady | #1 from 1760217****: held                                 | #2 to 8002: alerting
    established       | notReady | #1 from 1760217****: held                                 | #2 to 8002: connected
    conferenced       | notReady | #1 from 1760217****: connected, with 1760217**** and 8002 | #2 to 8002: cleared, by system, conferenced
    connectionCleared | notReady | #1 from 1760217****: connected
    connectionCleared | notReady | #1 from 1760217****: cleared, by local, normal
  `,
  'consult-conference-consulted-leaves-first at 8002': `
    delivered         | notReady | #1 from 8001: alerting
    established       | notReady | #1 from 8001: connected
    conferenced       | notReady | #1 from 8001: connected
    connectionCleared | notReady | #1 from 8001: cleared, by local, normal
  `,
  'consult-conference-consulted-then-customer-leave at 8001': `
    delivered         | notReady | #1 from 1760217****: alerting
    established       | notReady | #1 from 1760217****: connected
    held              | notReady | #1 from 1760217****: held
    serviceInitiated  | notReady | #1 from 1760217****: held
    originated        | notReady | #1 from 1760217****: held                                 | #2 to 8002: initiated
    delivered         | notReady | #1 from 1760217****: held                                 | #2 to 8002: alerting
    established       | notReady | #1 from 1760217****: held                                 | #2 to 8002: connected
    conferenced       | notReady | #1 from 1760217****: connected, with 1760217**** and 8002 | #2 to 8002: cleared, by system, conferenced
    connectionCleared | notReady | #1 from 1760217****: connected
    connectionCleared | notReady | #1 from 1760217****: connected
    connectionCleared | notReady | #1 from 1760217****: cleared, by remote, normal
  `,
  'consult-conference-consulted-then-customer-leave at 8002': `
    delivered         | notReady | #1 from 8001: alerting
    established       | notReady | #1 from 8001: connected
    conferenced       | notReady | #1 from 8001: connected
    connectionCleared | notReady | #1 from 8001: cleared, by local, normal
  `,
  // The agents go on with each other as an ordinary call.
  'consult-conference-customer-leaves-first at 8001': `
    delivered         | notReady | #1 from 1760217****: alerting
    established       | notReady | #1 from 1760217****: connected
    held              | notReady | #1 from 1760217****: held
    serviceInitiated  | notReady | #1 from 1760217****: held
    originated        | notReady | #1 from 1760217****: held                                 | #2 to 8002: initiated
    delivered         | notReady | #1 from 1760217****: held                                 | #2 to 8002: alerting
    established       | notReady | #1 from 1760217****: held                                 | #2 to 8002: connected
    conferenced       | notReady | #1 from 1760217****: connected, with 1760217**** and 8002 | #2 to 8002: cleared, by system, conferenced
    connectionCleared | notReady | #1 from 8002: connected
    connectionCleared | notReady | #1 from 8002: connected
    connectionCleared | notReady | #1 from 8002: cleared, by remote, normal
  `,
  'consult-conference-customer-leaves-first at 8002': `
    delivered         | notReady | #1 from 8001: alerting
    established       | notReady | #1 from 8001: connected
    conferenced       | notReady | #1 from 8001: connected
    connectionCleared | notReady | #1 from 8001: connected
    connectionCleared | notReady | #1 from 8001: cleared, by local, normal
  `,
  // Who only rings is in no conversation yet.
  'single-step-conference at 8001': `
    delivered         | notReady | #1 from 1760217****: alerting
    established       | notReady | #1 from 1760217****: connected
    delivered         | notReady | #1 from 1760217****: connected
    established       | notReady | #1 from 1760217****: connected, with 1760217**** and 8002
    conferenced       | notReady | #1 from 1760217****: connected, with 1760217**** and 8002
    connectionCleared | notReady | #1 from 1760217****: connected
    connectionCleared | notReady | #1 from 1760217****: cleared, by remote, normal
  `,
  'single-step-conference at 8002': `
    delivered         | notReady | #1 from 8001: alerting
    established       | notReady | #1 from 8001: connected
    conferenced       | notReady | #1 from 8001: connected
    connectionCleared | notReady | #1 from 8001: cleared, by local, normal
  `,
};
