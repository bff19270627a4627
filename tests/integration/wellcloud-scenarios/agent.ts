// The agent: logging in and out, and what is left after a page was opened anew (wellclient.md §7 login, §10.5).
// One line for each event: its name, the agent's state, the calls as the agent sees them (tests/integration/wellcloud-replay.ts).
export const agent: Readonly<Record<string, string>> = {
  'login at 8001': `
    agentLoggedOn | notReady
    agentNotReady | notReady
  `,
  'login-ready at 8001': `
    agentLoggedOn | ready
    agentReady    | ready
  `,
  // 454: logged off where it was, then on here; the first of both is not ours to heed (§3.8).
  'login-forced at 8001': `
    agentLoggedOff, agentLoggedOn | notReady
    agentNotReady                 | notReady
  `,
  'logout at 8001': `
    agentLoggedOn  | notReady
    agentNotReady  | notReady
    agentLoggedOff | loggedOff
  `,
  // Automatic outbound: reserved, rung, talked, wrap-up (§6.2).
  'preoccupied at 8001': `
    agentReady            | ready
    agentAllocated        | allocated
    delivered             | allocated        | #1 from 1760217****: alerting, queue 7022
    established           | allocated        | #1 from 1760217****: connected, queue 7022
    connectionCleared     | allocated        | #1 from 1760217****: cleared, by remote, normal, queue 7022
    agentWorkingAfterCall | workingAfterCall
    agentReady            | ready
  `,
  // The page of the original was opened anew at the gap; here the link is cut, and client-state answers (§10.3).
  'recovery-idle at 8001': `
    agentLoggedOn     | notReady
    agentNotReady     | notReady
    (a gap)           | notReady
    delivered         | notReady | #1 from 1760217****: alerting
    established       | notReady | #1 from 1760217****: connected
    connectionCleared | notReady | #1 from 1760217****: cleared, by remote, normal
  `,
  'recovery-ringing at 8001': `
    agentLoggedOn     | notReady
    agentNotReady     | notReady
    delivered         | notReady | #1 from 1760217****: alerting
    (a gap)           | notReady | #1 from 1760217****: alerting
    established       | notReady | #1 from 1760217****: connected
    connectionCleared | notReady | #1 from 1760217****: cleared, by remote, normal
  `,
  'recovery-established at 8001': `
    agentLoggedOn     | notReady
    agentNotReady     | notReady
    delivered         | notReady | #1 from 1760217****: alerting
    established       | notReady | #1 from 1760217****: connected
    (a gap)           | notReady | #1 from 1760217****: connected
    connectionCleared | notReady | #1 from 1760217****: cleared, by remote, normal
  `,
};
