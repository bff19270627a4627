import { beforeEach, expect, test } from 'vitest';
import { checkSettings } from '../src/settings/check';
import { DEFAULT_SETTINGS } from '../src/settings/schema';
import { PhoneError } from '../src/domain/phone-error';
import { readMakeCall, withinRate } from './gate';

const page = { source: 'page', origin: 'https://crm.example.com', confirmed: false } as const;
const typed = { source: 'typed', confirmed: false } as const;
const read = (asked: Parameters<typeof readMakeCall>[0]) => readMakeCall(asked, DEFAULT_SETTINGS);

test('a Chinese mobile number from a page is dialled without a question', () => {
  expect(read({ ...page, number: '138 0013 8000' })).toEqual({ type: 'makeCall', number: '13800138000' });
});

test('an emergency number from a page asks first, and passes untouched once confirmed', () => {
  expect(() => read({ ...page, number: '110' })).toThrowError(expect.objectContaining({ code: 'needsConfirmation' }));
  expect(read({ ...page, number: '110', confirmed: true })).toEqual({
    type: 'makeCall',
    number: '110',
    emergency: true,
  });
});

test('a typed emergency number never waits for a question', () => {
  expect(read({ ...typed, number: '110' })).toEqual({ type: 'makeCall', number: '110', emergency: true });
});

test('a service code is refused from a page and taken from the pad', () => {
  expect(() => read({ ...page, number: '*#06#', confirmed: true })).toThrowError(
    expect.objectContaining({ code: 'serviceCodeFromPage' }),
  );
  expect(read({ ...typed, number: '*#06#' }).number).toBe('*#06#');
});

test('an extension goes along from a page, tones that a page asks for do not', () => {
  expect(read({ ...page, number: '010-62345678转802' })).toMatchObject({ number: '01062345678', after: '802' });
  expect(read({ ...page, number: '13800138000', after: '1' })).not.toHaveProperty('after');
  expect(read({ ...page, number: '13800138000,,1#' })).not.toHaveProperty('after');
  expect(read({ ...typed, number: '13800138000', after: '1' })).toMatchObject({ after: '1' });
});

test('an extension behind a main number goes to a wellCloud server as it was typed, never from a page', () => {
  const agent = { kind: 'wellcloud', server: 'https://cc.example', domain: 'test.cc' };
  const profiles = [{ id: 'seat', name: 'Seat', agent }];
  const settings = checkSettings({ version: 1, profiles, activeProfile: 'seat' });
  const number = '938834600-WW8001';

  expect(readMakeCall({ ...typed, number }, settings)).toEqual({ type: 'makeCall', number });
  expect(readMakeCall({ ...page, number, confirmed: true }, settings).number).toBe('938834600');
});

test('a call centre’s trunk gets a number as a line of the country dials it', () => {
  const agent = { kind: 'wellcloud', server: 'https://cc.example', domain: 'test.cc' };
  const profiles = [{ id: 'seat', name: 'Seat', agent }];
  const settings = checkSettings({ version: 1, country: 'CN', profiles, activeProfile: 'seat' });

  expect(readMakeCall({ ...page, number: '+86 138 1234 5678' }, settings).number).toBe('13812345678');
  expect(read({ ...page, number: '+86 138 1234 5678' }).number).toBe('+8613812345678');
});

test('on a trusted site a short number of the own house is not asked about; everything else still is', () => {
  const linking = { ...DEFAULT_SETTINGS.linking, trustedSites: [page.origin] };
  const trusted = (number: string) => readMakeCall({ ...page, number }, { ...DEFAULT_SETTINGS, linking });

  expect(trusted('tel:600').number).toBe('600');
  for (const number of ['110', '9110', '+1 900 555 0100', '+44 20 7946 0958']) {
    expect(() => trusted(number)).toThrowError(expect.objectContaining({ code: 'needsConfirmation' }));
  }
  expect(() => read({ ...page, number: 'tel:600' })).toThrowError(
    expect.objectContaining({ code: 'needsConfirmation' }),
  );
});

let kept: Record<string, unknown>;
const area = {
  get: async (key: string) => (key in kept ? { [key]: kept[key] } : {}),
  set: async (items: Record<string, unknown>) => void Object.assign(kept, items),
} as unknown as chrome.storage.StorageArea; // the two methods that are used
beforeEach(() => {
  kept = {};
});

const dialFrom = (commandId: string, origin: string, dial = () => Promise.resolve('dialled')) =>
  withinRate(commandId, origin, area, dial);

test('a second number from the same page within three seconds is refused, another page is not', async () => {
  await dialFrom('one', 'https://crm.example.com');

  await expect(dialFrom('two', 'https://crm.example.com')).rejects.toMatchObject({ code: 'dialRateExceeded' });
  await expect(dialFrom('three', 'https://other.example.com')).resolves.toBe('dialled');
});

test('the retry of one dial over a dying worker is counted once', async () => {
  await dialFrom('same', 'https://crm.example.com');

  await expect(dialFrom('same', 'https://crm.example.com')).resolves.toBe('dialled');
});

test('a dial that the phone refused costs the page no turn, so the next click tells the same reason', async () => {
  const refuse = () => Promise.reject(new PhoneError('notRegistered', 'no server'));

  await expect(dialFrom('one', 'https://crm.example.com', refuse)).rejects.toMatchObject({ code: 'notRegistered' });
  await expect(dialFrom('two', 'https://crm.example.com', refuse)).rejects.toMatchObject({ code: 'notRegistered' });
});
