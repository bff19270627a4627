// The engine room: the one document that holds sockets, sound and state. Everything else may die; this stays.
import { liveCalls } from '../src/domain/calls';
import type { Command } from '../src/domain/commands';
import { hasNone } from '../src/domain/devices';
import { toPhoneError } from '../src/domain/phone-error';
import { openHeadsets } from '../src/headset/headsets';
import { NO_PHONE, type Notice } from '../src/domain/phone';
import { formatNumber } from '../src/phone-number/format';
import { readRouted } from '../src/messaging/read-command';
import { request } from '../src/messaging/request';
import { serve } from '../src/messaging/serve';
import { serveState } from '../src/messaging/state-feed';
import { wishOf, type EngineSettings } from '../src/settings/schema';
import { createDevices } from './devices';
import { startEngine } from './engine';
import { openForwardingMemory } from './forwarding';
import { openHeadsetPort } from './headset';
import { historyRecord, openHistory } from './history';
import { createLog } from './log';
import { createMedia } from './media';
import { followMicrophone } from './microphone';
import { openBackEnds } from './back-ends';
import { chooseTone } from './sound-choice';
import { createWorkerTeller } from './tell-worker';
import { createTonePlayer } from './tones';

const monotonic = () => performance.timeOrigin + performance.now();
const devices = createDevices({
  list: () => navigator.mediaDevices.enumerateDevices(),
  emit: (event) => engine.emit(event),
  inCall: () => liveCalls(engine.state().calls).length > 0,
  monotonic,
  changed() {
    media.devicesChanged();
    tones.sinksChanged();
  },
});
const media = createMedia({
  async permission() {
    await microphoneKnown;
    return engine.state().microphone;
  },
  devices,
  getUserMedia: (constraints) => navigator.mediaDevices.getUserMedia(constraints),
  newPlayer: () => document.createElement('audio'),
  emit: (event) => engine.emit(event),
  monotonic,
});
const tones = createTonePlayer((role) => devices.use(role).order.map(({ id }) => id));
const later = (delayMs: number, run: () => void) => void setTimeout(run, delayMs);
const tellWorker = createWorkerTeller((snapshot) => request('state.changed', snapshot), later);
const feed = serveState(NO_PHONE, monotonic, tellWorker);
const log = createLog(() => Date.now());
const history = openHistory();
let configured = false;

const engine = startEngine({
  openBackEnds,
  onChange(_before, after) {
    feed.publish(after);
    tones.play(chooseTone(after));
    headsets.phoneChanged();
    devices.phoneChanged();
  },
  useSettings(settings) {
    tones.configure(settings.ringing);
    media.configure(settings.devices.processing);
    devices.configure((role) => wishOf(settings, role));
  },
  async file(call, profileId) {
    try {
      await history.add(historyRecord(call, profileId));
    } catch {
      historyFailed();
    }
  },
  formatNumber,
  forwarding: openForwardingMemory(localStorage),
  beepHeard: () => (hasNoSpeaker() ? Promise.resolve(false) : tones.heard()),
  later,
  backEndWorld: { monotonic, wall: () => Date.now(), random: () => Math.random(), media, log: log.write },
});

const headsets = openHeadsets(
  openHeadsetPort(),
  { phone: () => engine.state(), perform: pressed, monotonic, later, log: log.write },
  (found) => engine.emit({ type: 'headsetsChanged', headsets: found }),
);

serve('offscreen', {
  'engine.perform': async (params) => engine.perform(readRouted(params)),
  'engine.snapshot': async () => feed.snapshot(),
  'engine.configure': async (params) => {
    configured = true;
    engine.configure(params as EngineSettings); // from our own worker, checked when it was stored
    return null;
  },
  'engine.dismiss': async ({ noticeId }) => {
    engine.emit({ type: 'noticeDismissed', id: String(noticeId) });
    return null;
  },
  'engine.log': async () => log.lines(),
  'headset.look': async () => {
    await headsets.look();
    return null;
  },
  'history.recent': async ({ limit }) => history.recent(Math.min(Number(limit) || 0, 500)),
  'history.clear': async () => {
    await history.clear();
    return null;
  },
});

const microphoneKnown = followMicrophone((microphone) => {
  engine.emit({ type: 'microphoneChanged', microphone });
  void devices.look(); // plugged in or out, or allowed: only then devices have names
});
void begin();

/** The worker may be busy or dying: asked again until it answers. Nothing else starts the phone. */
async function begin(): Promise<void> {
  try {
    const settings = (await request('engine.settings', null)) as EngineSettings; // our own worker wrote it
    if (!configured) engine.configure(settings); // what the worker sent meanwhile is newer
  } catch {
    setTimeout(() => void begin(), 500); // a phone without settings is no phone: there is nothing else to do
  }
}

/** The browser plays into nothing where there is no device, and says nothing of it. */
function hasNoSpeaker(): boolean {
  const known = engine.state().devices?.speaker;
  return known !== undefined && hasNone(known);
}

/** A press on a headset; where it cannot be done, no button on the screen says why, so a notice does. */
async function pressed(command: Command): Promise<void> {
  try {
    await engine.perform({ commandId: crypto.randomUUID(), command });
  } catch (thrown) {
    const { code } = toPhoneError(thrown);
    if (code !== 'callNotInThatState' && code !== 'callUnknown') notice(code);
    throw thrown;
  }
}

/** Without a history the phone still calls; the missing record is the smaller harm, and it is told. */
function historyFailed(): void {
  notice('historyNotSaved');
}

function notice(code: Notice['code']): void {
  engine.emit({ type: 'noticed', notice: { id: crypto.randomUUID(), code, at: monotonic() } });
}
