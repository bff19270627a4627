// The engine room: the one document that holds sockets, sound and state. Everything else may die; this stays.
import { liveCalls } from '../src/domain/calls';
import { NO_PHONE } from '../src/domain/phone';
import { toPhoneError } from '../src/domain/phone-error';
import { formatNumber } from '../src/phone-number/format';
import { readOrdered } from '../src/messaging/read-command';
import { request } from '../src/messaging/request';
import { serve } from '../src/messaging/serve';
import { serveState } from '../src/messaging/state-feed';
import type { EngineSettings } from '../src/settings/schema';
import { startEngine } from './engine';
import { historyRecord, openHistory } from './history';
import { createMedia } from './media';
import { followMicrophone } from './microphone';
import { openBackEnds } from './back-ends';
import { chooseTone } from './sound-choice';
import { createTonePlayer } from './tones';

const monotonic = () => performance.timeOrigin + performance.now();
const media = createMedia(() => engine.state().microphone);
const tones = createTonePlayer();
const feed = serveState(NO_PHONE, monotonic, (snapshot) => void tellWorker(snapshot));
const history = openHistory().catch(historyFailed);

const engine = startEngine({
  openBackEnds,
  onChange(_before, after) {
    tones.play(chooseTone(after));
    feed.publish(after);
  },
  useSettings({ devices, ringing }) {
    media.configure(devices);
    tones.configure({ volume: ringing.volume, ringSink: devices.ring, speakerSink: devices.speaker });
  },
  async file(call, profileId) {
    try {
      await (await history)?.add(historyRecord(call, profileId));
    } catch {
      historyFailed();
    }
  },
  formatNumber,
  later: (delayMs, run) => void setTimeout(run, delayMs),
  backEndWorld: { monotonic, wall: () => Date.now(), random: () => Math.random(), media, log: () => undefined },
});

serve('offscreen', {
  'engine.perform': async (params) => engine.perform(readOrdered(params)),
  'engine.snapshot': async () => feed.snapshot(),
  'engine.configure': async (params) => {
    engine.configure(params as EngineSettings); // from our own worker, checked when it was stored
    return null;
  },
  'engine.dismiss': async ({ noticeId }) => {
    engine.emit({ type: 'noticeDismissed', id: String(noticeId) });
    return null;
  },
  'history.recent': async ({ limit }) => (await history)?.recent(Math.min(Number(limit) || 0, 500)) ?? [],
  'history.clear': async () => {
    await (await history)?.clear();
    return null;
  },
});

void followMicrophone((microphone) => engine.emit({ type: 'microphoneChanged', microphone }));
void begin();

/** The worker may be busy or dying: asked again until it answers. Nothing else starts the phone. */
async function begin(): Promise<void> {
  try {
    engine.configure((await request('engine.settings', null)) as EngineSettings); // our own worker wrote it
  } catch {
    setTimeout(() => void begin(), 500); // a phone without settings is no phone: there is nothing else to do
  }
}

async function tellWorker(snapshot: ReturnType<typeof feed.snapshot>): Promise<void> {
  try {
    await request('state.changed', snapshot);
  } catch (thrown) {
    // The worker died while it drew the badge; it draws again from the next snapshot, and the views have their own feed.
    if (toPhoneError(thrown).code !== 'engineUnavailable') throw thrown;
    if (liveCalls(snapshot.state.calls).length > 0)
      setTimeout(() => void request('state.changed', snapshot).catch(() => null), 200);
  }
}

/** Without a history the phone still calls; the missing record is the smaller harm, and it is told. */
function historyFailed(): undefined {
  engine.emit({ type: 'noticed', notice: { id: crypto.randomUUID(), code: 'historyNotSaved', at: monotonic() } });
}
