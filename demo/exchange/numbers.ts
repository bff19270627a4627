// The numbering plan: what each number of the exchange does when it is rung. Pure.
// Design: every outcome a phone can meet has a number one can dial.

export type VoiceName =
  | 'silence'
  | 'echo'
  | 'tone'
  | 'customer'
  | 'keypad'
  | 'room'
  | 'beep'
  | 'emergency'
  | 'ringback'
  | 'waiting'
  | 'music';
export interface OutsideCaller {
  from: string;
  name: string;
}
export type Step =
  | { atMs: number; do: 'alert' | 'earlyMedia' | 'answer' | 'hold' | 'retrieve' }
  | { atMs: number; do: 'clear'; status: number }
  | { atMs: number; do: 'secondCaller'; caller: OutsideCaller };
/** How the INVITE of a far end that calls is unlike the ordinary one. */
export type Manner = 'lateOffer' | 'videoOnly' | 'plainRtp' | 'merged' | 'asksAnswer';
export const manners: readonly Manner[] = ['lateOffer', 'videoOnly', 'plainRtp', 'merged', 'asksAnswer'];
/** How a far end that is no station behaves; `atMs` counts from the moment it is rung. */
export interface Service {
  number: string;
  name: string;
  voice: VoiceName;
  /** Of the voice `tone`; 440 where it is not said. */
  hertz?: number;
  steps: readonly Step[];
  /** After its call ended the caller is rung by this outside number. */
  callBack?: OutsideCaller & { afterMs: number };
  manner?: Manner;
  /** Calls for who dials it go there from its answer on; `null`: no longer. */
  forwards?: string | null;
}

/** Where 613 has moved to. */
export const movedTo = '601';
const alert: Step = { atMs: 50, do: 'alert' };
const customerTalkMs = 600_000;
/** Number and name of the customer who rings back. */
export const callingCustomer: OutsideCaller = { from: '+8613812345678', name: '王小明 Wang Xiaoming' };

const fixed: readonly (Service & { does: string })[] = [
  {
    number: '600',
    name: 'Echo',
    does: 'answers and repeats what it hears',
    voice: 'echo',
    steps: [alert, answerAt(150)],
  },
  {
    number: '601',
    name: 'Tone',
    does: 'answers and plays a 440 Hz tone',
    voice: 'tone',
    steps: [alert, answerAt(150)],
  },
  { number: '602', name: 'Busy', does: 'is busy (486)', voice: 'silence', steps: [clearAt(100, 486)] },
  { number: '603', name: 'No answer', does: 'rings until cancelled, 408 after 60 s', voice: 'silence', steps: [alert] },
  {
    number: '604',
    name: 'Declined',
    does: 'rings 1 s and declines (603)',
    voice: 'silence',
    steps: [alert, clearAt(1000, 603)],
  },
  {
    number: '605',
    name: 'Early media',
    does: 'plays a ringing tone before it answers after 3 s (183 with SDP)',
    voice: 'ringback',
    steps: [{ atMs: 100, do: 'earlyMedia' }, answerAt(3100)],
  },
  {
    number: '606',
    name: 'Keypad',
    does: 'answers, beeps for each key and reports the keys',
    voice: 'keypad',
    steps: [alert, answerAt(150)],
  },
  {
    number: '607',
    name: 'Conference room',
    does: 'everyone who dials it hears the others',
    voice: 'room',
    steps: [alert, answerAt(150)],
  },
  callBackNumber('608', 5),
  callBackNumber('609', 1),
  {
    number: '610',
    name: 'Holding customer',
    does: 'answers, puts you on hold with music after 3 s and comes back 6 s later',
    voice: 'customer',
    steps: [alert, answerAt(150), { atMs: 3150, do: 'hold' }, { atMs: 9150, do: 'retrieve' }],
  },
  {
    number: '611',
    name: 'Second caller',
    does: 'answers, and 2 s later another customer calls you',
    voice: 'customer',
    steps: [alert, answerAt(150), { atMs: 2150, do: 'secondCaller', caller: callingCustomer }],
  },
  consultNumber('612', 5),
  {
    number: '613',
    name: 'Moved',
    does: `has moved to ${movedTo} (302)`,
    voice: 'silence',
    steps: [clearAt(100, 302)],
  },
];

