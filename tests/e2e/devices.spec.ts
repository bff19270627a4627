// Microphone, speaker and ring device: changed in the middle of a call, pulled out, wrong from the beginning, and let go.
// Chromium's fake devices cannot be pulled out: enumerateDevices, getUserMedia and setSinkId of the offscreen document are
// wrapped so that one of them is missing, and its track is ended as the browser does it.
import type { Callbar } from '../../demo/browser/callbar';
import type { Exchange } from '../../demo/exchange/exchange';
import type { Settings } from '../../src/settings/schema';
import { expectSoundBothWays, openPhone, stateOf, talkTo, untilCallIs, untilReachable } from './desk';
import { expect, test } from './extension';

const ECHO = '600';
const [MIC_1, MIC_2] = ['Fake Audio Input 1', 'Fake Audio Input 2'];
const OUT_1 = 'Fake Audio Output 1';

test('another microphone and speaker in a call: the far end hears on and is asked nothing, mute stays, all is let go', async ({
  callbar,
  exchange,
  account,
}) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  await watchSound(callbar);
  const phone = await talkTo(callbar, ECHO);
  const asked = requestsInCall(exchange);
  await phone.getByRole('button', { name: 'Mute', exact: true }).click();

  await phone.getByRole('button', { name: 'Microphone and speaker' }).click();
  await phone.getByLabel('Microphone', { exact: true }).selectOption({ label: MIC_2 });
  await phone.getByLabel('Speaker', { exact: true }).selectOption({ label: OUT_1 });
  await expect.poll(() => speaking(callbar)).toEqual([{ label: MIC_2, enabled: false }]);
  await expect.poll(() => callbar.offscreen.evaluate('heardOn()')).toEqual([OUT_1]);
  await phone.getByRole('button', { name: 'Unmute' }).click();
  await expect.poll(() => speaking(callbar)).toEqual([{ label: MIC_2, enabled: true }]);
  await expectSoundBothWays(callbar, exchange, ECHO);

  await changeDevices(callbar, (devices) => ({
    ...devices,
    processing: { ...devices.processing, echoCancellation: false },
  }));
  await expect
    .poll(() => callbar.offscreen.evaluate('live().map((t) => t.getSettings().echoCancellation)'))
    .toEqual([false]);
  await expectSoundBothWays(callbar, exchange, ECHO);
  expect(requestsInCall(exchange)).toEqual(asked);

  await phone.getByRole('button', { name: 'Hang up' }).click();
  const ended = await untilCallIs(callbar, 'cleared');
  const clearedAt = ended.state === 'cleared' ? ended.clearedAt : 0;
  await expect.poll(() => callbar.offscreen.microphones()).toEqual([]);
  expect(Number(await callbar.offscreen.evaluate('lastStop')) - clearedAt).toBeLessThan(1_000); // both by the engine's clock
});

test('a headset pulled out in a call (simulated): told by name, the call goes on without it, and with it when it is back', async ({
  callbar,
  exchange,
  account,
}) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  await watchSound(callbar);
  await choose(callbar, 'microphone', MIC_1);
  await choose(callbar, 'speaker', OUT_1);
  const phone = await talkTo(callbar, ECHO);
  await expect.poll(() => speaking(callbar)).toEqual([{ label: MIC_1, enabled: true }]);
  const asked = requestsInCall(exchange);

  await callbar.offscreen.evaluate(`pullOut(' 1')`);
  const notices = phone.getByRole('log');
  await expect(notices).toContainText(`${MIC_1} is gone. Fake Default Audio Input is used until it is back.`);
  await expect(notices).toContainText(`${OUT_1} is gone. Fake Default Audio Output is used until it is back.`);
  await expect.poll(() => speaking(callbar)).toEqual([{ label: 'Fake Default Audio Input', enabled: true }]);
  await expect.poll(() => callbar.offscreen.evaluate('heardOn()')).toEqual(['']);
  await expectSoundBothWays(callbar, exchange, ECHO);
  await expect(notices.getByText(/microphone was lost/)).toBeHidden();

  await callbar.offscreen.evaluate('plugIn()');
  await expect(notices).toContainText(`${MIC_1} is back, and used again.`);
  await expect.poll(() => speaking(callbar)).toEqual([{ label: MIC_1, enabled: true }]);
  await expect.poll(() => callbar.offscreen.evaluate('heardOn()')).toEqual([OUT_1]);
  await expectSoundBothWays(callbar, exchange, ECHO);
  expect(requestsInCall(exchange)).toEqual(asked);
});

