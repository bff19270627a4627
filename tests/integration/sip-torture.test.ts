// RFC 4475: every message through the real data handler, in a call: as it stands there (404, it is for somebody else),
// and addressed to us.
import { expect, test, beforeAll } from 'vitest';
import { installNodeBrowser } from './node-browser';
import { openTrialDesk } from './trials/desk';
import { answersTo, settled } from './trials/raw-requests';
import { addressedTo, readTorture } from './trials/torture';

const NOT_WELL_FORMED = [400];
const REGISTRARS_WORK = [405];
const PLAIN_RTP = [100, 488];
const UNASKED: number[] = [];
/** What we answer where the message is for us. A comment stands where the RFC would have something else. */
const ANSWERS: Readonly<Record<string, number[]>> = {
  wsinv: [100, 481], // in a dialog that we do not know
  intmeth: [405], // 501; either says that the method is none of ours
  esc01: PLAIN_RTP,
  escnull: REGISTRARS_WORK,
  esc02: [405], // 501, as above
  lwsdisp: [200],
  longreq: PLAIN_RTP,
  dblreq: REGISTRARS_WORK, // and nothing for the second request in the frame
  semiuri: [200],
  transports: [200],
  mpart01: [405],
  unreason: UNASKED,
  noreason: UNASKED,
  badinv01: NOT_WELL_FORMED,
  clerr: NOT_WELL_FORMED,
  ncl: NOT_WELL_FORMED,
  scalar02: UNASKED, // 400; ours carries the CSeq as it came, which the exchange does not take
  scalarlg: UNASKED,
  quotbal: NOT_WELL_FORMED,
  ltgtruri: NOT_WELL_FORMED,
  lwsruri: NOT_WELL_FORMED,
  lwsstart: NOT_WELL_FORMED,
  trws: NOT_WELL_FORMED,
  escruri: PLAIN_RTP, // 400, or ignore the headers in the URI: we ignore them
  baddate: PLAIN_RTP, // 400, or ignore the date: we ignore it
  regbadct: NOT_WELL_FORMED,
  badaspec: NOT_WELL_FORMED,
  baddn: NOT_WELL_FORMED,
  badvers: [505],
  mismatch01: NOT_WELL_FORMED,
  mismatch02: NOT_WELL_FORMED,
  bigcode: UNASKED,
  badbranch: [200],
  insuf: UNASKED, // 400, "ideally"; without From, To and Call-ID there is nobody to say it to
  unkscm: [416],
  novelsc: [416],
  unksm2: NOT_WELL_FORMED,
  bext01: [420],
  invut: [100, 415],
  regaut01: REGISTRARS_WORK,
  multi01: NOT_WELL_FORMED,
  mcl01: NOT_WELL_FORMED,
  bcast: UNASKED,
  zeromf: [200],
  cparam01: REGISTRARS_WORK,
  cparam02: REGISTRARS_WORK,
  regescrt: REGISTRARS_WORK,
  sdp01: [100, 406],
  inv2543: [100, 500], // it has no Contact, which RFC 3261 demands: nothing could ever be sent to its sender
};
const FOR_ANYBODY = new Set([400, 416, 420, 505]);

beforeAll(installNodeBrowser);

test('the 49 messages of RFC 4475 in a call: each is answered as the RFC says, and the call goes on', async () => {
  const { exchange, phone, close } = await openTrialDesk();
  const live = await phone.talking('600');
  const messages = readTorture();
  const toUs = new Map<string, number[]>();
  const asTheyStand = new Map<string, number[]>();

  for (const message of messages) {
    const ours = addressedTo('1001', message);
    exchange.faults.sendRaw('1001', message.frame);
    exchange.faults.sendRaw('1001', ours.frame);
    await settled(exchange);
    asTheyStand.set(message.name, answersTo(exchange, message.callId));
    toUs.set(message.name, answersTo(exchange, ours.callId));
  }

  expect(messages).toHaveLength(49);
  expect(Object.fromEntries(toUs)).toEqual(ANSWERS);
  const forSomebody = Object.entries(ANSWERS).map(([name, [status]]) => {
    return [name, status === undefined ? [] : FOR_ANYBODY.has(status) ? [status] : [404]];
  });
  expect(Object.fromEntries(asTheyStand)).toEqual(Object.fromEntries(forSomebody));
  await phone.perform({ type: 'hold', callId: live });
  await phone.becomes('held', live);
  expect(phone.calls.map(({ id }) => id)).toEqual([live]); // nothing rang
  expect(phone.link?.state).toBe('open');
  expect(phone.logged).toEqual([]); // no frame made JsSIP throw
  await close();
});
