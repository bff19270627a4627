// 坐席在呼叫中心服务器上的状态。
import type { agent as english } from '../en/agent';

export const agent: Readonly<Record<keyof typeof english, string>> = {
  agent_loggedOff: '已登出',
  agent_notReady: '示忙',
  agent_ready: '就绪',
  agent_busy: '通话中',
  agent_workingAfterCall: '话后处理',
  agent_allocated: '正在为您呼叫客户',
  agent_unknown: '未知的坐席状态“{word}”',
};
