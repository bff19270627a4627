import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { settingsJsonSchema } from './json-schema';

test('the published schema is the one that import checks by (else run scripts/schemas.ts)', async () => {
  const published = await readFile(new URL('../../docs/settings.schema.json', import.meta.url), 'utf8');

  expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(settingsJsonSchema())));
});

test('the schema refuses unknown keys and has no place for a password', () => {
  const text = JSON.stringify(settingsJsonSchema());

  expect(text.match(/"additionalProperties":false/g)?.length).toBeGreaterThanOrEqual(8);
  expect(text).not.toMatch(/"(password|secret|credential)":/);
});
