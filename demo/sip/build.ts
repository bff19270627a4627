// Requests and responses put together: what each must carry of the one it belongs to.
// RFC 3261 §8.1.1 (requests), §8.2.6 (responses), §12.2.1.1 (inside a dialog).
import { readAddress } from './address';
import { newBranch } from './ids';
import { header, headerValues, type Header, type SipMessage, type SipRequest, type SipResponse } from './message';

export const allowedMethods = 'INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, REFER, NOTIFY, SUBSCRIBE';

const reasons: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  202: 'Accepted',
  302: 'Moved Temporarily',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  410: 'Gone',
  415: 'Unsupported Media Type',
  420: 'Bad Extension',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  484: 'Address Incomplete',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  489: 'Bad Event',
  491: 'Request Pending',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  504: 'Server Time-out',
  600: 'Busy Everywhere',
  603: 'Decline',
  604: 'Does Not Exist Anywhere',
};

export const reasonOf = (status: number) => reasons[status] ?? 'Failure';

interface Extra {
  toTag?: string;
  headers?: readonly Header[];
  body?: string;
}

/** A response to `request`. `toTag` is added unless the request is inside a dialog already. */
export function respond(
  request: SipRequest,
  status: number,
  { toTag, headers = [], body = '' }: Extra = {},
): SipResponse {
  const to = header(request, 'to') ?? '';
  const tagged = toTag === undefined || readAddress(to)?.params['tag'] ? to : `${to};tag=${toTag}`;
  const copied: Header[] = [
    ...headerValues(request, 'via').map((value): Header => ['Via', value]),
    ['From', header(request, 'from') ?? ''],
    ['To', tagged],
    ['Call-ID', header(request, 'call-id') ?? ''],
    ['CSeq', header(request, 'cseq') ?? ''],
    ...(status > 100 && status < 300 ? recordRoutes(request) : []),
  ];
  return { kind: 'response', status, reason: reasonOf(status), headers: [...copied, ...headers], body };
}

function recordRoutes(message: SipMessage): Header[] {
  return headerValues(message, 'record-route').map((value) => ['Record-Route', value]);
}

/** One side of a dialog. Addresses are whole header values without their tags. */
export interface Dialog {
  callId: string;
  local: string;
  localTag: string;
  remote: string;
  remoteTag: string; // '' until the other side has answered something
  target: string; // where requests go: the other side's Contact
  routes: readonly string[];
  localSeq: number;
  remoteSeq: number;
}

interface InDialog {
  headers?: readonly Header[];
  body?: string;
  seq?: number; // of an ACK or CANCEL: the INVITE's
  branch?: string;
}

/** The next request of a dialog; raises its sequence number unless one is given. */
export function requestIn(
  dialog: Dialog,
  method: string,
  { headers = [], body = '', seq, branch }: InDialog = {},
): SipRequest {
  const number = seq ?? ++dialog.localSeq;
  return {
    kind: 'request',
    method,
    uri: dialog.target,
    headers: [
      ['Via', `SIP/2.0/WS exchange.invalid;branch=${branch ?? newBranch()}`],
      ['Max-Forwards', '70'],
      ...dialog.routes.map((route): Header => ['Route', route]),
      ['From', `${dialog.local};tag=${dialog.localTag}`],
      ['To', dialog.remoteTag ? `${dialog.remote};tag=${dialog.remoteTag}` : dialog.remote],
      ['Call-ID', dialog.callId],
      ['CSeq', `${number} ${method}`],
      ...headers,
    ],
    body,
  };
}

/** The dialog an INVITE opens at the side that receives it. */
export function dialogOfInvite(invite: SipRequest, localTag: string): Dialog | undefined {
  const from = readAddress(header(invite, 'from'));
  const to = readAddress(header(invite, 'to'));
  const contact = readAddress(header(invite, 'contact'));
  const callId = header(invite, 'call-id');
  if (!from?.params['tag'] || !to || !contact || !callId) return undefined;
  return {
    callId,
    local: `<${to.uri}>`,
    localTag,
    remote: (header(invite, 'from') ?? '').replace(/;\s*tag=[^;]*/i, ''),
    remoteTag: from.params['tag'],
    target: contact.uri,
    routes: headerValues(invite, 'record-route'),
    localSeq: 0,
    remoteSeq: Number.parseInt(header(invite, 'cseq') ?? '0', 10),
  };
}
