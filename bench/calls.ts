// The built extension against the embedded exchange: dialling, ringing, opening.
import type { Page } from 'playwright-core';
import { openCallbar, type Callbar } from '../demo/browser/callbar';
import { startCrm } from '../demo/crm/serve';
import { startExchange, type Exchange } from '../demo/exchange/exchange';
import { DEFAULT_SETTINGS } from '../src/settings/schema';
import { noteClick, noteWhenPainted, openAndPaint } from './browser';

const ROUNDS = 20;
/** The rate gate lets one origin dial every 3 s. */
const PAGE_ROUNDS = 6;
const PAGE_GAP_MS = 3_200;

export interface CallFigures {
  readonly buttonToInvite: number[];
  readonly microphone: number[];
  readonly gathering: number[];
  readonly own: number[];
  readonly clickToInvite: number[];
  readonly inviteToPaint: number[];
  readonly popupOpen: number[];
  readonly popupOpenWorkerDead: number[];
}

export async function measureCalls(extension: string): Promise<CallFigures> {
  const [exchange, crm] = await Promise.all([startExchange(), startCrm()]);
  const callbar = await openCallbar({ extension });
  const [account] = exchange.accounts;
  if (!account) throw new Error('the exchange has no account');
  const linking = { ...DEFAULT_SETTINGS.linking, trustedSites: [new URL(crm.url).origin] };
  const { user, password, domain } = account;
  await callbar.configure({ server: exchange.sipUrl, domain, user, password }, { settings: { linking } });
  await until(async () => (await callbar.request('engine.snapshot', null)).state.links.sip?.state === 'open');
  await callbar.offscreen.evaluate(WATCH_MEDIA);
  const phone = await callbar.open('popup/index.html');
  await callOnce(callbar, exchange, phone); // the first getUserMedia starts the audio service

  const figures: CallFigures = {
    ...{ buttonToInvite: [], microphone: [], gathering: [], own: [] },
    ...{ clickToInvite: [], inviteToPaint: [], popupOpen: [], popupOpenWorkerDead: [] },
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const { total, microphone, gathering } = await callOnce(callbar, exchange, phone);
    figures.buttonToInvite.push(total);
    figures.microphone.push(microphone);
    figures.gathering.push(gathering);
    figures.own.push(total - microphone - gathering);
  }
  for (let round = 0; round < ROUNDS; round += 1) figures.inviteToPaint.push(await ringOnce(callbar, exchange, phone));
  await phone.close();
  for (let round = 0; round < ROUNDS; round += 1) figures.popupOpen.push(await openOnce(callbar));
  for (let round = 0; round < ROUNDS; round += 1) {
    await callbar.killServiceWorker();
    figures.popupOpenWorkerDead.push(await openOnce(callbar));
    await callbar.request('phone.wake', null);
  }
  figures.clickToInvite.push(...(await clickOnPage(callbar, exchange, crm.url)));
  await Promise.all([callbar.close(), exchange.close(), crm.close()]);
  return figures;
}

/** Notes how long the microphone and the gathering took; planted in the running offscreen document, for this run only. */
const WATCH_MEDIA = `(() => {
  globalThis.media = { microphone: 0, gathering: 0 };
  const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const from = performance.now();
    try { return await open(constraints); } finally { media.microphone = performance.now() - from; }
  };
  const describe = RTCPeerConnection.prototype.setLocalDescription;
  RTCPeerConnection.prototype.setLocalDescription = async function (...given) {
    await describe.apply(this, given);
    media.described = performance.timeOrigin + performance.now();
  };
})()`;

interface Dialled {
  readonly total: number;
  readonly microphone: number;
  readonly gathering: number;
}

async function callOnce(callbar: Callbar, exchange: Exchange, phone: Page): Promise<Dialled> {
  const before = exchange.log().length;
  await phone.getByLabel('Number to call').fill('601');
  const clicked = await noteClick(phone);
  await phone.getByRole('button', { name: 'Call', exact: true }).click();
  const invite = await inviteAfter(exchange, before, 'in');
  const media = (await callbar.offscreen.evaluate('media')) as { microphone: number; described: number };
  const at = await clicked();
  await hangUp(callbar);
  return { total: invite - at, microphone: media.microphone, gathering: Math.max(0, invite - media.described) };
}

async function ringOnce(callbar: Callbar, exchange: Exchange, phone: Page): Promise<number> {
  await phone.bringToFront();
  const painted = await noteWhenPainted(phone, 'button', 'Answer');
  const before = exchange.log().length;
  exchange.ring('1001', '+8613812345678', 'Bench');
  const sent = await inviteAfter(exchange, before, 'out');
  const at = await painted();
  await hangUp(callbar);
  await phone.getByRole('button', { name: 'Answer' }).waitFor({ state: 'hidden' });
  return at - sent;
}

function openOnce(callbar: Callbar): Promise<number> {
  return openAndPaint(callbar.context, `${callbar.origin}/popup/index.html`, 'label, button', 'Call');
}

async function clickOnPage(callbar: Callbar, exchange: Exchange, url: string): Promise<number[]> {
  const page = await callbar.context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => (CSS.highlights.get('callbar-number')?.size ?? 0) > 5);
  const box = await page.getByText('+86 138 1234 5678').first().boundingBox();
  if (!box) throw new Error('the CRM page does not show its first number');
  const times: number[] = [];
  for (let round = 0; round < PAGE_ROUNDS; round += 1) {
    await page.mouse.move(box.x + 30, box.y + box.height / 2);
    await new Promise((resolve) => setTimeout(resolve, PAGE_GAP_MS));
    const before = exchange.log().length;
    const clicked = await noteClick(page);
    await page.mouse.click(box.x + 32, box.y + box.height / 2);
    times.push((await inviteAfter(exchange, before, 'in')) - (await clicked()));
    await hangUp(callbar);
    await page.keyboard.press('Escape');
  }
  return times;
}

async function inviteAfter(exchange: Exchange, before: number, direction: 'in' | 'out'): Promise<number> {
  const find = () =>
    exchange
      .log()
      .slice(before)
      .find((entry) => entry.method === 'INVITE' && entry.status === 0 && entry.direction === direction);
  await until(() => Promise.resolve(find() !== undefined));
  return find()?.at ?? Number.NaN;
}

async function hangUp(callbar: Callbar): Promise<void> {
  const calls = async () => Object.values((await callbar.request('engine.snapshot', null)).state.calls.byId);
  for (const call of await calls()) {
    if (call.state === 'cleared') continue;
    await callbar.request('phone.perform', {
      commandId: crypto.randomUUID(),
      command: { type: 'clear', callId: call.id },
    });
  }
  await until(async () => (await calls()).every((call) => call.state === 'cleared'));
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isTrue()); tries += 1) {
    if (tries > 1_000) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
