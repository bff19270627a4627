// Mute and hold never out of step: whatever is asked, refused or crossed, in the end the far end hears us exactly where
// the state says so. Against a scripted server and faked WebRTC.
import fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Call } from '../../domain/calls';
import { NO_PHONE, reducePhone, type PhoneState } from '../../domain/phone';
import type { Backend } from '../backend';
import { openSip } from './backend';
import { FakePeer, ScriptedServer, SPEAKABLE, type SentRequest } from './scripted-server';
import { SipSettings } from './settings';

const FAR = ['Contact: <sip:far@server.invalid;transport=ws>'];
/** Longer than every time-out of a re-INVITE and all of its tries. */
const QUIET_MS = 120_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Mood = 'agrees' | 'refuses' | 'crosses once' | 'crosses' | 'is silent';
type Step =
  | { readonly do: 'mute' | 'unmute' | 'hold' | 'retrieve' }
  | { readonly do: 'remoteHold' | 'remoteResume' }
  | { readonly do: 'far end'; readonly now: Mood }
  | { readonly do: 'wait'; readonly ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('mute' as const, 'unmute' as const, 'hold' as const, 'retrieve' as const),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('remoteHold' as const, 'remoteResume' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('far end' as const),
      now: fc.constantFrom<Mood>('agrees', 'refuses', 'crosses once', 'crosses', 'is silent'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(0, 300, 3_000, QUIET_MS) }),
  },
);

test(
  'muted or held is silence at the far end, and nothing else is, after any sequence',
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
        const desk = await talking();
        try {
          for (const each of steps) await desk.does(each);
          await vi.advanceTimersByTimeAsync(QUIET_MS);

          const call = desk.call();
          expect(call.state === 'connected' || call.state === 'held').toBe(true);
          expect(desk.microphone.enabled).toBe(!call.muted && call.state === 'connected');
          expect(desk.direction()).toBe(call.state === 'held' ? 'sendonly' : 'sendrecv');
          expect(call.heldByRemote).toBe(desk.heldThere());
        } finally {
          await desk.leave();
        }
      }),
      { numRuns: 60 },
    );
  },
);

/** An answered call, and a far end in one mood or another. */
async function talking() {
  const server = new ScriptedServer();
  server.install();
  const peers: FakePeer[] = [];
  vi.stubGlobal(
    'RTCPeerConnection',
    class extends FakePeer {
      constructor() {
        super();
        peers.push(this);
      }
    },
  );
  const aborting = new AbortController();
  let state: PhoneState = NO_PHONE;
  let mood: Mood = 'agrees';
  let crossed = false;
  const microphone = Object.assign(new EventTarget(), { enabled: true, stop: () => undefined });

  server.script = (request) => {
    if (request.method === 'REGISTER') server.reply(request, 200, [`Contact: ${request.header('Contact')}`]);
    if (request.method === 'INVITE' && request.header('To').includes('tag=')) answer(request);
    if (request.method === 'BYE') server.reply(request, 200);
  };
  function answer(request: SentRequest): void {
    const crosses = mood === 'crosses' || (mood === 'crosses once' && !crossed);
    crossed = crosses;
    if (mood === 'is silent') server.reply(request, 100);
    else if (crosses) server.reply(request, 491);
    else if (mood === 'refuses') server.reply(request, 488);
    else server.reply(request, 200, FAR, SPEAKABLE);
  }

  const settings = { kind: 'sip', servers: ['ws://127.0.0.1/a'], domain: 'exchange.example', user: '1001' };
  const phone: Backend = openSip(
    {
      settings: v.parse(SipSettings, settings),
      secrets: { password: 'pass-word', turnCredentials: {}, instanceId: '6a8f5f0e-1111-4222-8333-444455556666' },
    },
    {
      emit: (event) => (state = reducePhone(state, event)),
      signal: aborting.signal,
      monotonic: () => performance.now(),
      wall: () => Date.now(),
      random: () => 0.5,
      media: {
        openMix: () => {
          throw new Error('no mix here');
        },
        openMicrophone: async () =>
          ({ getTracks: () => [microphone], getAudioTracks: () => [microphone] }) as unknown as MediaStream,
        onMicrophoneChange: () => undefined,
        isCurrent: () => true,
        playRemote: () => undefined,
        openMeter: () => ({ level: () => 0, close: () => undefined }),
      },
      log: () => undefined,
    },
  );
  await vi.advanceTimersByTimeAsync(0);
  await phone.perform({ type: 'makeCall', number: '600' });
  await vi.advanceTimersByTimeAsync(0);
  const invite = server.last('INVITE');
  server.reply(invite, 200, FAR, SPEAKABLE);
  await vi.advanceTimersByTimeAsync(0);
  const call = () => Object.values(state.calls.byId)[0] as Call;
  const { id: callId } = call();
  let cseq = 0;
  let heldThere = false;

  /** The far end asks, and believes what it is answered. */
  async function remote(hold: boolean): Promise<void> {
    cseq += 1;
    const before = server.answered.length;
    server.ask(invite, 'INVITE', [`X: ${cseq}`], hold ? SPEAKABLE.replace('sendrecv', 'sendonly') : SPEAKABLE, cseq);
    await vi.advanceTimersByTimeAsync(0);
    server.ask(invite, 'ACK', [], '', cseq);
    if (server.answered.slice(before).includes(200)) heldThere = hold;
    await vi.advanceTimersByTimeAsync(0);
  }

  return {
    call,
    microphone,
    direction: () => peers[0]?.audio.direction,
    heldThere: () => heldThere,
    async does(step: Step): Promise<void> {
      if (step.do === 'wait') await vi.advanceTimersByTimeAsync(step.ms);
      else if (step.do === 'far end') mood = step.now;
      else if (step.do === 'remoteHold' || step.do === 'remoteResume') await remote(step.do === 'remoteHold');
      else await phone.perform({ type: step.do, callId }).catch(() => undefined); // not now: nothing has changed then
    },
    async leave(): Promise<void> {
      aborting.abort();
      await vi.advanceTimersByTimeAsync(5_000);
      vi.unstubAllGlobals();
    },
  };
}
