// Damaged frames through the real data handler, while one call talks and another is the target of re-INVITEs.
import { expect } from 'vitest';
import { SPEAKABLE } from '../../../src/backends/sip/scripted-server';
import { until } from '../sip-tester';
import { openTrialDesk, type TrialDesk } from './desk';
import { damaged } from './damage';
import { chance } from './random';
import { request, settled, uriOf } from './raw-requests';
import { addressedTo, readTorture } from './torture';

const BATCH = 500;

export interface FramesSeen {
  /** Frames at which JsSIP threw, caught and dropped: at least so many. */
  broken: number;
  /** Calls that rang, damaged as their INVITE was. */
  rang: number;
  /** Answered calls that we ended by ourselves; never. */
  endedByUs: number;
}

/** Resolves when all is read, the link is up and the live call can still be put on hold and taken back. */
export async function tryFrames(count: number, seed: number): Promise<FramesSeen> {
  const desk = await openTrialDesk({ maxCalls: 3 });
  const { exchange, phone } = desk;
  try {
    const random = chance(seed);
    const live = await phone.talking('600');
    await phone.perform({ type: 'hold', callId: live });
    await phone.becomes('held', live);
    for (let sent = 0; sent < count;) {
      const samples = await sampleFrames(desk, live);
      for (const end = Math.min(sent + BATCH, count); sent < end; sent += 1)
        exchange.faults.sendRaw('1001', damaged(random.pick(samples).replaceAll('odd-', `odd-${sent}-`), random));
      await settled(exchange);
      await quiet(desk, live);
    }
    expect(phone.link?.state).toBe('open');
    for (const { id, state } of phone.calls)
      if (id !== live && state !== 'cleared') await phone.perform({ type: 'clear', callId: id });
    await phone.perform({ type: 'retrieve', callId: live });
    await phone.becomes('connected', live);
    const broken = /broken frames dropped: (\d+)/.exec(phone.logged.findLast((line) => line.includes('broken')) ?? '');
    const inbound = phone.calls.filter(({ direction }) => direction === 'inbound');
    const endedByUs = phone.calls.filter(
      (call) => call.state === 'cleared' && call.establishedAt !== undefined && call.clearedBy === 'system',
    );
    return {
      broken: Number(broken?.[1] ?? 0),
      rang: inbound.length,
      endedByUs: endedByUs.length,
    };
  } finally {
    await desk.close();
  }
}

/** What the exchange really sent, RFC 4475, and requests of every method; none that would rightly end the live call. */
async function sampleFrames(desk: TrialDesk, live: string): Promise<string[]> {
  const { exchange } = desk;
  const target = await targetCall(desk, live);
  const recorded = exchange
    .log()
    .filter(({ direction, method, status }) => direction === 'out' && !(method === 'BYE' && status === 0));
  const uri = uriOf(exchange);
  const asked = [
    'INVITE',
    'OPTIONS',
    'MESSAGE',
    'NOTIFY',
    'SUBSCRIBE',
    'REFER',
    'INFO',
    'UPDATE',
    'CANCEL',
    'PRACK',
  ].map((method) =>
    request(method, { uri, callId: `odd-${method}`, body: method === 'INVITE' ? SPEAKABLE : '', headers: ODD_HEADERS }),
  );
  const inDialog = ['INFO', 'UPDATE', 'NOTIFY', 'REFER', 'MESSAGE', 'INVITE'].map((method) =>
    request(method, { uri, cseq: 50, headers: ODD_HEADERS, body: method === 'INVITE' ? SPEAKABLE : '', ...target }),
  );
  const torture = readTorture().map((message) => addressedTo('1001', message).frame);
  return [...recorded.slice(-60).map(({ raw }) => raw), ...asked, ...inDialog, ...torture];
}

const ODD_HEADERS = [
  'Refer-To: <sip:900@evil.example>',
  'Event: message-summary',
  'Subscription-State: active;expires=60',
  'Session-Expires: 90;refresher=uac',
  'Record-Route: <sip:proxy.invalid;lr>',
];

/** The dialog of a second call, which damaged re-INVITEs may change as they like. */
async function targetCall(
  { exchange, phone }: TrialDesk,
  live: string,
): Promise<{ callId: string; fromTag: string; toTag: string }> {
  const isTarget = (id: string) =>
    id !== live && ['connected', 'held'].includes(phone.state.calls.byId[id]?.state ?? '');
  if (!phone.calls.some(({ id, direction }) => direction === 'outbound' && isTarget(id))) await phone.talking('601');
  const answer = exchange
    .log()
    .findLast(({ direction, method, status }) => direction === 'out' && method === 'INVITE' && status === 200);
  const tagOf = (name: string) => new RegExp(`^${name}:.*;tag=([^;\\s]+)`, 'm').exec(answer?.raw ?? '')?.[1] ?? '';
  return { callId: answer?.callId ?? '', fromTag: tagOf('To'), toTag: tagOf('From') };
}

/** Nothing rings any more. */
async function quiet({ phone }: TrialDesk, live: string): Promise<void> {
  for (const { id, state } of phone.calls) {
    if (id !== live && state === 'alerting') await phone.perform({ type: 'clear', callId: id });
  }
  await until('quiet', () => phone.calls.every(({ state }) => state !== 'alerting'));
}
