import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { isAccepted, readJson, sendForm, sendRequest } from '../../src/backends/wellcloud/http';
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
    await expect(sendRequest(base, heartbeat(AGENT), '', stop.signal)).resolves.toEqual({
      status: 459,
      body: '{"agent":"5009@test.cc"}',
    });
  });

  test('a page in place of JSON is said to be odd', async () => {
    const base = await serve(answer(200, '<html>Welcome</html>'));
    const reply = await sendRequest(base, heartbeat(AGENT), '', stop.signal);
    expect(() => readJson(reply)).toThrow(expect.objectContaining({ code: 'serverOdd' }));
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
