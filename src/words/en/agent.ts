// Texts of the agent's state at a CTI server.
export const agent = {
  agent_loggedOff: 'Logged out',
  agent_notReady: 'Not ready',
  agent_ready: 'Ready',
  agent_busy: 'On a call',
  agent_workingAfterCall: 'Finishing work',
  agent_allocated: 'A call is being dialled for you',
  agent_unknown: 'Unknown agent state «{word}»',
} as const;
