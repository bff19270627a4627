import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PhoneError } from '../../domain/phone-error';
import type { HttpReply } from './http';
import { clientState, type HttpRequest } from './requests';
import { openSession, type AgentSession, type SessionServer } from './session';
import type { WellAgentEvent } from './wire';

const IDENTITY = { agentId: '5001@test.cc', device: '8001@test.cc', domain: 'test.cc' };
const LOGIN = { mode: 'force', agentMode: 'NotReady', password: 'a&b' } as const;
const OK: HttpReply = { status: 204, body: '' };

let sent: { name: string; session: string }[];
let session: AgentSession;
/** What the server answers next, by command; 204 without. */
let answers: Record<string, (HttpReply | PhoneError | Promise<HttpReply>)[]>;
let sessions: number;
/** What the server tells once it took a login or logout. */
let confirms: boolean;
/** What a later start would go on with. */
let kept: (string | undefined)[];
let expired: number;

const SERVER: SessionServer = {
  credentials: async () =>
    told(answers['credentials']?.shift() ?? { status: 200, body: `{"sessionId":"s${++sessions}"}` }),
  send: async (request, id) => answer(request, request.sessionId ?? id),
  loggedOff: () => void sent.push({ name: 'told: logged off', session: '' }),
  eventsFlow: async () => void sent.push({ name: 'events flow', session: '' }),
  keep: (id) => void kept.push(id),
  expired: () => void (expired += 1),
};

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  answers = {};
  sessions = 0;
  confirms = true;
  kept = [];
  expired = 0;
  session = openSession(IDENTITY, SERVER);
});
afterEach(() => {
  session.close();
  vi.useRealTimers();
});

function told(answer: HttpReply | PhoneError | Promise<HttpReply>): HttpReply | Promise<HttpReply> {
  if (answer instanceof PhoneError) throw answer;
  return answer;
}

function answer(request: HttpRequest, id: string): HttpReply | Promise<HttpReply> {
  const name = nameOf(request);
  sent.push({ name, session: id });
  const reply = told(answers[name]?.shift() ?? OK);
  if (reply === OK && confirms && name === 'Login') tell('agentLoggedOn');
  if (reply === OK && confirms && name === 'Logout') tell('agentLoggedOff');
  return reply;
}
function nameOf({ path, json }: HttpRequest): string {
  return typeof json?.['func'] === 'string' ? json['func'] : (path.split('/')[4] ?? path);
}
function tell(name: WellAgentEvent['name'], device = IDENTITY.device): string {
  return session.heard({ family: 'agent', name, agentId: IDENTITY.agentId, device });
}
const names = () => sent.map(({ name }) => name);

