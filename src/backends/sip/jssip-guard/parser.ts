// JsSIP's parser, with an answer for the requests it cannot read or should not: `../screen` says which.
import parser from 'jssip/lib/Parser.js';
import type { UA } from 'jssip/lib/UA';
import { refusalOfRequest, refuse } from '../screen';
import { insideUa } from './insides';

type Parsed = NonNullable<ReturnType<typeof parser.parseMessage>> & {
  /** `null` where there is no Via at all. */
  via_branch?: string | null;
  call_id: string;
  from_tag?: string;
  cseq: number;
  /** Of a request; `undefined` for one that its grammar let pass without. */
  ruri?: unknown;
};

let parseMessage: typeof parser.parseMessage | undefined;

/** From here on no request is dropped without a word, in any UA; once is enough for all. */
export function guardParser(): void {
  if (parseMessage) return;
  const parse = (parseMessage = parser.parseMessage);
  parser.parseMessage = (frame, ua) => {
    const refusal = refusalOfRequest(frame);
    if (refusal) return void answer(ua, refuse(frame, refusal));
    let failure: unknown;
    try {
      const message = parse(frame, ua) as Parsed | undefined;
      const isWhole = message && !('ruri' in message && message.ruri === undefined);
      if (isWhole) return Object.assign(message, { via_branch: transactionOf(message) });
    } catch (error) {
      failure = error;
    }
    const bad = refuse(frame, { status: 400 });
    if (bad === undefined && failure !== undefined) throw failure;
    return void answer(ua, bad);
  };
}

function answer(ua: UA, response: string | undefined): void {
  if (response !== undefined) insideUa(ua)._transport.send(response);
}

/** JsSIP takes all messages without a branch of their own for one transaction (RFC 3261 §17.2.3). */
function transactionOf({ via_branch: branch, call_id: callId, from_tag: tag, cseq }: Parsed): string {
  const isOwn = branch && branch.toLowerCase() !== 'z9hg4bk';
  return isOwn ? branch : `${callId} ${tag} ${cseq}`;
}
