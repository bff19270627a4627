import { expect, test } from 'vitest';
import { healthy, stepRepair, type RepairAct, type RepairEvent, type RepairState } from './media-repair';

type Told<E> = E extends unknown ? Omit<E, 'at'> : never;
/** A call and its clock. */
class Patient {
  at = 0;
  state: RepairState = healthy(0, true);
  wakeAt: number | undefined;
  readonly acts: string[] = [];

  /** Whether the server answers when asked; it takes no time. */
  serverThere = true;

  tell(event: Told<RepairEvent>): readonly RepairAct[] {
    const step = stepRepair(this.state, { ...event, at: this.at });
    this.state = step.state;
    this.wakeAt = step.wakeAt;
    this.acts.push(...step.acts.map((act) => `${this.at} ${act}`));
    if (step.acts.includes('askServer') && this.serverThere) this.tell({ type: 'serverAnswered' });
    return step.acts;
  }

  /** A look each second; due wakes in between. */
  seconds(count: number, heard: boolean, due = true): this {
    for (let second = 0; second < count; second += 1) {
      const end = this.at + 1_000;
      while (this.wakeAt !== undefined && this.wakeAt < end) {
        this.at = this.wakeAt;
        this.tell({ type: 'woke' });
        this.answer();
      }
      this.at = end;
      this.tell({ type: 'looked', heard, due });
      this.answer();
    }
    return this;
  }

  result: Told<RepairEvent & { type: 'offered' }> | undefined = { type: 'offered', result: 'agreed' };
  answer(): void {
    if (this.state.offering && this.result) this.tell(this.result);
  }

  times(act: RepairAct): number[] {
    return this.acts.filter((one) => one.endsWith(` ${act}`)).map((one) => Number.parseInt(one, 10));
  }
}

test('three seconds without a packet change nothing; the server is asked whether it is there', () => {
  const call = new Patient().seconds(10, true).seconds(3, false).seconds(5, true);

  expect(call.acts).toEqual(['11000 askServer']);
});

test('after five seconds the agent is told and ICE restarts; sound that comes back by itself ends it', () => {
  const call = new Patient().seconds(10, true).seconds(6, false).seconds(5, true);

  expect(call.acts).toEqual([
    '11000 askServer',
    '15000 askServer',
    '15000 soundLost',
    '15000 restart',
    '17000 soundBack',
  ]);
  expect(call.state.brokenAt).toBeUndefined();
});

test('a long silence: restarts at most 2 s apart in the first minute, then each 5 s, until something arrives', () => {
  const call = new Patient().seconds(120, false);

  const tries = call.times('restart');
  const gaps = tries.slice(1).map((at, index) => at - (tries[index] ?? 0));
  expect(Math.max(...gaps.filter((_, index) => (tries[index] ?? 0) < 60_000))).toBeLessThanOrEqual(2_000);
  expect(gaps.at(-1)).toBe(5_000);
  expect(call.times('soundLost')).toEqual([5_000]);
  call.seconds(1, true);
  expect(call.times('soundBack')).toEqual([121_000]);
  call.seconds(30, true);
  expect(call.times('restart')).toHaveLength(tries.length);
});

test('while one offer waits for its answer there is no second', () => {
  const call = new Patient();
  call.result = undefined;

  call.seconds(40, false);

  expect(call.times('restart')).toEqual([5_000]);
});

test('nothing is offered over a socket whose server does not answer; over the next one at once', () => {
  const call = new Patient();
  call.serverThere = false;
  call.seconds(9, false);
  expect(call.times('askServer')).toEqual([1_000]);
  expect(call.times('restart')).toEqual([]);

  call.tell({ type: 'link', up: false });
  call.at += 300;
  call.tell({ type: 'link', up: true });

  expect(call.times('restart')).toEqual([9_300]);
});

test('a server that refuses is asked more and more rarely', () => {
  const call = new Patient();
  call.result = { type: 'offered', result: 'refused' };

  call.seconds(60, false);

  expect(call.times('restart')).toEqual([5_000, 7_000, 11_000, 19_000, 34_000, 49_000]);
});

