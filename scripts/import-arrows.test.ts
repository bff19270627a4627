import { expect, test } from 'vitest';
import { importProblems } from './import-arrows';

test('a pure folder imports nothing of ours and no library', () => {
  expect(importProblems('src/domain/calls.ts', "import { unreachable } from './unreachable';")).toEqual([]);
  expect(importProblems('src/domain/calls.ts', "import type { Settings } from '../settings/schema';")).toEqual([
    'src/domain/calls.ts: domain may not import src/settings/schema',
  ]);
  expect(importProblems('src/domain/calls.ts', "import * as v from 'valibot';")).toEqual([
    'src/domain/calls.ts: pure, may not import valibot',
  ]);
});

test('one back end never knows another, nor the extension', () => {
  const file = 'src/backends/sip/backend.ts';

  expect(
    importProblems(file, "import { reopen } from '../reopen'; import { PhoneError } from '../../domain/x';"),
  ).toEqual([]);
  expect(importProblems(file, "export * from '../wellcloud/wire';")).toEqual([
    `${file}: back end may not import src/backends/wellcloud/wire`,
  ]);
  expect(importProblems(file, "import browser from 'webextension-polyfill';")).toEqual([
    `${file}: knows webextension-polyfill`,
  ]);
  expect(importProblems(file, 'export const id = () => chrome.runtime.id;')).toEqual([`${file}: knows chrome`]);
});

test('tones know only what they are for, and sound in the engine room and in the settings', () => {
  expect(importProblems('src/sound/play.ts', "import { x } from '../settings/schema';")).toHaveLength(1);
  expect(importProblems('offscreen/tones.ts', "import { playPattern } from '../src/sound/play';")).toEqual([]);
  expect(importProblems('popup/main.tsx', "import { playPattern } from '../src/sound/play';")).toHaveLength(1);
});

test('a library lives in one place', () => {
  expect(importProblems('src/backends/sip/ua.ts', "import JsSIP from 'jssip';")).toEqual([]);
  expect(importProblems('offscreen/engine.ts', "import JsSIP from 'jssip/lib/UA';")).toHaveLength(1);
  expect(importProblems('content/finder.ts', "import { findNumbers } from 'libphonenumber-js/max';")).toHaveLength(1);
  expect(importProblems('popup/main.tsx', "import { render } from 'preact'; render(<p />, document.body);")).toEqual(
    [],
  );
});

test('imports are found in every form, and only where they are code', () => {
  const file = 'content/index.ts';

  expect(importProblems(file, "const engine = () => import('../offscreen/engine');")).toHaveLength(1);
  expect(importProblems(file, "type Engine = import('../offscreen/engine').Engine;")).toHaveLength(1);
  expect(importProblems(file, "// import '../offscreen/engine'\nconst text = `import '../offscreen/engine'`;")).toEqual(
    [],
  );
});

test('the demo knows only the frames of a back end', () => {
  expect(
    importProblems('demo/exchange/door.ts', "import { readFrame } from '../../src/backends/localproxy/wire';"),
  ).toEqual([]);
  expect(
    importProblems('demo/exchange/door.ts', "import { openSip } from '../../src/backends/sip/backend';"),
  ).toHaveLength(1);
});
