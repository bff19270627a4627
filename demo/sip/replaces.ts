// The Replaces header: the dialog a new call takes the place of, in INVITE and inside the URI of a Refer-To.
// RFC 3891 §6.1, RFC 3261 §19.1.1 (headers in a URI); to-tag is the receiver's own tag, from-tag the other side's.

export interface Replaces {
  callId: string;
  toTag: string;
  fromTag: string;
  earlyOnly: boolean;
}

/** @returns undefined where the Call-ID or one of the tags is missing. */
export function readReplaces(value: string): Replaces | undefined {
  const [callId = '', ...params] = value.split(';').map((part) => part.trim());
  const named = new Map(
    params.map((param): [string, string] => {
      const [name = '', text = ''] = param.split('=');
      return [name.trim().toLowerCase(), text.trim()];
    }),
  );
  const [toTag, fromTag] = [named.get('to-tag'), named.get('from-tag')];
  if (!callId || !toTag || !fromTag) return undefined;
  return { callId, toTag, fromTag, earlyOnly: named.has('early-only') };
}

/** The value of Replaces among the headers of a URI, decoded; undefined where there is none, '' where it cannot be read. */
export function replacesOfUri(uri: string): string | undefined {
  const [, escaped] = /\?(?:.*&)?replaces=([^&]*)/i.exec(uri) ?? [];
  if (escaped === undefined) return undefined;
  try {
    return decodeURIComponent(escaped);
  } catch (error) {
    if (error instanceof URIError) return '';
    throw error;
  }
}