describe('login', () => {
  test('credentials, then events, then the agent; done when the event says so; the heart beats at once', async () => {
    await session.login(LOGIN);
    expect(names()).toEqual(['events flow', 'Login', 'heartbeat']);
    expect(sent.map((one) => one.session)).toEqual(['', 's1', 's1']);
    expect(session.isLoggedOn()).toBe(true);
  });

  test('the server’s yes alone is none: without the event it fails after ten seconds', async () => {
    confirms = false;
    const login = session.login(LOGIN).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await login).toMatchObject({ code: 'serverSilent' });
    expect(session.isLoggedOn()).toBe(false);
  });

  test('a wrong password opens no socket', async () => {
    answers['credentials'] = [{ status: 401, body: '' }];
    await expect(session.login(LOGIN)).rejects.toMatchObject({ code: 'wrongCredentials' });
    expect(names()).toEqual([]);
  });

  test.each(['{}', '[]', '{"sessionId":7}', '{"sessionId":""}', '{"sessionId":"a\\r\\nX-Evil: 1"}'])(
    'a session id that is none is refused: %s',
    async (body) => {
      answers['credentials'] = [{ status: 200, body }];
      await expect(session.login(LOGIN)).rejects.toMatchObject({ code: 'serverOdd' });
    },
  );

  test.each([454, 455])('%i in mode force: logged out there, logged in here', async (status) => {
    answers['Login'] = [{ status, body: '' }];
    await session.login(LOGIN);
    expect(names()).toEqual(['events flow', 'Login', 'Logout', 'Login', 'heartbeat']);
    expect(session.isLoggedOn()).toBe(true);
  });

  test('the logged-off event of that forced logout does not count', async () => {
    answers['Login'] = [{ status: 455, body: '' }];
    await session.login(LOGIN);
    expect(tell('agentNotReady')).toBe('counts');
    expect(session.isLoggedOn()).toBe(true);
  });

  test.each(['ask', 'stop'] as const)('454 in mode %s is left to the person', async (mode) => {
    answers['Login'] = [{ status: 454, body: '' }];
    await expect(session.login({ ...LOGIN, mode })).rejects.toMatchObject({ code: 'agentLoggedInHere' });
    expect(names()).not.toContain('Logout');
  });

  test('an extension that another agent holds is never forced', async () => {
    answers['Login'] = [{ status: 459, body: '{"agent":"5009@test.cc"}' }];
    await expect(session.login(LOGIN)).rejects.toMatchObject({
      code: 'extensionInUse',
      data: { agent: '5009', extension: '8001' },
    });
    expect(names()).not.toContain('Logout');
  });

  test('a forced login that is refused again ends there', async () => {
    answers['Login'] = [
      { status: 454, body: '' },
      { status: 454, body: '' },
    ];
    await expect(session.login(LOGIN)).rejects.toMatchObject({ code: 'agentLoggedInHere' });
    expect(names().filter((name) => name === 'Login')).toHaveLength(2);
  });

  test('an event socket that never opens is told after ten seconds, and the agent is not logged in', async () => {
    const deaf = openSession(IDENTITY, { ...SERVER, eventsFlow: () => new Promise<never>(() => undefined) });
    const login = deaf.login(LOGIN).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await login).toMatchObject({ code: 'serverSilent' });
    expect(names()).toEqual([]);
  });

  test('what was to be ended by force has ended by itself: the login goes on', async () => {
    answers['Login'] = [{ status: 454, body: '' }];
    answers['Logout'] = [{ status: 458, body: '' }];
    await session.login(LOGIN);
    expect(session.isLoggedOn()).toBe(true);
  });

  test('a phone that is in a call is named', async () => {
    answers['Login'] = [{ status: 460, body: '' }];
    await expect(session.login(LOGIN)).rejects.toMatchObject({ code: 'extensionBusy', data: { extension: '8001' } });
  });

  test('two at once are one', async () => {
    await Promise.all([session.login(LOGIN), session.login(LOGIN)]);
    expect(names().filter((name) => name === 'Login')).toHaveLength(1);
  });
});

