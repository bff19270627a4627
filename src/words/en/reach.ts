// Which of two links is lost, in the reach bar; and the reasons that every server of the wellCloud family knows.
export const reach = {
  reach_lineLost: 'Phone line reconnecting',
  reach_controlLost: 'Call control reconnecting',
  reach_controlLostDetail: 'Your call goes on. Steer it at the phone itself until the server is back.',
  reason_away: 'Busy or away',
  reason_outbound: 'Calling out',
} as const;
