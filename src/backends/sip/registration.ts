// Tells the registrar where we are, again before it forgets, and off when we leave: our own contact, never `*`.
// RFC 3261 §10, RFC 5626 §4 (instance and reg-id), RFC 5627 (GRUU).
import type { IncomingResponse } from 'jssip/lib/SIPMessage';
import type { UA } from 'jssip/lib/UA';
import type { PhoneErrorCode } from '../../domain/phone-error';
import type { World } from '../backend';
import { causeOfRefusal } from './causes';
import { misfit } from './digest';
import { challengesOf, MOST_ROUNDS } from './jssip-guard/credentials';
import { sendRegister, type Answer } from './jssip-guard/requests';
import type { Hashed } from './settings';

const ANSWER_WITHIN_MS = 10_000;
const EXPIRES_MAX_S = 3_600;
const MOST_ROUTES = 10;

export type Outcome =
  | { readonly kind: 'registered'; readonly refreshInMs: number }
  | { readonly kind: 'refused'; readonly cause: PhoneErrorCode }
  | { readonly kind: 'later'; readonly cause: PhoneErrorCode; readonly afterMs?: number };

export interface Registration {
  /** Never rejects. */
  register(): Promise<Outcome>;
  /** What requests that open a dialog carry: the registrar wants them to take this way (RFC 3608). */
  routeHeaders(): readonly string[];
  /** Resolves when the registrar has answered, or after 1 s. */
  unregister(): Promise<void>;
}

interface RegistrationOptions {
  readonly instanceId: string;
  readonly expiresS: number;
  /** The password is an HA1 made with these. */
  readonly hashed?: Hashed | undefined;
}

export function openRegistration(ua: UA, options: RegistrationOptions, world: World): Registration {
  const callId = crypto.randomUUID();
  const fromTag = crypto.randomUUID().slice(0, 8);
  const contact = `${ua.contact.toString()};+sip.ice;reg-id=1;+sip.instance="<urn:uuid:${options.instanceId}>"`;
  let { expiresS } = options;
  let cseq = 0;
  let serviceRoute: readonly string[] = [];

  const send = async (seconds: number): Promise<Answer> => {
    cseq += 1;
    const headers = [`Contact: ${contact};expires=${seconds}`, `Expires: ${seconds}`];
    const sent = sendRegister(ua, { callId, cseq, fromTag, headers });
    cseq += MOST_ROUNDS; // room for the digest rounds
    const answer = await Promise.race([sent, after(ANSWER_WITHIN_MS, { kind: 'silent' as const, cseq })]);
    cseq = Math.max(cseq, answer.cseq);
    return answer;
  };

  const register = async (mayShorten = true): Promise<Outcome> => {
    const answer = await send(expiresS);
    if (answer.kind !== 'response') {
      return { kind: 'later', cause: answer.kind === 'silent' ? 'serverSilent' : 'linkLost' };
    }
    const { response, challenged } = answer;
    const status = response.status_code;
    if (status < 300) serviceRoute = readServiceRoute(response);
    if (status < 300) return readBinding(ua, response, options.instanceId, expiresS, world);
    const minimum = Number(response.getHeader('min-expires'));
    if (status === 423 && mayShorten && minimum > expiresS) {
      expiresS = Math.min(minimum, EXPIRES_MAX_S);
      return register(false);
    }
    const cause = causeOfRefusal(status);
    const unfit = cause === 'wrongCredentials' && options.hashed && misfit(challengesOf(response), options.hashed);
    if (unfit) {
      const asked = challengesOf(response).map(({ realm, algorithm }) => `"${realm}" with ${algorithm}`);
      world.log('warning', `sip: the HA1 does not fit: the server asks for ${asked.join(', ')}`);
      return { kind: 'refused', cause: unfit };
    }
    if (cause === 'wrongCredentials' && !challenged) return { kind: 'refused', cause: 'serverRefused' }; // no challenge we know
    if (cause) return { kind: 'refused', cause };
    const afterMs = readRetryAfter(response, world);
    return { kind: 'later', cause: 'serverRefused', ...(afterMs !== undefined && { afterMs }) };
  };

  return {
    register: () => register(),
    routeHeaders: () => serviceRoute.map((route) => `Route: ${route}`),
    async unregister() {
      await Promise.race([send(0), after(1_000, undefined)]);
    },
  };
}

function readBinding(ua: UA, response: IncomingResponse, instanceId: string, askedS: number, world: World): Outcome {
  const ours = response
    .getHeaders('contact')
    .find((raw) => raw.toLowerCase().includes(instanceId.toLowerCase()) || raw.includes(ownUser(ua)));
  const told = /;\s*expires\s*=\s*"?(\d{1,10})/i.exec(ours ?? '')?.[1] ?? response.getHeader('expires');
  const expiresS = told === undefined ? askedS : Number(told);
  if (ours === undefined || !(expiresS > 0))
    return { kind: 'later', cause: 'serverOdd', afterMs: 5_000 * (1 + world.random()) };
  const gruu = /;\s*pub-gruu\s*=\s*"([^"\s]+)"/i.exec(ours)?.[1];
  if (gruu !== undefined) ua.contact.pub_gruu = gruu;
  return { kind: 'registered', refreshInMs: refreshInMs(Math.min(expiresS, EXPIRES_MAX_S), world.random()) };
}

/** None at all rather than a part, or what is no loose route: a request sent there would be lost. */
function readServiceRoute(response: IncomingResponse): string[] {
  const routes = response.getHeaders('service-route').flatMap((value) => value.split(/,(?=\s*<)/));
  const sound = routes.every((route) => /^\s*<sips?:[^\s<>"]+;lr[^\s<>"]*>\s*$/i.test(route));
  return sound && routes.length <= MOST_ROUTES ? routes.map((route) => route.trim()) : [];
}

/** Between half and three quarters of the time, so that many phones do not come at once; a short one at half. */
function refreshInMs(expiresS: number, random: number): number {
  return expiresS > 64 ? expiresS * (500 + 250 * random) : Math.max(expiresS * 500, 5_000);
}

/** RFC 3261 §20.33, ±20 % so that many phones do not come back at once. */
function readRetryAfter(response: IncomingResponse, world: World): number | undefined {
  const seconds = /^\s*(\d{1,6})/.exec(response.getHeader('retry-after') ?? '')?.[1];
  return seconds === undefined ? undefined : Math.min(Number(seconds), EXPIRES_MAX_S) * (800 + 400 * world.random());
}

function ownUser(ua: UA): string {
  return /sips?:([^@>]+)@/.exec(ua.contact.toString())?.[1] ?? '\u0000';
}

function after<T>(ms: number, value: T): Promise<T> {
  return new Promise((resolve) => setTimeout(resolve, ms, value));
}
