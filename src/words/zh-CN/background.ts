// 通知、工具栏、右键菜单和页面号码卡片的文字。
import type { background as english } from '../en/background';

export const background: Readonly<Record<keyof typeof english, string>> = {
  chip_call: '呼叫',
  chip_copy: '复制',
  chip_copied: '已复制',
  chip_notANumber: '不是号码',
  chip_offHere: '在此网站关闭',
  chip_trustHere: '在此网站单击即拨',
  chip_calling: '正在呼叫 {number}',
  chip_cancel: '取消',
  menu_call: '呼叫“%s”',
  notify_incoming: '来电',
  notify_unknownCaller: '未知号码',
  notify_notDialled: '未拨出',
  title_idle: 'Callbar：尚未设置账号',
  title_reachable: 'Callbar：可以接到来电',
  title_unreachable: 'Callbar：无法接到来电',
  title_ringing: 'Callbar：有来电',
  title_talking: 'Callbar：通话中',
  omnibox_call: '呼叫 {number}',
  omnibox_hint: '请输入电话号码',
  risk_emergency: '{number} 是紧急号码。现在呼叫吗？',
  risk_premium: '{number} 会产生额外费用。要呼叫吗？',
  risk_foreign: '{number} 属于其他国家或地区（{country}）。要呼叫吗？',
  risk_unknown: '{number} 是短号或未知号码。要呼叫吗？',
};
