// 线路：免打扰、语音留言、呼叫转移、自动接听。
import type { line as english } from '../en/line';

export const line: Readonly<Record<keyof typeof english, string>> = {
  region_line: '本线路',
  doNotDisturb: '免打扰',
  reach_doNotDisturb: '免打扰',
  reach_doNotDisturbDetail: '来电会被拒接，您仍可呼出。',
  announce_doNotDisturbOn: '免打扰已开启，来电会被拒接',
  announce_doNotDisturbOff: '免打扰已关闭，来电会响铃',
  title_doNotDisturb: 'Callbar：免打扰',
  cause_doNotDisturb: '免打扰期间已拒接。',

  messages_one: '1 条新语音留言',
  messages_many: '{n} 条新语音留言',
  messages_some: '有新语音留言',
  messages_listen: '收听',
  messages_noNumber: '请在设置中填写语音信箱号码，即可在此收听。',

  forwardCalls: '呼叫转移',
  forward_on: '转到 {number}',
  forward_title: '呼叫转移',
  forward_kind: '转移哪些来电',
  forward_always: '所有来电',
  forward_busy: '线路忙时',
  forward_noAnswer: '无人接听时',
  numberToForwardTo: '转移到的号码',
  forward_set: '转移',
  forward_cancel: '取消',
  forward_hint: '电话会拨打一个由服务器应答的代码；是否生效请打一次测试电话确认。',
  forward_asked: '{what}：转到 {number}，{when}设置',
  reach_forwarded: '来电已转移',
  reach_forwardedDetail: '已请求服务器将所有来电转到 {number}。',
  call_asksForwarding: '正在请求服务器转移来电…',
  call_endsForwarding: '正在请求服务器取消转移…',
  recent_forwarding: '转移代码',
  error_forwardingRefused: '服务器没有接受呼叫转移，保持原样。',
  error_featureCodeInvalid: '此处只能填写数字、* 和 #；需要号码的代码中写一次 {number}。',
};
