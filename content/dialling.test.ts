import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CHIP_WORDS, type ChipWord, type PageSettings } from '../src/messaging/contract';
import type { Chip, ChipContent } from './chip';
import { copyText } from './clipboard';
import type { DialAnswer, DialPort } from './dial-port';
import { createDialling, type Target } from './dialling';
import type { Box } from './placement';

vi.mock('./clipboard', () => ({ copyText: vi.fn() }));
vi.mock('./dial-port', () => ({ newCommandId: () => 'id' }));

const box: Box = { left: 10, top: 20, width: 90, height: 16 };
const settings: PageSettings = {
  enabled: true,
  country: 'CN',
  trusted: false,
  rememberable: true,
  notNumbers: [],
  words: Object.fromEntries(CHIP_WORDS.map((word) => [word, word])) as Record<ChipWord, string>,
};

let answers: DialAnswer[];
let drawn: { content: ChipContent; anchor: Box } | undefined;
let onPage: boolean;
let remembers: boolean;
const changed = vi.fn();
const target: Target = { number: '110', dial: '110', shown: '110', anchor: () => (onPage ? box : undefined) };

function open(known: Partial<PageSettings> = {}) {
  const chip = {
    show: (content: ChipContent, anchor: Box) => (drawn = { content, anchor }),
    close: () => (drawn = undefined),
    hasFocus: () => false,
  } as unknown as Chip; // what dialling uses of it
  const port = {
    dial: async () => answers.shift() ?? { ok: true },
    remember: async () => remembers,
  } as unknown as DialPort; // as above
  return createDialling({ chip, port, settings: () => ({ ...settings, ...known }), changed });
}
const says = () => drawn?.content.said;
const offers = () => drawn?.content.buttons.map(({ name }) => name);

beforeEach(() => {
  vi.useFakeTimers();
  [answers, drawn, onPage, remembers] = [[], undefined, true, true];
  changed.mockClear();
});
afterEach(() => vi.useRealTimers());

test('a number that the page draws anew under the open chip keeps its question and its call', async () => {
  const dialling = open();
  answers = [{ ok: false, code: 'needsConfirmation', sentence: 'Call it now?' }, { ok: true }];
  dialling.offer(target, true);

  onPage = false;
  await dialling.press('call');
  expect(drawn).toMatchObject({ content: { said: 'Call it now?' }, anchor: box });
  await dialling.press('call');

  expect(says()).toBe('calling');
});

test('a number that was never seen opens no chip', () => {
  onPage = false;
  open().offer(target, true);

  expect(drawn).toBeUndefined();
});

test('a worker that cannot be reached is told in words', async () => {
  const dialling = open();
  answers = [{ ok: false, code: 'engineUnavailable', sentence: undefined }];
  dialling.offer(target, true);

  await dialling.press('call');

  expect(says()).toBe('noAnswer');
});

test('a copy says whether it was made', async () => {
  const dialling = open();
  for (const [made, said] of [
    [true, 'copied'],
    [false, 'copyFailed'],
  ] as const) {
    vi.mocked(copyText).mockResolvedValueOnce(made);
    dialling.offer(target, true);
    await dialling.press('copy');
    expect(says()).toBe(said);
  }
});

test('what was not remembered is said, and the page stays as it was', async () => {
  const dialling = open();
  remembers = false;
  dialling.offer(target, true);
  await dialling.press('offHere');
  expect(says()).toBe('notSaved');
  expect(changed).not.toHaveBeenCalled();

  remembers = true;
  dialling.offer(target, true);
  await dialling.press('notANumber');
  expect(drawn).toBeUndefined();
  expect(changed).toHaveBeenCalledWith('notANumber', '110');
});

test('where nothing can be remembered, nothing of it is offered', () => {
  open({ rememberable: false }).offer(target, true);
  expect(offers()).toEqual(['call', 'copy']);

  open().offer(target, true);
  expect(offers()).toEqual(['call', 'copy', 'notANumber', 'offHere', 'trustHere']);
});

test('a press on a chip that is covered dials nothing and says so', async () => {
  const dialling = open();
  dialling.offer(target, true);

  await dialling.press('covered');

  expect(says()).toBe('covered');
});
