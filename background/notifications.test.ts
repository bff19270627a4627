import { expect, test, vi } from 'vitest';
import { PhoneError } from '../src/domain/phone-error';
import { DEFAULT_SETTINGS } from '../src/settings/schema';
import { listenToNotifications, tellDialFailure } from './notifications';
import { ensureOffscreen } from './offscreen-document';

vi.mock('./offscreen-document', () => ({ ensureOffscreen: vi.fn() }));
vi.mock('../src/messaging/request', () => ({ requestUntilAnswered: vi.fn() }));
vi.mock('./stored', () => ({ loadLanguage: async () => 'en', settingsStore: { load: async () => DEFAULT_SETTINGS } }));

const create = vi.fn(async (_id: string, _options: unknown) => undefined);
const onButtonClicked = { addListener: vi.fn<(listener: (id: string, button: number) => void) => void>() };
vi.stubGlobal('chrome', { notifications: { create, onButtonClicked, onClicked: { addListener: vi.fn() } } });

test('an Answer that failed is not called a number that was not dialled', async () => {
  vi.mocked(ensureOffscreen).mockRejectedValueOnce(new PhoneError('microphoneBusy', 'for the log'));
  listenToNotifications();
  const [[press] = []] = onButtonClicked.addListener.mock.calls;

  press?.('call:a', 0);

  await vi.waitFor(() =>
    expect(create).toHaveBeenLastCalledWith(
      '',
      expect.objectContaining({ title: 'Not done', message: expect.stringContaining('Another program') }),
    ),
  );
});

test('a question before a call abroad names the country', async () => {
  const data = { risk: 'foreign', shown: '+49 30 1234', country: 'DE' };

  await tellDialFailure('+49301234', new PhoneError('needsConfirmation', 'risk foreign', { data }));

  expect(create).toHaveBeenLastCalledWith(
    'question:+49301234',
    expect.objectContaining({
      title: 'Not dialled',
      message: '+49 30 1234 is in another country (Germany). Call it?',
    }),
  );
});
