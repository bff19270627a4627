import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from './schema';
import { readInstanceId } from './instance';
import { openSettingsStore, SETTINGS_KEY, UNUSABLE_KEY, type StoredArea } from './store';

function memory(items: Record<string, unknown> = {}) {
  const area: StoredArea = {
    get: (key) => Promise.resolve(key in items ? { [key]: structuredClone(items[key]) } : {}),
    set: (added) => {
      Object.assign(items, structuredClone(added));
      return Promise.resolve();
    },
  };
  return { area, items };
}

test('a new installation has the defaults', async () => {
  expect(await openSettingsStore(memory().area).load()).toEqual(DEFAULT_SETTINGS);
});

test('what was saved is there after a restart', async () => {
  const { area } = memory();
  await openSettingsStore(area).save({ version: 1, country: 'DE' });

  expect((await openSettingsStore(area).load()).country).toBe('DE');
});

test.each([
  ['broken', 'text'],
  ['of a newer version', { version: 9, colour: 'red' }],
  ['half', { version: 1, country: 4 }],
])(
  'stored settings that are %s give the defaults, and are kept once however often they are read',
  async (_how, stored) => {
    const { area, items } = memory({ [SETTINGS_KEY]: stored });

    expect(await openSettingsStore(area).load()).toEqual(DEFAULT_SETTINGS);
    expect(await openSettingsStore(area).load()).toEqual(DEFAULT_SETTINGS);
    expect(items[UNUSABLE_KEY]).toEqual([stored]);
    expect(items[SETTINGS_KEY]).toEqual(stored);
  },
);

test('a wrong document is refused and the old one stays', async () => {
  const { area } = memory();
  const store = openSettingsStore(area);
  await store.save({ version: 1, country: 'DE' });

  await expect(store.save({ version: 1, country: 'Germany' })).rejects.toMatchObject({
    code: 'settingInvalid',
    data: { field: 'country' },
  });
  expect((await store.load()).country).toBe('DE');
});

test('a full disk is told, and saving works again afterwards', async () => {
  const { area } = memory();
  let full = true;
  const store = openSettingsStore({
    ...area,
    set: (items) => (full ? Promise.reject(new Error('QUOTA_BYTES')) : area.set(items)),
  });

  await expect(store.save({ version: 1 })).rejects.toMatchObject({ code: 'settingsNotSaved' });
  full = false;
  await expect(store.save({ version: 1 })).resolves.toEqual(DEFAULT_SETTINGS);
});

test('changes asked for at the same moment are all kept', async () => {
  const store = openSettingsStore(memory().area);
  const trust = (site: string) => (settings: Settings) => ({
    ...settings,
    linking: { ...settings.linking, trustedSites: [...settings.linking.trustedSites, site] },
  });
  await Promise.all([store.update(trust('https://a.example')), store.update(trust('https://b.example'))]);

  expect((await store.load()).linking.trustedSites).toEqual(['https://a.example', 'https://b.example']);
});

test('the installation keeps one id, also when asked twice at once', async () => {
  const { area } = memory();
  const [first, second] = await Promise.all([readInstanceId(area), readInstanceId(area)]);

  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(second).toBe(first);
  expect(await readInstanceId(area)).toBe(first);
});

test('an id that is none is replaced', async () => {
  expect(await readInstanceId(memory({ instanceId: 'x\r\nVia: y' }).area)).toMatch(/^[0-9a-f-]{36}$/);
});
