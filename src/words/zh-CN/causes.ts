// 通话结束的原因：先说发生了什么，再说怎么办。
import type { causes as english } from '../en/causes';

export const causes: Readonly<Record<keyof typeof english, string>> = {
  cause_normal: '通话结束',
  cause_busy: '对方忙，请稍后再呼叫。',
  cause_noAnswer: '无人接听。',
  cause_declined: '对方拒接。',
  cause_declinedHere: '您拒接了这个来电。',
  cause_notFound: '空号，请核对号码。',
  cause_unavailable: '暂时无法接通。',
  cause_incompleteNumber: '号码不完整，请核对。',
  cause_incompatibleMedia: '与对方没有共同的音频格式，请联系管理员。',
  cause_notAllowed: '您的线路无权呼叫此号码。',
  cause_wrongCredentials: '服务器拒绝了账号或密码，请检查设置。',
  cause_redirected: '该号码转移到了其他号码，未继续呼叫。',
  cause_cancelled: '接听前已取消。',
  cause_answeredElsewhere: '已在其他话机接听。',
  cause_noResponse: '网络无应答，请重试。',
  cause_noCircuit: '线路全忙，请稍后再试。',
  cause_serverFailure: '线路或服务器故障，请重试；仍不行请联系管理员。',
  cause_refused: '服务器拒绝了呼叫。',
  cause_linkLost: '接通之前，与电话服务器的连接断开。',
  cause_mediaFailed: '找不到语音通道，请检查网络。',
  cause_microphoneFailed: '无法打开麦克风。',
  cause_transferred: '已转接。',
  cause_conferenced: '已并入会议。',
  cause_phoneStopped: '电话已停止。',
};
