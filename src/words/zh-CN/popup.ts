// 弹窗、侧边栏和独立窗口的文字。
import type { popup as english } from '../en/popup';

export const popup: Readonly<Record<keyof typeof english, string>> = {
  call: '呼叫',
  answer: '接听',
  decline: '拒接',
  hangUp: '挂断',
  mute: '静音',
  unmute: '取消静音',
  hold: '保持',
  resume: '恢复通话',
  keypad: '键盘',
  transfer: '转接',
  more: '更多',
  settings: '设置',
  redial: '重拨',
  silenceRing: '停止响铃',
  tryNow: '立即重试',
  allowMicrophone: '允许使用麦克风',
  numberToCall: '要拨打的号码',
};
