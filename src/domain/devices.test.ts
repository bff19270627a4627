import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newsOf, useOf, withChosen, type DevicesInUse, type PresentDevice } from './devices';

const device = (id: string, label = `The ${id}`, group = id): PresentDevice => ({ id, label, group });
const laptop = device('laptop');
const headset = device('headset');
const system = device('default', 'Default - The laptop', 'laptop');
const wish = (id: string, ...chosen: { id: string; label: string }[]) => ({ id, chosen });
const first = (...given: Parameters<typeof useOf>) => useOf(...given).order[0];

test('the wanted device is used while it is there, however many others are', () => {
  expect(first(wish('headset', headset), [system, laptop, headset])).toEqual({ id: 'headset', label: 'The headset' });
});

test('without a wish the system chooses, and is named by what it chose', () => {
  expect(first(wish(''), [system, headset, laptop])).toEqual({ id: '', label: 'The laptop' });
  expect(first(wish(''), [device('default', 'Default'), laptop])).toEqual({ id: '', label: 'Default' });
});

test('a headset that came back with another id is known by its name', () => {
  const use = useOf(wish('old-id', device('old-id', 'The headset')), [system, laptop, headset]);

  expect(use.order[0].id).toBe('headset');
  expect(use.gone).toBeUndefined();
});

test('instead of a gone one: what was chosen before, then the system’s choice for calls, then its default, then any', () => {
  const dock = device('dock');
  const calls = device('communications', 'Communications - The dock', 'dock');
  const chosen = wish('headset', headset, laptop);

  const use = useOf(chosen, [system, calls, dock, laptop]);
  expect(use.order.map(({ id }) => id)).toEqual(['laptop', 'communications', '', 'dock']);
  expect(use.gone).toEqual({ id: 'headset', label: 'The headset' });
  expect(first(chosen, [system, calls, dock]).id).toBe('communications');
  expect(first(chosen, [system, dock]).id).toBe('');
});

test('before the microphone is allowed nothing has a name, and nothing is said to be gone', () => {
  const use = useOf(wish('headset', headset), [device('', '', '')]);

  expect(use.gone).toBeUndefined();
  expect(use.order.map(({ id }) => id)).toEqual(['headset', '']);
});

test('a choice is remembered with its name, the newest first, each once, five at most', () => {
  const all = ['a', 'b', 'c', 'b', 'd', 'e', 'f'].reduce<ReturnType<typeof withChosen>>(
    (chosen, id) => withChosen(chosen, device(id)),
    [],
  );

  expect(all.map(({ id }) => id)).toEqual(['f', 'e', 'd', 'b', 'c']);
  expect(withChosen(all, { id: '', label: '' })).toEqual(all);
  expect(withChosen(all, { id: 'b', label: '' })[0]).toEqual({ id: 'b', label: 'The b' }); // chosen while it was away
  expect(withChosen([device('old', 'Same')], device('new', 'Same')).map(({ id }) => id)).toEqual(['new']);
});

const used = (id: string, listed: readonly PresentDevice[]): DevicesInUse => {
  const use = useOf(wish(id, headset), listed);
  return { microphone: use, speaker: use, ring: useOf(wish(''), listed) };
};
const [there, away] = [used('headset', [system, laptop, headset]), used('headset', [system, laptop])];

test('a device that goes away is told by name with what takes its place: once for all that it was used for', () => {
  expect(newsOf(there, away, false)).toEqual([
    { role: 'microphone', code: 'soundDeviceGone', data: { device: 'The headset', using: 'The laptop' } },
  ]);
  expect(newsOf(away, away, false)).toEqual([]);
  expect(newsOf(undefined, away, false)).toHaveLength(1); // also when the phone starts without it
});

test('an id that nobody knows is said to be gone without a name', () => {
  expect(newsOf(undefined, used('from another machine', [system, laptop]), false)).toMatchObject([
    { code: 'soundDeviceGone', data: { device: '', using: 'The laptop' } },
  ]);
});

test('nothing takes its place: said too', () => {
  expect(newsOf(there, used('headset', []), false)).toMatchObject([{ code: 'soundDeviceGoneNone' }]);
});

test('a device that is back is told; a new choice is not', () => {
  expect(newsOf(away, there, false)).toMatchObject([{ code: 'soundDeviceBack', data: { device: 'The headset' } }]);
  expect(newsOf(away, used('laptop', [system, laptop]), false)).toEqual([]);
});

test('without a wish: what the system’s choice does is told in a call only', () => {
  const chose = (entry: PresentDevice, ...others: PresentDevice[]) => used('', [entry, laptop, ...others]);
  const onHeadset = chose(device('default', 'Default - The headset', 'headset'), headset);
  const onLaptop = chose(system, headset);

  expect(newsOf(onHeadset, chose(system), true)).toMatchObject([
    { role: 'microphone', code: 'soundDeviceGone', data: { device: 'The headset', using: 'The laptop' } },
  ]);
  expect(newsOf(onLaptop, onHeadset, true)).toMatchObject([
    { code: 'soundDeviceSystem', data: { using: 'The headset' } },
  ]);
  expect(newsOf(onHeadset, onLaptop, false)).toEqual([]);
});

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'default', 'communications', '');
const anyDevice = fc.record({
  id: ids,
  label: fc.constantFrom('', 'A', 'B', 'C'),
  group: fc.constantFrom('', 'g', 'h'),
});
const anyWish = fc.record({
  id: fc.constantFrom('', 'a', 'b', 'gone'),
  chosen: fc.array(anyDevice, { maxLength: 5 }),
});

test('whatever is plugged in: there is always something to try, each once, and only what is there or the system’s choice', () => {
  fc.assert(
    fc.property(anyWish, fc.uniqueArray(anyDevice, { selector: ({ id }) => id }), (wanted, listed) => {
      const { order, gone, present } = useOf(wanted, listed);
      const tried = order.map(({ id }) => id);
      const unnamed = listed.length > 0 && listed.every(({ id }) => id === '');

      expect(new Set(tried).size).toBe(tried.length);
      expect(tried).toContain('');
      expect(present.every(({ id }) => tried.includes(id))).toBe(true);
      expect(tried.every((id) => id === '' || unnamed || listed.some((one) => one.id === id))).toBe(true);
      const isThere = wanted.id === '' || present.some(({ id }) => id === wanted.id);
      expect(isThere ? tried[0] : wanted.id).toBe(wanted.id);
      expect(isThere && gone !== undefined).toBe(false);
    }),
  );
});
