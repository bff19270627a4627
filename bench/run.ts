// `npm run bench`: how quick the phone is, beside the floor of a bare extension in the same run. Prints tables; a broken
// budget makes the exit code non-zero. Nothing here is a test: machines are shared and noisy, compare within one run.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { measureFloor } from './floor';
import { measureCalls } from './calls';
import { measureEvents } from './events';
import { sizeRows } from './sizes';
import { measureStorm } from './storm';
import { printTable } from './table';

const root = path.resolve(import.meta.dirname, '..');
if (!process.argv.includes('--no-build')) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', path.join(root, 'scripts/build.ts')], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
const dist = path.resolve(root, process.env['CALLBAR_DIST'] ?? 'dist');

const floor = await measureFloor(path.join(root, 'bench/floor'));
const calls = await measureCalls(dist);
const events = await measureEvents();
const storm = await measureStorm(dist);
const within = [
  printTable('Dialling: from the press to the INVITE on the wire', [
    { measure: 'popup Call button', samples: calls.buttonToInvite, floor: floor.clickToWire, unit: 'ms' },
    { measure: '  of it getUserMedia', samples: calls.microphone, unit: 'ms' },
    { measure: '  of it ICE gathering', samples: calls.gathering, unit: 'ms' },
    { measure: '  of it our own', samples: calls.own, floor: floor.clickToWire, unit: 'ms', budget: 5, goal: 10 },
    { measure: 'number on a page, one click', samples: calls.clickToInvite, floor: floor.clickToWire, unit: 'ms' },
  ]),
  printTable('Seeing', [
    {
      measure: 'INVITE received → popup painted',
      samples: calls.inviteToPaint,
      floor: floor.frameToPaint,
      unit: 'ms',
      budget: 3,
      goal: 35,
    },
    {
      measure: 'popup open → interactive, true state',
      samples: calls.popupOpen,
      floor: floor.popupOpen,
      unit: 'ms',
      budget: 2.5,
      goal: 100,
    },
    {
      measure: 'the same, worker dead',
      samples: calls.popupOpenWorkerDead,
      floor: floor.popupOpen,
      unit: 'ms',
      budget: 5,
      goal: 200,
    },
  ]),
  printTable('A storm of a CTI server: 1,000 events a second', [
    {
      measure: '1,000 events, from their bytes to the state (Node)',
      samples: events.taken,
      floor: events.parsed,
      unit: 'ms',
      budget: 40,
      goal: 100,
    },
    {
      measure: 'popup open → the call, in the storm',
      samples: storm.popupOpenInStorm,
      floor: storm.popupOpen,
      unit: 'ms',
      budget: 5,
      goal: 300,
    },
    { measure: 'timers of the offscreen document, late', samples: storm.late, unit: 'ms' },
    { measure: 'the same, in the storm', samples: storm.lateInStorm, unit: 'ms', goal: 16 },
  ]),
  printTable('Sizes (gzip)', sizeRows(dist)),
];
process.exit(within.every(Boolean) ? 0 : 1);
