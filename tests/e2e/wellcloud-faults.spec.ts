// What goes wrong at a wellCloud server, as the agent reads it in the popup: refused logins, bad answers, lost events.
import type { Page } from '@playwright/test';
import { CUSTOMER, expect, inCall, reach, test, verb } from './agent-desk';
import { agentOf, callAt, card, dial } from './desk';
import { startEventDoor } from './event-door';

const LATER = '13900139000';
const customer = (phone: Page) => card(phone, /138/);
const password = (phone: Page) => phone.getByLabel('Password', { exact: true });

test('a wrong password is told at its field; an extension of somebody else, at that one', async ({
  phone,
  exchange,
  colleague,
}) => {
  await colleague('5002');
  await password(phone).fill('not this one');
  await verb(phone, 'Log in').click();
  await expect(password(phone)).toHaveAccessibleDescription(/does not know this agent ID, domain and password/);
  await expect(password(phone)).toBeFocused();

  await phone.getByLabel('Extension', { exact: true }).fill('8002');
  await password(phone).fill(agentOf(exchange, '5001').password);
  await verb(phone, 'Log in').click();
  await expect(phone.getByLabel('Extension', { exact: true })).toHaveAccessibleDescription(/8002 is in use by 5002/);
  expect(exchange.wellcloud.loggedOn()).toMatchObject([{ agentId: `5002@${exchange.domain}` }]);
});

test('an agent who is logged in elsewhere is asked, and logs in here when that is wanted', async ({
  callbar,
  phone,
  exchange,
  colleague,
}) => {
  await callbar.configureAgent(agentOf(exchange, '5001'), { agent: { loginMode: 'ask' } });
  const elsewhere = await colleague('5001', '8003');
  await password(phone).fill(agentOf(exchange, '5001').password);
  await verb(phone, 'Log in').click();
  await expect(phone.getByRole('alert')).toContainText('Agent 5001 is logged in at extension 8003.');
  await verb(phone, 'Log in here').click();

  await expect(reach(phone)).toContainText('Not ready');
  await elsewhere.event('agentLoggedOff');
  expect(exchange.wellcloud.loggedOn()).toMatchObject([{ device: `8001@${exchange.domain}` }]);
});

test('a proxy’s error page in place of an answer is told with its number, and the call stays as it is', async ({
  callbar,
  phone,
  exchange,
}) => {
  await callbar.logIn();
  await dial(phone, CUSTOMER);
  await expect(customer(phone)).toContainText('In call');
  exchange.wellcloud.answerNext({ answer: 'html', path: '/hold' });
  await verb(phone, 'Hold').click();

  await expect(phone.getByRole('alert')).toContainText('error 502');
  await expect(customer(phone)).toContainText('In call');
  await verb(phone, 'Hold').click();
  await expect(customer(phone)).toContainText('On hold');
  await expect(phone.getByRole('alert')).toBeHidden();
});

test('events are cut off in a call: told, buttons grey; once they come again, what happened meanwhile is there', async ({
  callbar,
  phone,
  exchange,
}) => {
  const door = await startEventDoor(exchange.wellcloud.eventUrl);
  await callbar.configureAgent(agentOf(exchange, '5001'), { agent: { eventServer: door.url } });
  await callbar.logIn();
  await dial(phone, CUSTOMER);
  await expect(customer(phone)).toContainText('In call');

  door.shut();
  await expect(reach(phone)).toContainText('Call control reconnecting');
  await expect(customer(phone)).toContainText('The call goes on.');
  for (const grey of ['Hold', 'Transfer', 'Consult']) await expect(verb(phone, grey)).toHaveAttribute('aria-disabled');
  exchange.hangup(callAt(exchange, CUSTOMER).id);
  exchange.wellcloud.queueCall('8001', LATER);
  door.open();

  await expect(card(phone, /139/)).toContainText('Call waiting');
  await expect(customer(phone)).toContainText('Not confirmed: this call may be over. Hang up if nobody is there.');
  await verb(phone, 'Hang up').click();
  await expect(customer(phone)).toBeHidden();
  await verb(phone, 'Answer').click();
  await expect(card(phone, /139/)).toContainText('In call');
  await expect(verb(phone, 'Hold')).not.toHaveAttribute('aria-disabled');
  expect(inCall(exchange, LATER)).toEqual([LATER, '8001']);
  door.close();
});

/** When the popup has drawn a call for the first time, by its own clock. */
const NOTE_FIRST_CALL = () =>
  new MutationObserver((_, observer) => {
    if (!document.querySelector('[role=timer]')) return;
    observer.disconnect();
    requestAnimationFrame(() => (document.documentElement.dataset['firstCall'] = String(performance.now())));
  }).observe(document, { childList: true, subtree: true });

test('1,000 events a second for five seconds: a popup opened meanwhile shows the truth, and so does it afterwards', async ({
  callbar,
  phone,
  exchange,
}) => {
  await callbar.logIn();
  await dial(phone, CUSTOMER);
  await expect(customer(phone)).toContainText('In call');
  const { id } = callAt(exchange, CUSTOMER);
  const storm = startStorm((count) => (count % 2 === 0 ? exchange.hold(id, true) : exchange.retrieve(id)));
  await expect.poll(() => storm.events()).toBeGreaterThan(1_000);

  const late = await callbar.context.newPage();
  await late.addInitScript(NOTE_FIRST_CALL);
  await late.goto(`${callbar.origin}/popup/index.html`);
  await expect(customer(late).getByRole('timer')).toBeVisible();
  await storm.atLeast(5_000);
  exchange.hold(id, true);

  for (const popup of [phone, late]) await expect(customer(popup)).toContainText('The other side has put you on hold');
  exchange.retrieve(id);
  for (const popup of [phone, late]) await expect(customer(popup)).not.toContainText('put you on hold');
  const shownMs = Math.round(await late.evaluate(() => Number(document.documentElement.dataset['firstCall'])));
  console.log(`${storm.events()} events; the popup showed its call after ${shownMs} ms`);
  await late.close();
});

/** 1,000 times a second. `atLeast` resolves once it has been so many, and ends it. */
function startStorm(once: (count: number) => unknown) {
  let events = 0;
  const began = performance.now();
  const timer = setInterval(() => {
    for (const due = performance.now() - began; events < due; events += 1) once(events);
  }, 5);
  return {
    events: () => events,
    async atLeast(count: number) {
      await expect.poll(() => events).toBeGreaterThanOrEqual(count);
      clearInterval(timer);
    },
  };
}