test('devices that were never here: it rings on the system’s, says so, and opens no microphone before the answer', async ({
  callbar,
  exchange,
  account,
}) => {
  await callbar.configure(account);
  await untilReachable(callbar);
  await watchSound(callbar);
  const gone = { microphone: 'gone-1', speaker: 'gone-2', ring: 'gone-2' };
  const chosen = { microphone: [], speaker: [], ring: [{ id: 'gone-2', label: 'Desk speaker' }] };
  await changeDevices(callbar, (devices) => ({ ...devices, ...gone, chosen }));
  const phone = await openPhone(callbar);
  await expect(phone.getByRole('log')).toContainText('Desk speaker is gone. Fake Default Audio Output is used until');

  exchange.ring('1001', '+8613912345678', 'Zhang');
  await untilCallIs(callbar, 'alerting');
  await expect.poll(() => callbar.offscreen.evaluate('ringing()')).toEqual([{ state: 'running', sink: '' }]);
  expect(await callbar.offscreen.microphones()).toEqual([]);
  await phone.getByRole('button', { name: 'Answer' }).click();
  await untilCallIs(callbar, 'connected');

  await expectSoundBothWays(callbar, exchange, '+8613912345678');
  expect(await speaking(callbar)).toEqual([{ label: 'Fake Default Audio Input', enabled: true }]);
  expect(await callbar.offscreen.evaluate('ringing()')).toEqual([]);
});

test('the settings: meters move for microphone, speaker and ring, and a hidden page holds no microphone', async ({
  callbar,
}) => {
  await callbar.context.addInitScript(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    Object.assign(window, { given: [] });
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      const stream = await ask(wanted);
      (window as unknown as { given: MediaStreamTrack[] }).given.push(...stream.getTracks());
      return stream;
    };
  });
  const page = await callbar.open('options/index.html#ringing');
  const level = (name: string) => page.getByRole('meter', { name }).getAttribute('aria-valuenow').then(Number);

  await page.getByLabel('Ring tone').selectOption('Classic telephone');
  await page.getByRole('button', { name: 'Test the ring' }).click();
  await expect.poll(() => level('How loud it is played')).toBeGreaterThan(20);
  await page.getByRole('button', { name: 'Stop the ring' }).click();
  await expect(page.getByRole('meter')).toHaveCount(0);

  await page.getByRole('button', { name: 'Test the microphone' }).click();
  await expect(page.getByText('We hear you.')).toBeVisible(); // the fake microphone beeps
  await page.getByLabel('Cancel echo').click(); // unchecked once it is stored
  const echo = () =>
    page.evaluate('given.filter((t) => t.readyState === "live").map((t) => t.getSettings().echoCancellation)');
  await expect.poll(echo).toEqual([false]);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { get: () => true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect(page.getByRole('button', { name: 'Test the microphone' })).toBeVisible();
  expect(await echo()).toEqual([]);
  expect((await callbar.request('settings.get', null)).document).toMatchObject({ ringing: { tone: 'classic' } });
});

test.describe('a permission taken away in a call', () => {
  test.use({ launch: { microphone: 'ask' } });

  test('is said, the call goes on, and the voice is back with the permission', async ({
    callbar,
    exchange,
    account,
  }) => {
    const session = await callbar.context.browser()?.newBrowserCDPSession();
    const set = (setting: 'granted' | 'denied') =>
      session?.send('Browser.setPermission', { origin: callbar.origin, permission: { name: 'microphone' }, setting });
    await set('granted');
    await callbar.configure(account);
    await untilReachable(callbar);
    const phone = await talkTo(callbar, ECHO);
    const notices = phone.getByRole('log');

    await set('denied');
    await expect(notices).toHaveText(
      'The microphone is blocked for Callbar. Allow it in the browser’s site settings. DEV-02',
    );
    await expect.poll(() => callbar.offscreen.microphones()).toEqual([]);
    expect((await untilCallIs(callbar, 'connected')).state).toBe('connected');
    await set('granted');

    await expect(notices).toHaveText('The microphone was lost for a moment. The other side hears you again.');
    await expectSoundBothWays(callbar, exchange, ECHO);
  });
});

