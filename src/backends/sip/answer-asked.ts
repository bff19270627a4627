// Whether a server asks that a call be answered by itself: Alert-Info and Call-Info of its INVITE, hostile text. Pure.
// RFC 3261 §20.4, §20.9; `answer-after` as desk phones know it, `info=alert-autoanswer` of Asterisk and FreeSWITCH.

/** In seconds; who asks for more asks for nothing. */
const LONGEST_S = 60;

interface Asked {
  /** Raw values of the headers. */
  readonly alertInfo: readonly string[];
  readonly callInfo: readonly string[];
}

/** @returns milliseconds after which it should be answered; `undefined` where nobody asks. */
export function answerAskedMs({ alertInfo, callInfo }: Asked): number | undefined {
  const alerts = alertInfo.filter((value) => /(^|[;\s])info\s*=\s*"?alert-autoanswer"?\s*(;|,|$)/i.test(value));
  const told = [...alerts, ...callInfo].map(delayOf).find((seconds) => seconds !== undefined);
  const seconds = told ?? (alerts.length > 0 ? 0 : undefined);
  return seconds === undefined || seconds > LONGEST_S ? undefined : seconds * 1_000;
}

function delayOf(value: string): number | undefined {
  const seconds = /(?:^|[;\s])answer-after\s*=\s*"?(\d{1,4})"?\s*(?:;|,|$)/i.exec(value.slice(0, 1_024))?.[1];
  return seconds === undefined ? undefined : Number(seconds);
}
