// Two calls: consultation and its cancelling, transfer with and without it (wellclient.md §7, §6.4).
// One line for each event: its name, the agent's state, the calls as the agent sees them (tests/integration/wellcloud-replay.ts).
export const transfer: Readonly<Record<string, string>> = {
  // The far end of the consultation leaves first; the held call comes back.
  'consult-cancel at 8001': `
    delivered         | notReady | #1 from 1760217****: alerting
    established       | notReady | #1 from 1760217****: connected
    held              | notReady | #1 from 1760217****: held
    serviceInitiated  | notReady | #1 from 1760217****: held
    originated        | notReady | #1 from 1760217****: held | #2 to 8002: initiated
    delivered         | notReady | #1 from 1760217****: held | #2 to 8002: alerting
    established       | notReady | #1 from 1760217****: held | #2 to 8002: connected
    connectionCleared | notReady | #1 from 1760217****: held | #2 to 8002: connected
    connectionCleared | notReady | #1 from 1760217****: held | #2 to 8002: cleared, by local, normal
    retrieved         | notReady | #1 from 1760217****: connected
    connectionCleared | notReady | #1 from 1760217****: cleared, by remote, normal
  `,
  'consult-cancel at 8002': `
    delivered         | notReady | #1 from 8001: alerting
    established       | notReady | #1 from 8001: connected
    connectionCleared | notReady | #1 from 8001: cleared, by remote, normal
  `,
  // 8003 talks with 8001, consults 8002 and transfers: it is out of both; 8002 keeps its card under the first call’s id.
  'consult-transfer at 8001': `
    serviceInitiated  | notReady
    originated        | notReady | #1 to 8003: initiated
    delivered         | notReady | #1 to 8003: alerting
    established       | notReady | #1 to 8003: connected
    held              | notReady | #1 to 8003: connected, held there
    transferred       | notReady | #1 to 8002: connected
    connectionCleared | notReady | #1 to 8002: connected
    connectionCleared | notReady | #1 to 8002: cleared, by remote, normal
  `,
  'consult-transfer at 8003': `
    delivered         | notReady | #1 from 8001: alerting
    established       | notReady | #1 from 8001: connected
    held              | notReady | #1 from 8001: held
    serviceInitiated  | notReady | #1 from 8001: held
    originated        | notReady | #1 from 8001: held                      | #2 to 8002: initiated
    delivered         | notReady | #1 from 8001: held                      | #2 to 8002: alerting
    established       | notReady | #1 from 8001: held                      | #2 to 8002: connected
    transferred       | notReady | #1 from 8001: held                      | #2 to 8002: connected
    connectionCleared | notReady | #1 from 8001: cleared, by local, transferred | #2 to 8002: connected
    connectionCleared | notReady | #2 to 8002: cleared, by local, transferred
  `,
  'consult-transfer at 8002': `
    delivered         | notReady | #1 from 8003: alerting
    established       | notReady | #1 from 8003: connected
    transferred       | notReady | #1 from 8003: connected
    connectionCleared | notReady | #1 from 8003: connected
    connectionCleared | notReady | #1 from 8003: cleared, by local, normal
  `,
  // 8003 hands 8001 over to 8002, and is out at once; the release of who leaves ends nothing for those who stay.
  'single-step-transfer at 8001': `
    serviceInitiated  | notReady
    originated        | notReady | #1 to 8003: initiated
    delivered         | notReady | #1 to 8003: alerting
    established       | notReady | #1 to 8003: connected
    delivered         | notReady | #1 to 8003: connected
    transferred       | notReady | #1 to 8002: connected
    connectionCleared | notReady | #1 to 8002: connected
    established       | notReady | #1 to 8002: connected
    transferred       | notReady | #1 to 8002: connected
    transferred       | notReady | #1 to 8002: connected
    connectionCleared | notReady | #1 to 8002: cleared, by local, normal
  `,
  'single-step-transfer at 8003': `
    delivered         | notReady | #1 from 8001: alerting
    established       | notReady | #1 from 8001: connected
    delivered         | notReady | #1 from 8001: connected
    transferred       | notReady | #1 from 8001: connected
    connectionCleared | notReady | #1 from 8001: cleared, by local, transferred
  `,
  'single-step-transfer at 8002': `
    delivered         | notReady | #1 from 8001: alerting
    transferred       | notReady | #1 from 8001: alerting
    connectionCleared | notReady | #1 from 8001: alerting
    established       | notReady | #1 from 8001: connected
    connectionCleared | notReady | #1 from 8001: cleared, by remote, normal
  `,
};
