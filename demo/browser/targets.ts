// The contexts of the extension that Playwright does not show: the offscreen document and the worker, by the DevTools protocol.
import type { CDPSession } from 'playwright-core';

export interface Targets {
  /** Whether the offscreen document is there. */
  hasOffscreen(): Promise<boolean>;
  /** Runs an expression in the offscreen document; its value must be JSON. Promises are awaited. */
  evaluate(expression: string): Promise<unknown>;
  /** Runs a function in the offscreen document with all its peer connections as `this`; its value must be JSON. */
  onConnections(declaration: string): Promise<unknown>;
  /** Labels of the microphones that are open in the offscreen document, copies counted too. */
  microphones(): Promise<string[]>;
  /** What flows through the calls of the offscreen document now. */
  sound(): Promise<Sound>;
  /** The loudest frequency of each sound that is played there now, in hertz, in no order; of silence (under -100 dB) none. */
  played(): Promise<number[]>;
  /** Kills the service worker; resolves when it is gone, or has been started again. */
  killWorker(): Promise<void>;
}

/** Sums over the open peer connections of the offscreen document. Energies as in WebRTC: `totalAudioEnergy`. */
export interface Sound {
  readonly heardEnergy: number;
  /** Of the microphone, before it is sent. */
  readonly spokenEnergy: number;
  readonly packetsReceived: number;
  readonly packetsSent: number;
  readonly connections: number;
}

const MEASURE = `async function () {
  const sum = { heardEnergy: 0, spokenEnergy: 0, packetsReceived: 0, packetsSent: 0, connections: 0 };
  for (const connection of this) {
    if (connection.connectionState === 'closed') continue;
    sum.connections += 1;
    for (const report of (await connection.getStats()).values()) {
      if (report.kind !== 'audio') continue;
      if (report.type === 'inbound-rtp') {
        sum.heardEnergy += report.totalAudioEnergy ?? 0;
        sum.packetsReceived += report.packetsReceived ?? 0;
      }
      if (report.type === 'media-source') sum.spokenEnergy += report.totalAudioEnergy ?? 0;
      if (report.type === 'outbound-rtp') sum.packetsSent += report.packetsSent ?? 0;
    }
  }
  return sum;
}`;

const LISTEN = `async function () {
  const playing = [...this].filter((player) => !player.paused && player.srcObject?.getAudioTracks().length);
  const context = new AudioContext({ sinkId: { type: 'none' } });
  const analysers = playing.map((player) => {
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
    context.createMediaStreamSource(player.srcObject).connect(analyser);
    return analyser;
  });
  await new Promise((resolve) => setTimeout(resolve, 400)); // the analysers' window of 8192 samples, twice over: sound has no event for it
  const loudest = analysers.flatMap((analyser) => {
    const levels = new Float32Array(analyser.frequencyBinCount);
    analyser.getFloatFrequencyData(levels);
    const level = Math.max(...levels);
    return level < -100 ? [] : [levels.indexOf(level) * (context.sampleRate / analyser.fftSize)];
  });
  await context.close();
  return loudest;
}`;

/** What comes over the network has no device. */
/** Chromium 156 gives the far end's track, which it calls so, a device id once in a while. */
const OPEN_MICROPHONES = `function () {
  return this
    .filter((track) => track.kind === 'audio' && track.readyState === 'live' && track.getSettings().deviceId)
    .map((track) => track.label)
    .filter((label) => label !== 'remote audio');
}`;

/** A message that waits for the worker starts it again at once, under the same target id: then its absence is never seen. */
const RESTART_MS = 200;

/** @param browser a session of the whole browser. */
export function openTargets(browser: CDPSession, origin: string): Targets {
  async function find(type: 'background_page' | 'service_worker'): Promise<string | undefined> {
    const { targetInfos } = await browser.send('Target.getTargets');
    return targetInfos.find((target) => target.type === type && target.url.startsWith(origin))?.targetId;
  }

  async function inOffscreen<T>(use: (send: Send) => Promise<T>): Promise<T> {
    const targetId = await find('background_page');
    if (targetId === undefined) throw new Error('there is no offscreen document');
    return attached(browser, targetId, use);
  }

  /** Nothing is planted in the extension: its objects are found in its heap. */
  const onAll = (constructor: string, declaration: string) =>
    inOffscreen(async (send) => {
      const prototype = await send('Runtime.evaluate', { expression: `${constructor}.prototype` });
      const { objects } = await send('Runtime.queryObjects', { prototypeObjectId: prototype.result?.objectId });
      const answer = await send('Runtime.callFunctionOn', {
        objectId: objects?.objectId,
        functionDeclaration: declaration,
        awaitPromise: true,
        returnByValue: true,
      });
      return valueOf(answer);
    });
  const onConnections = (declaration: string) => onAll('RTCPeerConnection', declaration);

  return {
    hasOffscreen: async () => (await find('background_page')) !== undefined,
    evaluate: (expression) =>
      inOffscreen(async (send) =>
        valueOf(await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true })),
      ),
    onConnections,
    sound: async () => (await onConnections(MEASURE)) as Sound, // MEASURE returns it
    played: async () => (await onAll('HTMLAudioElement', LISTEN)) as number[], // so does LISTEN
    microphones: async () => (await onAll('MediaStreamTrack', OPEN_MICROPHONES)) as string[], // labels
    async killWorker() {
      const targetId = await find('service_worker');
      if (targetId === undefined) return;
      await browser.send('Target.closeTarget', { targetId });
      const given = performance.now() + RESTART_MS;
      while (performance.now() < given && (await find('service_worker')) === targetId) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}

/** The fields of DevTools' answers that are used here (domain Runtime). */
interface Answer {
  result?: { objectId?: string; value?: unknown };
  objects?: { objectId?: string };
  exceptionDetails?: { text: string; exception?: { description?: string } };
}
type Send = (method: string, params?: object) => Promise<Answer>;

/** Talks to a target that Playwright has no session for; Playwright routes only messages that the browser session wraps. */
async function attached<T>(browser: CDPSession, targetId: string, use: (send: Send) => Promise<T>): Promise<T> {
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: false });
  const waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  let ids = 0;
  const receive = (event: { sessionId: string; message: string }) => {
    if (event.sessionId !== sessionId) return;
    const message = JSON.parse(event.message) as { id?: number; result?: Answer; error?: { message: string } };
    const asked = message.id === undefined ? undefined : waiting.get(message.id);
    if (message.error) asked?.reject(new Error(message.error.message));
    else asked?.resolve(message.result ?? {});
  };
  const detached = (event: { sessionId: string }) => {
    if (event.sessionId !== sessionId) return;
    for (const { reject } of waiting.values()) reject(new Error('the offscreen document is gone'));
  };
  browser.on('Target.receivedMessageFromTarget', receive);
  browser.on('Target.detachedFromTarget', detached);
  try {
    return await use((method, params = {}) => {
      const id = (ids += 1);
      const answer = new Promise<Answer>((resolve, reject) => waiting.set(id, { resolve, reject }));
      const message = JSON.stringify({ id, method, params });
      return browser.send('Target.sendMessageToTarget', { sessionId, message }).then(() => answer);
    });
  } finally {
    browser.off('Target.receivedMessageFromTarget', receive);
    browser.off('Target.detachedFromTarget', detached);
    await browser.send('Target.detachFromTarget', { sessionId }).catch(() => undefined); // gone already
  }
}

function valueOf(answer: Answer): unknown {
  const thrown = answer.exceptionDetails;
  if (thrown) throw new Error(thrown.exception?.description ?? thrown.text);
  return answer.result?.value;
}
