// A microphone that is not allowed or gets lost, and a server that goes away in the middle of a call.
import type { Callbar } from '../../demo/browser/callbar';
import type { Exchange } from '../../demo/exchange/exchange';
import {
  callAt,
  callsOf,
  card,
  dial,
  expectSoundBothWays,
  openPhone,
  stateOf,
  talkTo,
  untilCallIs,
  untilReachable,
} from './desk';
import { expect, test } from './extension';

const CUSTOMER = '13800138000';

test.beforeEach(async ({ callbar, account }) => {
  await callbar.configure(account);
  await untilReachable(callbar);
});

test.describe('the microphone was never allowed:', () => {
  test.use({ launch: { microphone: 'ask' } });

  test('calls are shown and refused with the reason, the browser is not asked, and a grant is seen at once', async ({
    callbar,
    exchange,
  }) => {
    await watchMicrophones(callbar);
    const phone = await openPhone(callbar);
    await expect(phone.getByText('Calls ring, but you cannot talk')).toBeVisible();

    await dial(phone, CUSTOMER);
    const refusal = phone.getByRole('alert');
    await expect(refusal).toContainText('The microphone has not been allowed yet. Allow it once in a tab. DEV-01');
    await expect(refusal.getByRole('button', { name: 'Allow microphone' })).toBeVisible();

    exchange.ring('1001', CUSTOMER, 'Wang');
    const answer = phone.getByRole('button', { name: 'Answer' });
    await expect(answer).toHaveAttribute('aria-disabled', 'true');
    await expect(async () => {
      await answer.click({ force: true }); // Playwright waits for what says it is disabled; a new button takes no click yet
      await expect(card(phone, /Wang/).getByRole('alert')).toContainText('has not been allowed yet', { timeout: 300 });
    }).toPass();
    const bar = phone.getByRole('region', { name: 'Can calls reach me' });
    await expect(bar.getByRole('button', { name: 'Allow microphone' })).toBeVisible();
    await phone.keyboard.press('a');
    await expect(
      callbar.request('phone.perform', {
        commandId: 'answer',
        command: { type: 'answer', callId: (await callsOf(callbar))[0]?.id ?? '' },
      }),
    ).rejects.toThrow('microphonePrompt');
    expect(await microphoneRequests(callbar)).toBe(0);
    expect(exchange.received('INVITE')).toEqual({});

    await grantMicrophone(callbar);
    await expect(answer).not.toHaveAttribute('aria-disabled', 'true');
    await answer.click();
    await untilCallIs(callbar, 'connected');
    expect(await microphoneRequests(callbar)).toBe(1);
    await expectSoundBothWays(callbar, exchange, CUSTOMER);
  });
});

test('a microphone that is lost in a call is told in words, the call goes on, and the next one is taken', async ({
  callbar,
  exchange,
}) => {
  await watchMicrophones(callbar);
  const phone = await talkTo(callbar, CUSTOMER);
  await expectSoundBothWays(callbar, exchange, CUSTOMER);

  await callbar.offscreen.evaluate('unplugged = true; for (const track of opened) { track.stop(); lose(track) }');
  const notices = phone.getByRole('log');
  await expect(notices).toContainText(
    'The microphone was lost. The other side cannot hear you until another is found.',
  );
  await expect(card(phone, /138 0013 8000/).getByRole('timer')).toBeVisible();
  await expectHeard(callbar);

  await callbar.offscreen.evaluate('unplugged = false');
  await expect(notices).toHaveText('The microphone was lost for a moment. The other side hears you again.');
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
  expect(Object.values(exchange.received('INVITE'))).toEqual([2]); // the call and its credentials: nothing was renegotiated
  await phone.getByRole('button', { name: 'Hang up' }).click();
  await expect.poll(() => callAt(exchange, CUSTOMER).state).toBe('cleared');
  expect(await callbar.offscreen.evaluate('opened.map((track) => track.readyState)')).toEqual(['ended', 'ended']);
});

test('a server that restarts in the middle of a call: the call goes on, says so, and can be ended afterwards', async ({
  callbar,
  exchange,
}) => {
  const phone = await talkTo(callbar, CUSTOMER);

  const back = exchange.faults.restart(3_000);
  const bar = phone.getByRole('region', { name: 'Can calls reach me' });
  await expect(bar).toContainText('Server connection lost');
  await expect(bar).toContainText('Your call goes on. New calls cannot reach you.');
  await expect(bar.getByRole('button', { name: 'Try now' })).toBeVisible();
  await expect(card(phone, /138 0013 8000/)).toContainText('Server connection lost. The call goes on.');
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
  expect((await stateOf(callbar)).links.sip?.state).toBe('reopening');

  await back;
  await untilReachable(callbar);
  await expect(bar).toContainText('In a call');
  await expect(card(phone, /138 0013 8000/)).not.toContainText('Server connection lost');
  await expectSoundBothWays(callbar, exchange, CUSTOMER);
  await phone.getByRole('button', { name: 'Hang up' }).click();
  await expect.poll(() => callAt(exchange, CUSTOMER).state).toBe('cleared');
});

test('a call that is ended while the server is away is over here at once, and there when it is back', async ({
  callbar,
  exchange,
}) => {
  const phone = await talkTo(callbar, CUSTOMER);
  await loseServer(callbar, exchange);

  await phone.getByRole('button', { name: 'Hang up' }).click();
  await expect(phone.getByLabel('Number to call')).toBeVisible();
  await expect.poll(async () => (await callbar.offscreen.sound()).connections).toBe(0);
  expect(callAt(exchange, CUSTOMER).state).toBe('talking');

  exchange.faults.set({ refuseSockets: false });
  await untilReachable(callbar);
  await expect.poll(() => callAt(exchange, CUSTOMER).state).toBe('cleared');
  expect(Object.values(exchange.received('BYE'))).toEqual([1]);
});

async function loseServer(callbar: Callbar, exchange: Exchange): Promise<void> {
  exchange.faults.set({ refuseSockets: true });
  exchange.faults.dropSockets();
  await expect.poll(async () => (await stateOf(callbar)).links.sip?.state).toBe('reopening');
}

/** From now on the offscreen document counts how often it asks for a microphone, and those it opened can be taken away. */
async function watchMicrophones(callbar: Callbar): Promise<void> {
  await callbar.offscreen.evaluate(`
    globalThis.asked = 0;
    globalThis.opened = [];
    globalThis.unplugged = false;
    globalThis.lose = (track) => track.dispatchEvent(new Event('ended'));
    globalThis.ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wanted) => {
      asked += 1;
      if (unplugged) throw new DOMException('', 'NotFoundError');
      const stream = await ask(wanted);
      opened.push(...stream.getAudioTracks());
      return stream;
    };
    null;
  `);
}
const microphoneRequests = (callbar: Callbar) => callbar.offscreen.evaluate('asked');

/** As the agent does in the set-up tab. */
async function grantMicrophone(callbar: Callbar): Promise<void> {
  const session = await callbar.context.browser()?.newBrowserCDPSession();
  await session?.send('Browser.setPermission', {
    origin: callbar.origin,
    permission: { name: 'microphone' },
    setting: 'granted',
  });
}

async function expectHeard(callbar: Callbar): Promise<void> {
  const before = (await callbar.offscreen.sound()).heardEnergy;
  await expect
    .poll(async () => (await callbar.offscreen.sound()).heardEnergy, { timeout: 15_000 })
    .toBeGreaterThan(before);
}
