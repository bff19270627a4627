// 状态栏：两条连接中断开了哪一条；以及 wellCloud 服务器都认识的示忙原因。
import type { reach as english } from '../en/reach';

export const reach: Readonly<Record<keyof typeof english, string>> = {
  reach_lineLost: '话机线路正在重新连接',
  reach_controlLost: '通话控制正在重新连接',
  reach_controlLostDetail: '通话继续。服务器恢复前，请在话机上直接操作。',
  reach_controlLostHereDetail: '通话继续：可以接听、静音和挂断。其他操作请等待服务器恢复。',
  reason_away: '忙碌或离开',
  reason_outbound: '手动外呼',
};
