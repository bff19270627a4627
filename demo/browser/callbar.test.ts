import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { openCallbar } from './callbar';

const closed = vi.hoisted(() => vi.fn());
vi.mock('./display', () => ({ openDisplay: async () => ({ name: ':99', close: closed }) }));
vi.mock('./chromium', () => ({ chromiumArgs: () => [], chromiumPath: () => join(tmpdir(), 'no-such-browser') }));

const folder = mkdtempSync(join(tmpdir(), 'callbar-test-'));
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

test('a browser that does not start leaves neither its screen nor its profile behind', async () => {
  const extension = join(folder, 'extension');
  const temporary = join(folder, 'tmp');
  for (const made of [extension, temporary]) mkdirSync(made);
  writeFileSync(join(extension, 'manifest.json'), JSON.stringify({ key: 'AAAA' }));
  vi.stubEnv('TMPDIR', temporary);

  await expect(openCallbar({ extension, headed: true })).rejects.toThrow('no-such-browser');

  expect(closed).toHaveBeenCalledOnce();
  expect(readdirSync(temporary).filter((name) => name.startsWith('callbar-profile-'))).toEqual([]);
});