describe('the session', () => {
  beforeEach(async () => {
    await session.login(LOGIN);
    sent = [];
  });

  test('beats every minute, once, however often the server says logged on', async () => {
    tell('agentLoggedOn');
    tell('agentLoggedOn');
    sent = [];
    await vi.advanceTimersByTimeAsync(180_000);
    expect(names()).toEqual(['heartbeat', 'heartbeat', 'heartbeat']);
  });

  test('a heartbeat that fails stops nothing', async () => {
    answers['heartbeat'] = [{ status: 500, body: '' }];
    await vi.advanceTimersByTimeAsync(120_000);
    expect(names()).toHaveLength(2);
  });

  test('a heartbeat that finds the agent logged off says so', async () => {
    answers['heartbeat'] = [{ status: 458, body: '' }];
    await vi.advanceTimersByTimeAsync(60_000);
    expect(names()).toEqual(['heartbeat', 'told: logged off']);
  });

  test('one that ran out is renewed, and the command sent once more', async () => {
    answers['client-state'] = [{ status: 426, body: '' }];
    await session.command(clientState());
    expect(sent).toEqual([
      { name: 'client-state', session: 's1' },
      { name: 'client-state', session: 's2' },
    ]);
  });

  test('many commands that fail at once renew it once', async () => {
    answers['client-state'] = [1, 2, 3].map(() => ({ status: 426, body: '' }));
    await Promise.all([1, 2, 3].map(() => session.command(clientState())));
    expect(sessions).toBe(2);
  });

  test('a command that is told so late goes out with what another one renewed, and ends that for nobody', async () => {
    let late: (reply: HttpReply) => void = () => undefined;
    answers['client-state'] = [new Promise<HttpReply>((resolve) => (late = resolve)), { status: 426, body: '' }];
    const slow = session.command(clientState());
    await session.command(clientState());
    late({ status: 426, body: '' });
    await slow;
    expect(sessions).toBe(2);
    expect(sent.map((one) => one.session)).toEqual(['s1', 's1', 's2', 's2']);
  });

  test('a second 426 is told, once, and not repeated for ever', async () => {
    answers['client-state'] = [1, 2, 3].map(() => ({ status: 426, body: '' }));
    for (const _again of [1, 2])
      await expect(session.command(clientState())).rejects.toMatchObject({ code: 'sessionExpired' });
    expect(names()).toHaveLength(3);
    expect([expired, session.isStale(), sessions]).toEqual([1, true, 2]);
  });

  test('where it cannot be renewed, the agent logs in again', async () => {
    answers['client-state'] = [{ status: 426, body: '' }];
    answers['credentials'] = [{ status: 401, body: '' }];
    await expect(session.command(clientState())).rejects.toMatchObject({ code: 'sessionExpired' });
  });

  test('one that cannot be renewed is told once, and no password is tried again until someone logs in', async () => {
    answers['client-state'] = [1, 2].map(() => ({ status: 426, body: '' }));
    answers['credentials'] = [{ status: 401, body: '' }];
    for (const _again of [1, 2]) await session.command(clientState()).catch(() => undefined);
    expect([expired, sessions]).toEqual([1, 1]);

    await session.login(LOGIN);
    await session.command(clientState());
    expect(names()).not.toContain('Login'); // the agent has been logged on all the while
    expect(session.isLoggedOn()).toBe(true);
  });

  test('a server that gives no answer to the renewal ends no session', async () => {
    answers['client-state'] = [{ status: 426, body: '' }];
    answers['credentials'] = [new PhoneError('serverFailed', 'HTTP 503')];
    await expect(session.command(clientState())).rejects.toMatchObject({ code: 'serverFailed' });
    expect(expired).toBe(0);
  });

  test('what a later start may go on with is kept from the login to the logout, and follows a renewal', async () => {
    answers['client-state'] = [{ status: 426, body: '' }];
    await session.command(clientState());
    await session.logout();
    expect(kept).toEqual(['s1', 's2', undefined]);
  });

  test('logout is done when the event says so, and the heart stops', async () => {
    await session.logout();
    expect(session.isLoggedOn()).toBe(false);
    sent = [];
    await vi.advanceTimersByTimeAsync(300_000);
    expect(names()).toEqual([]);
  });

  test('a supervisor’s logout counts as well; what comes after it does not', () => {
    expect(tell('agentLoggedOff')).toBe('takenOver');
    expect(session.isLoggedOn()).toBe(false);
    expect(tell('agentReady')).toBe('ignored');
    expect(tell('agentLoggedOn')).toBe('ignored');
  });

  test('logged on at another extension is a takeover, also where the logout before it was lost', async () => {
    expect(tell('agentLoggedOn', '8002@test.cc')).toBe('takenOver');
    expect(session.isLoggedOn()).toBe(false);
    sent = [];
    await vi.advanceTimersByTimeAsync(300_000);
    expect(names()).toEqual([]); // the heart of this place no longer beats for the other
  });
});

test('a session of an earlier start carries commands; the heart beats once the server has said that the agent is on', async () => {
  session.take('kept');
  await session.command(clientState());
  expect(session.isLoggedOn()).toBe(false);
  session.resume();
  expect(sent).toEqual([
    { name: 'client-state', session: 'kept' },
    { name: 'heartbeat', session: 'kept' },
  ]);
  expect(kept).toEqual([]); // its twelve hours do not begin anew
  expect(tell('agentReady')).toBe('counts');
});

test('one that is renewed before the server has said that the agent is on is what the next start goes on with', async () => {
  answers['client-state'] = [{ status: 426, body: '' }];
  session.take('kept');
  await session.command(clientState());
  session.resume();
  expect(kept).toEqual(['s1']);
});
