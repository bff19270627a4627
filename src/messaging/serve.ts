// The one message listener of a context: knows who may ask what, and answers every request, also on failure.
// One listener per context: where `browser` is native, webextension-polyfill does nothing and the first answer wins.
import browser, { type Runtime } from 'webextension-polyfill';
import { PhoneError, toPhoneError } from '../domain/phone-error';
import { OFFSCREEN_PATH, ROUTES, type RequestName, type Requests, type SenderKind, type Target } from './contract';

/** The sender, as the browser tells. `url`, `origin`, `tabId`, `documentId` are those of a content script's page. */
export interface Sender {
  readonly kind: SenderKind;
  readonly url: string;
  /** Of a `srcdoc` frame that of its page; `null` (the text) for a sandboxed one. */
  readonly origin?: string;
  readonly tabId?: number;
  readonly documentId?: string;
}
type NamesFor<T extends Target> = { [N in RequestName]: Requests[N]['to'] extends T ? N : never }[RequestName];
export type Handlers<T extends Target> = {
  readonly [N in NamesFor<T>]: (params: Requests[N]['params'], sender: Sender) => Promise<Requests[N]['result']>;
};

/** Must be called in the first turn of the context, so that a message that wakes a worker finds its listener. */
export function serve<T extends Target>(target: T, handlers: Handlers<T>): void {
  browser.runtime.onMessage.addListener((message: unknown, from: Runtime.MessageSender, sendResponse) => {
    const name = readName(message, target);
    if (!name) return undefined as unknown as true; // for another context: let it answer
    const sender = readSender(from);
    const respond = sendResponse as (reply: unknown) => void;
    void answer(handlers, name, (message as { params?: unknown }).params, sender).then(respond);
    return true;
  });
}

async function answer<T extends Target>(
  handlers: Handlers<T>,
  name: RequestName,
  params: unknown,
  sender: Sender | undefined,
): Promise<{ ok: true; result: unknown } | { ok: false; error: ReturnType<PhoneError['toJSON']> }> {
  try {
    if (!sender || !ROUTES[name].from.includes(sender.kind))
      throw new PhoneError('notAllowed', `${name} from ${sender?.kind}`);
    const handler = (handlers as Partial<Record<RequestName, (params: never, sender: Sender) => Promise<unknown>>>)[
      name
    ];
    if (!handler) throw new PhoneError('badRequest', `${name} is served by nobody`);
    return { ok: true, result: (await handler(params as never, sender)) ?? null }; // each handler reads its own params
  } catch (thrown) {
    return { ok: false, error: toPhoneError(thrown).toJSON() };
  }
}

function readName(message: unknown, target: Target): RequestName | undefined {
  if (typeof message !== 'object' || message === null) return undefined;
  const { callbar, to, name } = message as Record<string, unknown>;
  if (callbar !== 1 || to !== target || typeof name !== 'string' || !Object.hasOwn(ROUTES, name)) return undefined;
  return ROUTES[name as RequestName].to === target ? (name as RequestName) : undefined;
}

/** Told apart by what the browser vouches for; another extension is nobody. */
function readSender(from: Runtime.MessageSender): Sender | undefined {
  if (from.id !== browser.runtime.id) return undefined;
  const own = browser.runtime.getURL('');
  const url = from.url ?? '';
  const { documentId, origin } = from as { documentId?: string; origin?: string }; // Chrome's; the polyfill's types lack them
  const tabId = from.tab?.id;
  const where = {
    url,
    ...(origin !== undefined && { origin }),
    ...(tabId !== undefined && { tabId }),
    ...(documentId !== undefined && { documentId }),
  };
  if (url.startsWith(own)) {
    const path = url.slice(own.length);
    if (path.startsWith(OFFSCREEN_PATH)) return { kind: 'offscreen', ...where };
    return { kind: path.startsWith('background/') ? 'background' : 'view', ...where };
  }
  return { kind: 'content', ...where }; // also without a tab: pages in the side panel of another extension have none
}