/** From now on: `live()` microphones, `lastStop`, `heardOn()`, `ringing()`, `pullOut(label)`, `plugIn()` in the offscreen document. */
async function watchSound(callbar: Callbar): Promise<void> {
  await callbar.offscreen.evaluate(`{
    const { mediaDevices } = navigator;
    const [ask, list] = [mediaDevices.getUserMedia.bind(mediaDevices), mediaDevices.enumerateDevices.bind(mediaDevices)];
    const [opened, players, contexts] = [[], new Set(), []];
    let missing, labels = new Map();
    const isMissing = (id) => missing !== undefined && (labels.get(id) ?? '').endsWith(missing);
    mediaDevices.enumerateDevices = async () => {
      const all = await list();
      labels = new Map([...labels, ...all.map(({ deviceId, label }) => [deviceId, label])]);
      return all.filter(({ deviceId }) => !isMissing(deviceId));
    };
    mediaDevices.getUserMedia = async (wanted) => {
      if (isMissing(wanted.audio.deviceId?.exact)) throw new DOMException('', 'NotFoundError');
      const stream = await ask(wanted);
      opened.push(...stream.getAudioTracks());
      return stream;
    };
    const { setSinkId } = HTMLMediaElement.prototype;
    HTMLMediaElement.prototype.setSinkId = async function (id) {
      if (isMissing(id)) throw new DOMException('', 'NotFoundError');
      players.add(this);
      await setSinkId.call(this, id);
    };
    const { stop } = MediaStreamTrack.prototype;
    MediaStreamTrack.prototype.stop = function () {
      globalThis.lastStop = performance.timeOrigin + performance.now();
      stop.call(this);
    };
    const { setSinkId: setContextSink } = AudioContext.prototype;
    AudioContext.prototype.setSinkId = function (id) {
      contexts.push(this);
      return setContextSink.call(this, id);
    };
    const changed = () => mediaDevices.dispatchEvent(new Event('devicechange'));
    Object.assign(globalThis, {
      live: () => opened.filter(({ readyState }) => readyState === 'live'),
      heardOn: () => [...players].filter(({ srcObject }) => srcObject).map(({ sinkId }) => labels.get(sinkId) ?? sinkId),
      ringing: () =>
        [...new Set(contexts)].filter(({ state }) => state !== 'closed').map(({ state, sinkId }) => ({ state, sink: sinkId })),
      pullOut(label) {
        missing = label;
        for (const track of live().filter((one) => one.label.endsWith(label))) {
          track.stop();
          track.dispatchEvent(new Event('ended'));
        }
        changed();
      },
      plugIn() {
        missing = undefined;
        changed();
      },
    });
    void mediaDevices.enumerateDevices();
  }`);
}

async function speaking(callbar: Callbar): Promise<unknown> {
  return callbar.offscreen.evaluate('live().map(({ label, enabled }) => ({ label, enabled }))');
}

/** As the menu of the popup does. */
async function choose(callbar: Callbar, role: 'microphone' | 'speaker', label: string): Promise<void> {
  const device = (await stateOf(callbar)).devices?.[role].present.find((one) => one.label === label);
  if (!device) throw new Error(`no ${label}`);
  await callbar.request('device.choose', { role, device });
}

async function changeDevices(
  callbar: Callbar,
  how: (devices: Settings['devices']) => Settings['devices'],
): Promise<void> {
  const document = (await callbar.request('settings.get', null)).document as Settings; // our own worker wrote it
  await callbar.request('settings.save', { ...document, devices: how(document.devices) });
}

/** All that could renegotiate a call, as it came over the wire. */
function requestsInCall(exchange: Exchange): unknown {
  return ['INVITE', 'UPDATE'].map((method) => exchange.received(method));
}
