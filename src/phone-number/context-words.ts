// Words around a number that say what it is: a telephone, or an order, an id, an account.
// Only short slices of text are looked at, each by an anchored pattern, so a hostile page cannot make this slow.

export type Cue = 'phone' | 'extension' | 'other' | 'none';

const phoneWords =
  'telephone|tel|phone|ph|mobile|mob|cell(?:ular)?|call(?: us)?(?: at| on)?|dial|ring|fax|hotline|helpline|contact|whatsapp|sms|office|' +
  '手机|手機|电话|電話|座机|座機|热线|熱線|客服|拨打|撥打|请拨|請撥|致电|致電|拨|联系方式|联系人|聯繫|联系|固话|传真|傳真|来电|去电|主叫|被叫|号码簿|☎|📞|📱|☏|✆';
const extensionWords = 'extension|extn|ext|internal|分机|分機|内线|內線|工号电话|短号';
const otherWords =
  'order|invoice|inv|ticket|case|account|acct|a\\/c|ref|reference|serial|s\\/n|sn|sku|isbn|imei|tracking|parcel|passport|uid|user ?id|id|' +
  'zip|postcode|postal code|version|ver|build|batch|barcode|amount|price|total|qty|contract|policy|card|iban|swift|vat|tax|licen[cs]e|code|' +
  '订单|訂單|单号|單號|快递|快遞|运单|物流|账号|帳號|帐号|账户|卡号|卡號|银行卡|身份证|身份證|证件|证号|工单|流水|编号|編號|税号|货号|合同|版本|护照|' +
  '批次|条码|验证码|邮编|金额|价格|总价|合计|密码|序列号|工号|学号|案号|保单|车架号|统一社会信用代码|发票|qq|QQ群|微信号';

const gap = '(?:[\\s:：.,，(（)）\\[\\]【】\'"“”*_=/|>\\-–—]|number|no\\.?|num|号码|號碼|号|號|是|为|為|:)';
const behindPhone = new RegExp(`(?:^|[^a-z])(?:${phoneWords})${gap}{0,8}$`, 'i');
const behindExtension = new RegExp(`(?:^|[^a-z])(?:${extensionWords})${gap}{0,8}$`, 'i');
const behindOther = new RegExp(`(?:^|[^a-z])(?:${otherWords}|no\\.|№|#)${gap}{0,8}$`, 'i');
const anyPhone = new RegExp(`(?:^|[^a-z])(?:${phoneWords})(?![a-z])`, 'i');
const anyExtension = new RegExp(`(?:^|[^a-z])(?:${extensionWords})(?![a-z])`, 'i');
const anyOther = new RegExp(`(?:^|[^a-z])(?:${otherWords})(?![a-z])`, 'i');

const reach = 32; // characters before a number that are looked at
const longestLabel = 80;

/** What the words right before a place in a text say about the number that begins there. */
export function cueBefore(text: string, start: number): Cue {
  const before = text.slice(Math.max(0, start - reach), start);
  if (behindExtension.test(before)) return 'extension';
  if (behindPhone.test(before)) return 'phone';
  return behindOther.test(before) ? 'other' : 'none';
}

/** What a label (table header, field name) says about the text it stands for. The telephone wins: "Order contact phone". */
export function cueOfLabel(label: string | undefined): Cue {
  if (label === undefined || label === '') return 'none';
  const shortened = label.slice(0, longestLabel);
  if (anyExtension.test(shortened)) return 'extension';
  if (anyPhone.test(shortened)) return 'phone';
  return anyOther.test(shortened) ? 'other' : 'none';
}

/** Whether a text speaks of telephones anywhere in its first part: worth a look for short numbers. */
export function speaksOfPhone(text: string): boolean {
  const shortened = text.slice(0, 200);
  return anyPhone.test(shortened) || anyExtension.test(shortened);
}
