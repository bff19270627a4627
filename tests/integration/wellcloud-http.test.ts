import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { toPhoneError } from '../../src/domain/phone-error';
import { isAccepted, readJson, sendForm, sendRequest } from '../../src/backends/wellcloud/http';
import { readRefusal } from '../../src/backends/wellcloud/refusals';
import { credentialForm, heartbeat, logoutAgent } from '../../src/backends/wellcloud/requests';

const AGENT = { agentId: '5001@test.cc', device: '8001@test.cc', domain: 'test.cc' };
let server: Server | undefined;
const stop = new AbortController();

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const mine = createServer(listener);
  server = mine;
  await new Promise<void>((resolve) => mine.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(mine.address() as AddressInfo).port}`;
}
const answer = (status: number, body = ''): RequestListener => {
  return (_request, response) => response.writeHead(status).end(body);
};

test('a command carries the session in its header, and 204 is yes', async () => {
  let seen: unknown;
  const base = await serve((request, response) => {
    seen = [request.method, request.url, request.headers['sessionid'], request.headers['content-type']];
    response.writeHead(204).end();
  });
  const reply = await sendRequest(base, heartbeat(AGENT), 'session-1', stop.signal);

  expect(isAccepted(reply)).toBe(true);
  expect(readJson(reply)).toBeUndefined();
  expect(seen).toEqual([
    ...['POST', '/api/csta/agent/heartbeat/5001@test.cc', 'session-1'],
    'application/json; charset=UTF-8',
  ]);
});

test('a login under way names its own session', async () => {
  let seen: unknown;
  const base = await serve((request, response) => {
    seen = request.headers['sessionid'];
    response.writeHead(204).end();
  });
  await sendRequest(base, logoutAgent('5001@test.cc', 'new'), 'old', stop.signal);
  expect(seen).toBe('new');
});

test('any password arrives as it was typed', async () => {
  const password = 'a&b=c%+ü 密码';
  let seen = '';
  const base = await serve((request, response) => {
    request.setEncoding('utf8').on('data', (text: string) => (seen += text));
    request.on('end', () => response.end('{"sessionId":"s"}'));
  });
  const reply = await sendForm(`${base}/login`, credentialForm('5001', password, 'test.cc'), stop.signal);

  expect(new URLSearchParams(seen).get('password')).toBe(password);
  expect(readJson(reply)).toEqual({ sessionId: 's' });
});

describe('a server that is not as it should be', () => {
  test('a refusal comes with its body', async () => {
    const base = await serve(answer(459, '{"agent":"5009@test.cc"}'));
    await expect(sendRequest(base, heartbeat(AGENT), '', stop.signal)).resolves.toMatchObject({
      status: 459,
      body: '{"agent":"5009@test.cc"}',
    });
  });

  test('nobody is followed to another host', async () => {
    let followed = false;
    const base = await serve((request, response) => {
      followed ||= request.url === '/elsewhere';
      response.writeHead(302, { Location: '/elsewhere' }).end();
    });
    await expect(sendRequest(base, heartbeat(AGENT), 'secret', stop.signal)).rejects.toMatchObject({
      code: 'serverRedirected',
    });
    expect(followed).toBe(false);
  });

  test('an answer without end is not read to its end', async () => {
    const base = await serve((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    await expect(sendRequest(base, heartbeat(AGENT), '', stop.signal)).rejects.toMatchObject({ code: 'serverOdd' });
  });

  test('nobody there is told as silent', async () => {
    const base = await serve(answer(204));
    await new Promise((resolve) => server?.close(resolve));
    await expect(sendRequest(base, heartbeat(AGENT), '', stop.signal)).rejects.toMatchObject({ code: 'serverSilent' });
  });

  test('whoever stops the phone does not wait for the server', async () => {
    const base = await serve(() => undefined);
    const ending = new AbortController();
    const reply = sendRequest(base, heartbeat(AGENT), '', ending.signal);
    ending.abort(new Error('the phone stops'));
    await expect(reply).rejects.toThrow('the phone stops');
  });
});

/** What a command ends with: its JSON, or the code of its error. */
async function outcomeOf(listener: RequestListener): Promise<unknown> {
  const base = await serve(listener);
  try {
    const reply = await sendRequest(base, heartbeat(AGENT), '', stop.signal);
    if (!isAccepted(reply))
      throw readRefusal(reply.status, reply.body, { agent: '5001', extension: '8001', by: 'mode' });
    return readJson(reply);
  } catch (error) {
    const { code, data } = toPhoneError(error);
    const saysWho = data?.['server'] === new URL(base).host;
    return saysWho ? `${code} at the server` : code;
  } finally {
    server?.closeAllConnections();
    server?.close();
  }
}
const PAGE = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>';

describe('forty answers, each told as what it is, never as a parser’s error', () => {
  const said = (status: number, body: string | Buffer = '', headers: Record<string, string> = {}): RequestListener => {
    return (_request, response) => response.writeHead(status, headers).end(body);
  };
  const html = { 'Content-Type': 'text/html' };
  const gb18030 = Buffer.from([0x7b, 0x22, 0x6e, 0x22, 0x3a, 0x22, 0xc0, 0xee, 0xc0, 0xd7, 0x22, 0x7d]); // {"n":"李雷"}
  const refusals: [number, string][] = [
    ...[
      [401, 'wrongCredentials'],
      [423, 'agentDisabled'],
      [426, 'sessionExpired'],
      [451, 'extensionNotRegistered'],
    ],
    ...[
      [452, 'agentUnknown'],
      [453, 'extensionUnknown'],
      [454, 'agentLoggedInHere'],
      [455, 'agentLoggedInElsewhere'],
    ],
    ...[
      [456, 'deviceStateIllegal'],
      [457, 'deviceNotAllowed'],
      [458, 'agentLoggedOut'],
      [459, 'extensionInUse'],
    ],
    ...[
      [460, 'deviceBusy'],
      [461, 'tooManyAgents'],
      [462, 'allocationFailed'],
      [465, 'outboundQuotaReached'],
    ],
  ] as [number, string][];
  const rows: [string, RequestListener, unknown][] = [
    ...refusals.map(([status, code]): [string, RequestListener, unknown] => [
      `${status} with a page`,
      said(status, PAGE, html),
      code,
    ]),
    ...[500, 501, 502, 503, 504, 507, 520, 599].map((status): [string, RequestListener, unknown] => [
      `${status} with a page`,
      said(status, PAGE, html),
      'serverFailed at the server',
    ]),
    ['500 with JSON', said(500, '{"error":"NullPointerException"}'), 'serverFailed at the server'],
    ['503 with nothing', said(503), 'serverFailed at the server'],
    ['404 with a page', said(404, PAGE, html), 'serverStatus'],
    ['418 with text', said(418, 'teapot'), 'serverStatus'],
    ['200 with a log-in page', said(200, PAGE, html), 'serverPage at the server'],
    ['200 with XML', said(200, '<?xml version="1.0"?><ok/>'), 'serverPage at the server'],
    ['200 with text', said(200, 'OK'), 'serverOdd'],
    ['200 with half a JSON', said(200, '{"pendingMode":'), 'serverOdd'],
    ['200 with nothing', said(200), undefined],
    ['200 with blanks', said(200, ' \r\n'), undefined],
    ['200 with a byte order mark', said(200, '\uFEFF{"a":1}'), { a: 1 }],
    ['200 with null', said(200, 'null'), null],
    [
      '200 in a charset that it names',
      said(200, gb18030, { 'Content-Type': 'application/json;charset=GB18030' }),
      { n: '李雷' },
    ],
    ['200 in a charset that it does not name', said(200, gb18030), { n: '����' }],
    [
      '200 in a charset that nobody knows',
      said(200, '{"a":1}', { 'Content-Type': 'text/x; charset=klingon' }),
      { a: 1 },
    ],
    ['204', said(204), undefined],
    ['302 to another host', said(302, '', { Location: 'https://evil.example/' }), 'serverRedirected at the server'],
    ['307 to another host', said(307, '', { Location: 'https://evil.example/' }), 'serverRedirected at the server'],
    ['a gzip bomb', said(200, gzipSync(Buffer.alloc(50_000_000, 32)), { 'Content-Encoding': 'gzip' }), 'serverOdd'],
    ['gzip that is none', said(200, 'not gzip', { 'Content-Encoding': 'gzip' }), 'serverSilent'],
    [
      'a body that breaks off',
      (_request, response) => {
        response.writeHead(200, { 'Content-Length': '100' }).write('{"a"');
        setTimeout(() => response.destroy(), 20);
      },
      'serverSilent',
    ],
    ['no HTTP at all', (request) => void request.socket.end('SSH-2.0-OpenSSH\r\n'), 'serverSilent'],
  ];

  test.each(rows)('%s', async (_what, listener, expected) => {
    expect(await outcomeOf(listener)).toEqual(expected);
  });
});

describe('a slow server is given up after ten seconds', () => {
  const real = AbortSignal.timeout.bind(AbortSignal);
  beforeEach(() => void vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => real(ms / 50)));
  afterEach(() => void vi.restoreAllMocks());

  test('one that says nothing', async () => {
    expect(await outcomeOf(() => undefined)).toBe('serverSilent');
    expect(AbortSignal.timeout).toHaveBeenCalledWith(10_000);
  });

  test('one whose body comes byte by byte', async () => {
    let sent = 0;
    const drip: RequestListener = (_request, response) => {
      response.writeHead(200);
      const timer = setInterval(() => (sent += response.write(' ') ? 1 : 0), 10);
      response.on('close', () => clearInterval(timer));
    };
    expect(await outcomeOf(drip)).toBe('serverSilent');
    expect(sent).toBeGreaterThan(1);
  });
});
