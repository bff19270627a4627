// What a mailbox holds, read from the body of a NOTIFY: hostile text. Pure. RFC 3842 §5.2.
import type { Messages } from '../../domain/line';

/** In characters; the longest seen have some 200. */
const LONGEST = 4_096;

interface Own {
  readonly user: string;
  readonly domain: string;
}

/** @returns undefined for what is no message summary. */
export function readMessageSummary(contentType: string, body: string, own: Own): Messages | undefined {
  if (!/^\s*application\/simple-message-summary\s*(;|$)/i.test(contentType) || body.length > LONGEST) return undefined;
  const waiting = field(body, 'Messages-Waiting')?.toLowerCase();
  if (waiting !== 'yes' && waiting !== 'no') return undefined;
  const number = dialledFor(field(body, 'Message-Account') ?? '', own);
  const told = number === undefined ? {} : { number };
  const voice = /^(\d{1,5})\s*\/\s*\d{1,5}(\s|$)/.exec(field(body, 'Voice-Message') ?? '')?.[1];
  if (voice === undefined) return { waiting: waiting === 'yes', ...told };
  return { waiting: Number(voice) > 0, fresh: Number(voice), ...told }; // faxes and the like are waiting for others
}

/** The mailbox as a number of our own server: an account elsewhere, or ourselves, is nothing to dial. */
function dialledFor(account: string, { user, domain }: Own): string | undefined {
  const [, number, host] = /^<?sips?:(\*?\d{1,15})@([^;>\s]+)/i.exec(account) ?? [];
  return host?.toLowerCase() === domain.toLowerCase() && number !== user ? number : undefined;
}

function field(body: string, name: string): string | undefined {
  const line = body.split(/\r?\n/).find((each) => each.toLowerCase().startsWith(`${name.toLowerCase()}:`));
  return line?.slice(name.length + 1).trim();
}
