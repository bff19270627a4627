// Which of two links is lost, in the reach bar; and the reasons that every server of the wellCloud family knows.
export const reach = {
  reach_lineLost: 'Phone line reconnecting',
  reach_controlLost: 'Call control reconnecting',
  reach_controlLostDetail: 'Your call goes on. Steer it at the phone itself until the server is back.',
  reach_controlLostHereDetail: 'Your call goes on: you can answer, mute and hang up. All else waits for the server.',
  reason_away: 'Busy or away',
  reason_outbound: 'Calling out',
} as const;
