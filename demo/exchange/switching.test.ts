import { beforeEach, expect, test } from 'vitest';
import { manualClock } from './manual-clock';
import { findService } from './numbers';
import type { SwitchingEvent } from './switched-call';
import { Switching } from './switching';

let clock = manualClock();
let told: string[] = [];
let switching: Switching;

beforeEach(() => {
  clock = manualClock();
  told = [];
  let serial = 0;
  switching = new Switching({ clock, findService, newCallId: () => `own${++serial}` });
  for (const device of ['1001', '1002', '1003']) {
    switching.addStation(device);
    switching.setInService(device, true);
  }
  switching.listen((event) => told.push(inWords(event)));
});

function inWords(event: SwitchingEvent): string {
  if (event.type === 'callCleared') return `callCleared by ${event.by} ${event.cause}`;
  const detail = 'cause' in event ? ` ${event.cause}` : 'status' in event ? ` ${event.status}` : '';
  return `${event.type} ${event.device}${detail}`;
}

const call = (to: string) => switching.makeCall({ callId: 'c', from: '1001', to });

test('an outside customer rings for two seconds, answers, and hangs up after ten minutes', () => {
  call('+8613912345678');
  clock.pass(1999);
  expect(told).toEqual(['delivered +8613912345678']);
  clock.pass(1);
  expect(told.at(-1)).toBe('established +8613912345678');
  clock.pass(599_999);
  expect(switching.liveCalls()).toHaveLength(1);
  clock.pass(1);
  expect(told.slice(-3)).toEqual([
    'connectionCleared +8613912345678 200',
    'connectionCleared 1001 200',
    'callCleared by +8613912345678 200',
  ]);
});

test.each([
  ['602', 486],
  ['604', 603],
  ['603', 408],
  ['1503', 503],
  ['404', 404],
  ['77', 404],
  ['1001', 486],
  ['hello', 484],
])('a call to %s ends with %i', (number, status) => {
  call(number);
  clock.pass(60_000);
  expect(told.at(-1)).toBe(`callCleared by ${number} ${status}`);
  expect(told).toContain(`connectionCleared 1001 ${status}`);
  expect(switching.liveCalls()).toEqual([]);
});

test('a station out of service is unavailable', () => {
  switching.setInService('1002', false);
  call('1002');
  expect(told).toContain('connectionCleared 1001 480');
});

test('two stations talk, one holds and takes the call back, the other hangs up', () => {
  call('1002');
  switching.alert('c', '1002');
  switching.answer('c', '1002');
  switching.hold('c', '1001');
  switching.hold('c', '1001');
  switching.retrieve('c', '1001');
  switching.clear('c', '1002');

  expect(told).toEqual([
    'offered 1002',
    'delivered 1002',
    'established 1002',
    'held 1001',
    'retrieved 1001',
    'connectionCleared 1002 200',
    'connectionCleared 1001 200',
    'callCleared by 1002 200',
  ]);
});

test('one who is lost ends the call for the other like a hang-up, and the cause is kept', () => {
  call('600');
  clock.pass(150);
  switching.clear('c', '1001', 408);
  expect(told.slice(-3)).toEqual([
    'connectionCleared 1001 408',
    'connectionCleared 600 200',
    'callCleared by 1001 408',
  ]);
});

test('a caller who gives up stops the ringing', () => {
  call('1002');
  switching.alert('c', '1002');
  switching.clear('c', '1001', 487);
  expect(told.slice(-2)).toEqual(['connectionCleared 1002 487', 'callCleared by 1001 487']);
});

test('who asked to be called back is rung by the customer', () => {
  call('609');
  clock.pass(2500);
  expect(told.at(-1)).toBe('offered 1001');
  expect(switching.liveCalls()[0]).toMatchObject({ from: '+8613812345678', fromName: '王小明 Wang Xiaoming' });
});

test('the time until the call back can be dialled', () => {
  call('60812');
  clock.pass(1500 + 12_000 - 1);
  expect(switching.liveCalls()).toEqual([]);
  clock.pass(1);
  expect(told.at(-1)).toBe('offered 1001');
});

test('a transferred customer talks to the new party and the first is let go', () => {
  call('+8613912345678');
  clock.pass(2000);
  switching.singleStepTransfer('c', '1001', '1002');
  switching.alert('c', '1002');
  switching.answer('c', '1002');

  expect(told.slice(2)).toEqual([
    'transferProgress 1001 100',
    'offered 1002',
    'delivered 1002',
    'transferProgress 1001 180',
    'established 1002',
    'transferProgress 1001 200',
    'connectionCleared 1001 200',
  ]);
  expect(switching.liveCalls()[0]?.connections.map((each) => [each.device, each.state])).toEqual([
    ['+8613912345678', 'connected'],
    ['1002', 'connected'],
  ]);
});