test('an offer that met another is made again after its back-off', () => {
  const call = new Patient();
  call.result = { type: 'offered', result: 'again', backOffMs: 700 };

  call.seconds(6, false);

  expect(call.times('restart')).toEqual([5_000, 5_700]);
});

test('on hold nothing is due, so nothing is missed; sound due again has its five seconds', () => {
  const call = new Patient().seconds(30, false, false);
  expect(call.acts).toEqual([]);

  call.seconds(4, false);
  expect(call.times('soundLost')).toEqual([]);
  call.seconds(2, false);
  expect(call.times('soundLost')).toEqual([36_000]);
});

test('what the browser calls disconnected is repaired at once, on hold too, and is not told while nothing is due', () => {
  const call = new Patient().seconds(3, true, false);
  call.at = 3_500;

  call.tell({ type: 'connection', connected: false });

  expect(call.acts).toEqual(['3500 askServer', '3500 restart']);
  call.answer();
  call.tell({ type: 'connection', connected: true });
  call.seconds(3, true, false);
  expect(call.state.brokenAt).toBeUndefined();
});

test('with the socket lost nothing is offered; the moment it is back the path is made anew', () => {
  const call = new Patient().seconds(5, true);
  call.tell({ type: 'link', up: false });
  call.seconds(10, false);
  expect(call.times('restart')).toEqual([]);

  call.at += 100;
  call.tell({ type: 'link', up: true });

  expect(call.times('restart')).toEqual([15_100]);
});

test('a socket that comes back while sound flows: no offer', () => {
  const call = new Patient().seconds(5, true);
  call.tell({ type: 'link', up: false });
  call.seconds(3, true);
  call.tell({ type: 'link', up: true });

  call.seconds(20, true);

  expect(call.acts).toEqual([]);
});

test('a change of network: the server is asked at once, and the first second of silence restarts ICE', () => {
  const call = new Patient().seconds(5, true);
  call.at += 200;
  call.tell({ type: 'networkChanged' });
  expect(call.acts).toEqual(['5200 askServer']);
  call.at -= 200;

  call.seconds(1, true).seconds(1, false);

  expect(call.times('restart')).toEqual([7_000]);
});

test.for(['networkChanged', 'link'] as const)(
  'on hold after a change (%s): ICE asks every third second, so quiet seconds in between restart nothing',
  (change) => {
    const call = new Patient().seconds(5, true, false);
    call.tell(change === 'link' ? { type: change, up: false } : { type: change });
    if (change === 'link') call.tell({ type: 'link', up: true });

    for (let round = 0; round < 5; round += 1) call.seconds(2, false, false).seconds(1, true, false);

    expect(call.times('restart')).toEqual([]);
  },
);

test('on hold after a change with nothing at all for six seconds: the path is made anew, until something arrives', () => {
  const call = new Patient().seconds(5, true, false);
  call.tell({ type: 'networkChanged' });

  call.seconds(8, false, false);
  expect(call.times('restart')).toEqual([11_000, 13_000]);
  call.seconds(1, true, false).seconds(9, false, false);

  expect(call.times('restart')).toHaveLength(2);
});

test('taken back after a change that a quiet hold left open: a silent second is proof again', () => {
  const call = new Patient().seconds(5, true, false);
  call.tell({ type: 'networkChanged' });
  call.seconds(3, false, false);
  expect(call.times('restart')).toEqual([]);

  call.seconds(2, false);

  expect(call.times('restart')).toEqual([9_000]);
});

test('the browser guesses another speed: nothing comes of it while sound flows', () => {
  const call = new Patient().seconds(5, true);
  call.tell({ type: 'networkChanged' });

  call.seconds(3, true).seconds(1, false).seconds(5, true);

  expect(call.times('restart')).toEqual([]);
});

test('an offer that the lost socket took with it is made again as soon as there is another', () => {
  const call = new Patient();
  call.result = undefined;
  call.seconds(5, false);
  call.tell({ type: 'link', up: false });
  call.tell({ type: 'offered', result: 'again', backOffMs: 300 });
  call.at += 50;
  call.tell({ type: 'link', up: true });

  expect(call.times('restart')).toEqual([5_000, 5_050]);
});
