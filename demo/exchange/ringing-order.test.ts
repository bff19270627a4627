// Whose phone rings when: an own phone first, a queue's agents in turn; and who is in a call without counting in it.
import { beforeEach, expect, test } from 'vitest';
import { manualClock } from './manual-clock';
import { findService } from './numbers';
import { Switching } from './switching';

let clock = manualClock();
let told: string[] = [];
let switching: Switching;

beforeEach(() => {
  clock = manualClock();
  told = [];
  switching = new Switching({ clock, findService, newCallId: () => 'own1' });
  for (const device of ['1001', '1002', '1003']) {
    switching.addStation(device);
    switching.setInService(device, true);
  }
  switching.listen((event) => {
    const who = event.type === 'callCleared' ? `by ${event.by}` : event.device;
    told.push([event.type, who, ...('cause' in event ? [event.cause] : [])].join(' '));
  });
});

test('whose own phone is rung first calls nobody before it is answered', () => {
  switching.makeCall({ callId: 'c', from: '1001', to: '1002', prompt: '1002' });
  switching.alert('c', '1001');
  expect(told).toEqual(['offered 1001']);
  switching.answer('c', '1001');
  switching.alert('c', '1002');
  switching.answer('c', '1002');
  expect(told.slice(1)).toEqual(['offered 1002', 'delivered 1002', 'established 1002']);
});

test('whose own phone nobody answers has called nobody', () => {
  switching.makeCall({ callId: 'c', from: '1001', to: '1002', prompt: '1002' });
  clock.pass(60_000);
  expect(told).toEqual(['offered 1001', 'connectionCleared 1001 408', 'callCleared by 1001 408']);
});

test('who only listens does not keep a call alive, and nobody is told of who listens unseen', () => {
  switching.makeCall({ callId: 'c', from: '1001', to: '600' });
  clock.pass(150);
  switching.singleStepConference('c', '1001', '1002', true);
  switching.answer('c', '1002');
  expect(switching.spy('c', '1003')).toBe(true);
  switching.answer('c', '1003');
  expect(told.filter((line) => line.startsWith('conferenced'))).toEqual(['conferenced 1001']);
  switching.clear('c', '600');
  expect(switching.liveCalls()).toEqual([]);
});

test('a call that a queue has sent to a station comes back where nobody answers', () => {
  switching.makeServiceCall({ number: '+4930', name: '', voice: 'customer', steps: [] }, '1003');
  switching.deflect('own1', '1003', '1002', 5_000);
  clock.pass(5_000);
  expect(told).toEqual([
    'offered 1003',
    'connectionCleared 1003 200',
    'offered 1002',
    'connectionCleared 1002 408',
    'offered 1003',
  ]);
});
