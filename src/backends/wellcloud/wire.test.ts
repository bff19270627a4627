import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fixture, fixtureNames } from '../../../tests/fixtures/wellclient';
import { readEvent } from './wire';

/** The original client's own inner events: they never come over the wire. */
const INNER = ['connectionCleared-inner', 'recoverStateSuccess-established', 'wsDisconnected'];

describe('reading an event', () => {
  test.each(fixtureNames('event').filter((name) => !INNER.includes(name)))('%s is read', (name) => {
    const wire = JSON.parse(fixture(name)) as { eventName: string; serial: number };
    expect(readEvent(fixture(name))).toMatchObject({ name: wire.eventName, serial: wire.serial });
  });

  test.each(INNER)('%s is none', (name) => {
    expect(readEvent(fixture(name))).toBeUndefined();
  });

  test('an inbound call of a queue carries its ends, its queue and its data', () => {
    expect(readEvent(fixture('delivered-inbound-queue'))).toEqual({
      family: 'csta',
      name: 'delivered',
      serial: 15296,
      time: '2018.04.10 15:39:56',
      receiver: '8100@welljoint.cc',
      callId: '5d0727a2-3c92-11e8-bbcd-33878bfda0e8',
      alerting: '8100@welljoint.cc',
      calling: '33255500@welljoint.cc',
      called: '8100@welljoint.cc',
      split: '7000@welljoint.cc',
      data: {
        origin_dnis: '5484',
        originalANI: '33255500@welljoint.cc',
        originalDNIS: '8100@welljoint.cc',
        originalCallId: '5d0727a2-3c92-11e8-bbcd-33878bfda0e8',
      },
    });
  });

  test('a domain written twice counts once, and an old call "0" is none', () => {
    expect(readEvent(fixture('transferred-singlestep'))).toMatchObject({ transferring: '8003@jasmine.cc' });
    const conferenced = readEvent(fixture('conferenced'));
    expect(conferenced).toMatchObject({ secondaryOldCall: 'b81b0af2-e40a-4e0e-a8ce-47be9474f245' });
    expect(conferenced).not.toHaveProperty('primaryOldCall');
  });

  test('a serial in quotes is a serial, an odd one is none, and the event counts all the same', () => {
    const held = JSON.parse(fixture('held')) as object;
    expect(readEvent(JSON.stringify({ ...held, serial: '17' }))).toMatchObject({ name: 'held', serial: 17 });
    for (const serial of [-1, 1.5, 'soon', null, {}]) {
      const event = readEvent(JSON.stringify({ ...held, serial }));
      expect(event).toMatchObject({ name: 'held' });
      expect(event).not.toHaveProperty('serial');
    }
  });

  test('attached data are texts, cut to size; the rest is left behind', () => {
    const delivered = JSON.parse(fixture('delivered-inbound-queue')) as object;
    const data = { vip: true, age: 41, note: 'x'.repeat(2_000), nested: { a: 1 }, none: null };
    const event = readEvent(JSON.stringify({ ...delivered, userData: { data } }));
    expect(event).toMatchObject({ data: { vip: 'true', age: '41', note: 'x'.repeat(1_000) } });
    expect(Object.keys((event as { data: object }).data)).toEqual(['vip', 'age', 'note']);
  });

  test.each([
    ['no JSON', '{'],
    ['not an object', '7'],
    ['an unknown event', '{"eventName":"ChannelStateChangedEvent"}'],
    ['a call event without its call', '{"eventName":"held","holdingDevice":"8001@test.cc"}'],
    ['a device that is a number', '{"eventName":"held","callId":"c","holdingDevice":8001}'],
    ['an endless id', JSON.stringify({ eventName: 'held', callId: 'c'.repeat(10_000), holdingDevice: '8001@test.cc' })],
  ])('%s is refused', (_what, body) => {
    expect(readEvent(body)).toBeUndefined();
  });

  test('never throws, whatever stands in the fields', () => {
    const names = ['delivered', 'conferenced', 'connectionCleared', 'agentReady', 'recordStopped'];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.dictionary(fc.string(), fc.jsonValue()), (eventName, fields) => {
        const event = readEvent(JSON.stringify({ ...fields, eventName }));
        expect(event === undefined || event.name === eventName).toBe(true);
      }),
    );
  });
});
