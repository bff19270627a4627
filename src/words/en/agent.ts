// Texts of the agent's state at a CTI server.
export const agent = {
  agent_loggedOff: 'Logged out',
  agent_notReady: 'Not ready',
  agent_ready: 'Ready',
  agent_busy: 'Busy',
  agent_workingAfterCall: 'Wrap-up',
  agent_allocated: 'Reserved for a call',
  agent_unknown: 'Unknown agent state «{word}»',
} as const;