test('a refused transfer loses nobody, whoever refuses it', () => {
  for (const to of ['602', '404', '1001']) {
    told = [];
    switching.makeCall({ callId: to, from: '1001', to: '600' });
    clock.pass(150);
    switching.singleStepTransfer(to, '1001', to);
    clock.pass(100);
    expect(told.some((line) => line.startsWith('transferProgress 1001 4'))).toBe(true);
    expect(switching.liveCalls().at(-1)?.connections).toHaveLength(2);
  }
});

test('one who leaves during the transfer leaves the customer ringing at the new party', () => {
  call('+8613912345678');
  clock.pass(2000);
  switching.singleStepTransfer('c', '1001', '1002');
  switching.clear('c', '1001');
  expect(switching.liveCalls()[0]?.connections.map((each) => each.device)).toEqual(['+8613912345678', '1002']);

  switching.clear('c', '1002', 486);
  expect(told.at(-1)).toBe('callCleared by 1002 486');
});

test('commands for calls and devices that are gone change nothing', () => {
  call('600');
  clock.pass(150);
  const before = told.length;
  switching.answer('c', '1003');
  switching.clear('other', '1001');
  switching.retrieve('c', '1001');
  switching.alert('c', '600');
  expect(told).toHaveLength(before);
});

function talkingAndConsulting(to: string): void {
  call('600');
  clock.pass(150);
  switching.makeCall({ callId: 'd', from: '1001', to });
}

test('after a consultation the two far ends talk and the agent is out of both calls', () => {
  talkingAndConsulting('601');
  clock.pass(150);
  told = [];
  switching.attendedTransfer('c', '1001', 'd');
  expect(told).toEqual([
    'transferProgress 1001 100',
    'moved 601',
    'transferProgress 1001 200',
    'connectionCleared 1001 200',
    'connectionCleared 1001 200',
    'callCleared by 1001 200',
  ]);
  expect(switching.liveCalls()).toMatchObject([{ id: 'c', connections: [{ device: '600' }, { device: '601' }] }]);
});

test('a colleague who still rings goes on ringing in the first call, and answers or gives up there', () => {
  for (const [to, end] of [
    ['612', 'connectionCleared 1001 200'],
    ['604', 'transferProgress 1001 603'],
  ] as const) {
    talkingAndConsulting(to);
    clock.pass(100);
    switching.attendedTransfer('c', '1001', 'd');
    expect(told.slice(-2)).toEqual(['connectionCleared 1001 487', 'callCleared by 1001 487']);
    clock.pass(5000);
    expect(told.at(-1)).toBe(end);
    expect(switching.call('c')?.connections).toHaveLength(2);
    switching.clear('c', '600');
    expect(switching.liveCalls()).toEqual([]);
  }
});

test('calls that cannot be joined are left as they are', () => {
  talkingAndConsulting('600');
  clock.pass(150);
  switching.attendedTransfer('c', '1001', 'd'); // the same far end twice
  expect(told.at(-1)).toBe('transferProgress 1001 486');
  switching.attendedTransfer('c', '1001', 'c');
  expect(told.at(-1)).toBe('transferProgress 1001 491');
  const before = told.length;
  switching.attendedTransfer('c', '1002', 'd');
  switching.attendedTransfer('c', '1001', 'gone');
  expect(told).toHaveLength(before);
  expect(switching.liveCalls().map(({ connections }) => connections.length)).toEqual([2, 2]);
});

test('another station takes over a place in a call that stands', () => {
  call('600');
  expect(switching.takeOver('c', '1001', '1002')).toBe(false);
  clock.pass(150);
  expect(switching.takeOver('c', '1001', '600')).toBe(false);
  expect(switching.takeOver('c', '1001', '1002')).toBe(true);
  expect(told.slice(-2)).toEqual(['established 1002', 'connectionCleared 1001 200']);
});

test('the holding customer holds and comes back, and the second caller comes', () => {
  call('610');
  clock.pass(9150);
  expect(told.slice(-2)).toEqual(['held 610', 'retrieved 610']);
  switching.clear('c', '1001');
  call('611');
  clock.pass(2149);
  expect(told.at(-1)).toBe('established 611');
  clock.pass(1);
  expect(told.at(-1)).toBe('offered 1001');
});

test('a station that dialled *72 is rung no more, its target is; *73 ends that', () => {
  switching.makeCall({ callId: 'code', from: '1001', to: '*721002' });
  clock.pass(2_000);
  expect(switching.call('code')).toBeUndefined(); // confirmed and hung up by the exchange

  switching.makeCall({ callId: 'one', from: '1003', to: '1001' });
  expect(switching.call('one')?.connections.map(({ device }) => device)).toEqual(['1003', '1002']);
  switching.clear('one', '1003');

  switching.makeCall({ callId: 'end', from: '1001', to: '*73' });
  clock.pass(2_000);
  switching.makeCall({ callId: 'two', from: '1003', to: '1001' });
  expect(switching.call('two')?.connections.map(({ device }) => device)).toEqual(['1003', '1001']);
});
