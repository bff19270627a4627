// 设置页“耳机按键”部分的文字。
import type { headset as english } from '../en/headset';

export const headset: Record<keyof typeof english, string> = {
  section_headset: '耳机按键',
  headset_why:
    '配对耳机后，可用耳机上的按键接听、挂断、静音和保持，指示灯与通话同步。耳机的声音在上方“麦克风和扬声器”中选择。',
  headset_none: '没有已配对的耳机接入。',
  headset_pair: '配对耳机…',
  headset_pairFailed: '浏览器不允许 Callbar 查找耳机。可能是您的单位禁止了，请联系管理员。',
  headset_unsupported: '此浏览器不支持耳机按键。耳机的声音仍可正常使用。',
  headset_nameless: '未命名的耳机',
  headset_tryButton: '就绪。请按一下耳机上的按键试试；有些耳机只在通话中才会上报按键。',
  headset_busy: '另一个程序正在占用它。请关闭其他电话软件，然后重试。',
  headset_noButtons: '它没有 Callbar 认识的按键，请使用屏幕上的按钮。',
  headset_pressed_hook: '您按了通话键，工作正常。',
  headset_pressed_mute: '您按了静音键，工作正常。',
  headset_pressed_flash: '您按了闪断键（保持或切换），工作正常。',
  headset_pressed_redial: '您按了重拨键。已收到，但不会拨号：请使用屏幕上的“重拨”。',
  headset_forget: '取消配对',
  headset_forgetNamed: '取消配对 {name}',
  headset_whatButtonsDo:
    '通话键：接听来电，或结束当前通话。静音键：静音和取消静音，响铃时停止铃声。闪断键：保持和恢复；有两个通话时进行切换。',
};
