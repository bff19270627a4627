// Names, addresses and their parameters as they stand in From, To, Contact, Refer-To and Route.
// RFC 3261 §20.10 and §25.1.

export interface Address {
  name: string; // display name without quotes, '' where there is none
  uri: string;
  params: Readonly<Record<string, string>>; // header parameters by lower-case name; a flag has ''
}

/** @returns undefined where no URI can be found. `*` (Contact of a REGISTER) is an address whose uri is `*`. */
export function readAddress(value: string | undefined): Address | undefined {
  if (value === undefined) return undefined;
  const named = /^\s*(?:"((?:\\.|[^"\\])*)"|([^<"]*?))\s*<([^>]*)>(.*)$/s.exec(value);
  if (named) {
    const name = (named[1] ?? named[2] ?? '').replace(/\\(.)/gs, '$1');
    return { name, uri: named[3]!.trim(), params: readParams(named[4]!) };
  }
  const bare = /^\s*([^;\s]+)(.*)$/s.exec(value);
  return bare ? { name: '', uri: bare[1]!, params: readParams(bare[2]!) } : undefined;
}

function readParams(text: string): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [, name, quoted, plain] of text.matchAll(/;\s*([^=;\s]+)\s*(?:=\s*(?:"((?:\\.|[^"\\])*)"|([^;]*)))?/g)) {
    params[name!.toLowerCase()] = (quoted ?? plain ?? '').trim();
  }
  return params;
}

/** `"name" <uri>`, quoted so that nothing in the name can end the quotes or the line. */
export function writeAddress(name: string, uri: string): string {
  const quoted = name.replace(/[\u0000-\u001f\u007f]+/g, ' ').replace(/["\\]/g, '\\$&');
  return quoted ? `"${quoted}" <${uri}>` : `<${uri}>`;
}

/** The user part of a sip, sips or tel URI, percent-decoded, without parameters; '' where there is none. */
export function userOf(uri: string): string {
  const tel = /^tel:([^;?]*)/i.exec(uri);
  const user = tel?.[1] ?? /^sips?:([^@]*)@/i.exec(uri)?.[1]?.split(';')[0]?.split(':')[0] ?? '';
  try {
    return decodeURIComponent(user);
  } catch (error) {
    if (error instanceof URIError) return user;
    throw error;
  }
}
