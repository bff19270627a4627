// JsSIP's parser, with an answer for the requests it cannot read or should not: `../screen` says which.
import parser from 'jssip/lib/Parser.js';
import type { UA } from 'jssip/lib/UA';
import { refusalOfRequest, refuse } from '../screen';
import { insideUa } from './insides';

type Parsed = NonNullable<ReturnType<typeof parser.parseMessage>> & {
  via_branch?: string;
  call_id: string;
  from_tag?: string;
  cseq: number;
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
      if (message) return Object.assign(message, { via_branch: transactionOf(message) });
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
  const isOwn = branch !== undefined && branch.toLowerCase() !== 'z9hg4bk';
  return isOwn ? branch : `${callId} ${tag} ${cseq}`;
}
