// The demo as the README starts it: it makes its own call and says so.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');

test('npm run demo -- --check makes a call with sound both ways', async () => {
  const dist = mkdtempSync(path.join(tmpdir(), 'callbar-demo-'));
  const { code, output } = await demo(['--check'], { CALLBAR_DIST: dist });
  rmSync(dist, { recursive: true, force: true });

  expect(output).toContain('A call with sound both ways: it works.');
  expect(output.match(/^✓ .* \d+ ms$/gm)?.length).toBeGreaterThan(6);
  expect(code).toBe(0);
});

test('npm run demo -- --profile wellcloud -- --check takes a customer from the queue, and calls one back', async () => {
  const dist = mkdtempSync(path.join(tmpdir(), 'callbar-demo-'));
  const { code, output } = await demo(['--profile', 'wellcloud', '--check'], { CALLBAR_DIST: dist });
  rmSync(dist, { recursive: true, force: true });

  expect(output).toContain('An agent took a call of the queue and made one: it works.');
  expect(output.match(/^✓ .* \d+ ms$/gm)?.length).toBeGreaterThan(8);
  expect(code).toBe(0);
});

test('a demo profile that does not exist is named, with those that do', async () => {
  const { code, output } = await demo(['--profile', 'nonsense']);

  expect(output).toContain('There is no demo profile "nonsense". There is: sip, wellcloud.');
  expect(code).toBe(2);
});

function demo(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/run.ts', ...args], {
    cwd: root,
    env: { ...process.env, ...env, DISPLAY: '' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}
