// The HTTP side of the wellCloud door: CORS, bodies, and the troubles an answer can have (wellclient.md §2.1, §14).
// 204, or JSON: nothing else, unless a fault asks for it.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Reply } from './agents';
import type { WellcloudFaults, WrongHttpAnswer } from './faults';

const LARGEST_BODY = 65_536;
/** Long enough that the events of a command are there before its answer. */
const AFTER_EVENTS_MS = 40;

interface Wires {
  readonly faults: WellcloudFaults;
  /** The wrong answers still to be given, the next first. */
  readonly wrongAnswers: WrongHttpAnswer[];
  answer(request: IncomingMessage, body: string): Reply;
  /** Events wait from here until what is returned is called. */
  holdEvents(): () => void;
}

export function createDoorServer({ faults, wrongAnswers, answer, holdEvents }: Wires): Server {
  return createServer((request, response) => void serve(request, response));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // §2.1: every command is preflighted. A page of any origin may ask; without a session it learns nothing.
    response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '*');
    response.setHeader('Access-Control-Allow-Headers', 'sessionId, content-type');
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST, DELETE');
    response.setHeader('Cache-Control', 'no-store');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const body = await readBody(request).catch(() => undefined);
    const wrong = takeWrong(request.url ?? '');
    if (wrong) return giveWrong(response, wrong);
    const { delayMs, eventsFirst } = faults;
    const release = delayMs > 0 || eventsFirst ? () => undefined : holdEvents();
    const reply = body === undefined ? { status: 400, json: { error: 'body' } } : safely(() => answer(request, body));
    await new Promise((resolve) => setTimeout(resolve, delayMs + (eventsFirst ? AFTER_EVENTS_MS : 0)));
    response.once('close', release);
    if (reply.json) response.setHeader('Content-Type', 'application/json');
    response.writeHead(reply.status).end(reply.json ? JSON.stringify(reply.json) : undefined);
  }

  function takeWrong(path: string): WrongHttpAnswer['answer'] | undefined {
    const index = wrongAnswers.findIndex((wrong) => wrong.path === undefined || path.includes(wrong.path));
    return index < 0 ? undefined : wrongAnswers.splice(index, 1)[0]?.answer;
  }
}

function giveWrong(response: ServerResponse, wrong: WrongHttpAnswer['answer']): void {
  switch (wrong) {
    case 'html':
      response.writeHead(502, { 'Content-Type': 'text/html' });
      return void response.end('<html><body><h1>502 Bad Gateway</h1></body></html>');
    case 'redirect':
      return void response.writeHead(302, { Location: 'http://login.example.invalid/sso' }).end();
    case 'empty':
      return void response.writeHead(200).end();
    case 'cut':
      return void response.destroy();
  }
}

function safely(answer: () => Reply): Reply {
  try {
    return answer();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { status: 400, json: { error: error.message } }; // no JSON, or a path that cannot be decoded
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LARGEST_BODY) throw new RangeError('body too large');
  }
  return text;
}