/** Where messages are heard; told to the phones as Message-Account (RFC 3842). */
export const mailboxNumber = '*98';

const emergencyNumbers = ['110', '112', '119', '120', '911'];

/** What can be dialled, for people to read. */
export const numberGuide: readonly { number: string; does: string }[] = [
  ...fixed.map(({ number, does }) => ({ number, does })),
  { number: '601NN', does: 'as 601, with a tone of NN × 100 Hz' },
  { number: '607NN', does: 'as 607: the room NN, one of its own' },
  { number: '608NN', does: 'as 608, ringing back after NN seconds' },
  { number: '612NN', does: 'as 612, ringing NN seconds' },
  { number: '1NNN', does: 'NNN from 400 to 699: fails with that SIP status, such as 1480 or 1503' },
  { number: '*72 and a number', does: 'calls for you go there from now on; *73 ends it' },
  { number: mailboxNumber, does: 'the mailbox: answers and beeps' },
  { number: '404', does: 'does not exist (404), as any other number of three or four digits' },
  { number: emergencyNumbers.join(' '), does: 'a make-believe emergency desk; no real service is rung' },
  { number: '+ and 5 or more digits', does: 'a customer: rings 2 s, answers, speaks and repeats what it hears' },
];

/** @returns the service behind a dialled number, or the SIP status it is refused with. */
export function findService(dialled: string): Service | number {
  const number = dialled.replace(/[\s().-]/g, '');
  const known = fixed.find((each) => each.number === number);
  if (known) return known;
  const pitched = /^601(\d\d)$/.exec(number);
  if (pitched) return { ...service('601'), number, hertz: 100 * Number(pitched[1]) };
  if (/^607\d\d$/.test(number)) return { ...service('607'), number };
  const callBack = /^608(\d\d)$/.exec(number);
  if (callBack) return callBackNumber(number, Number(callBack[1]));
  const consult = /^612(\d\d)$/.exec(number);
  if (consult) return consultNumber(number, Number(consult[1]));
  const failure = /^1([4-6]\d\d)$/.exec(number);
  if (failure) return { number, name: 'Failure', voice: 'silence', steps: [clearAt(100, Number(failure[1]))] };
  const forwards = /^\*72(\+?\d{3,15})$/.exec(number)?.[1] ?? (number === '*73' ? null : undefined);
  if (forwards !== undefined) {
    return { number, name: 'Forwarding', voice: 'beep', steps: [alert, answerAt(150), clearAt(1200, 200)], forwards };
  }
  if (number === mailboxNumber) return { number, name: 'Mailbox', voice: 'beep', steps: [alert, answerAt(150)] };
  if (emergencyNumbers.includes(number)) {
    return { number, name: 'Emergency desk (demo)', voice: 'emergency', steps: [alert, answerAt(300)] };
  }
  if (/^\+?\d{5,}$/.test(number)) return customer(number);
  return /^[+\d*#]+$/.test(number) ? 404 : 484;
}

/** An outside number that answers after ringing for 2 s and hangs up after 10 minutes. */
export function customer(number: string, name = 'Customer'): Service {
  return { number, name, voice: 'customer', steps: [alert, answerAt(2000), clearAt(2000 + customerTalkMs, 200)] };
}

function callBackNumber(number: string, seconds: number): Service & { does: string } {
  return {
    number,
    name: 'Call me back',
    does: `answers, beeps, hangs up and rings back after ${seconds} s`,
    voice: 'beep',
    steps: [alert, answerAt(150), clearAt(1500, 200)],
    callBack: { afterMs: seconds * 1000, ...callingCustomer },
  };
}

function consultNumber(number: string, seconds: number): Service & { does: string } {
  return {
    number,
    name: 'Colleague',
    does: `a colleague to consult: rings ${seconds} s, then answers`,
    voice: 'customer',
    steps: [alert, answerAt(seconds * 1000)],
  };
}

function service(number: string): Service {
  const found = fixed.find((each) => each.number === number);
  if (!found) throw new Error(`no service ${number}`);
  return found;
}

function answerAt(atMs: number): Step {
  return { atMs, do: 'answer' };
}

function clearAt(atMs: number, status: number): Step {
  return { atMs, do: 'clear', status };
}
