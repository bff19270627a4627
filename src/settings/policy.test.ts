import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { managedJsonSchema } from './managed-schema';
import { policyKeys, readPolicy } from './policy';

test('without a policy a server can ask for nothing', () => {
  for (const none of [{}, undefined, null, 'x']) {
    expect(readPolicy(none)).toEqual({ allowServerAutoAnswer: false });
    expect(policyKeys(none)).toEqual([]);
  }
});

test('what is wrong in a policy counts as not set; keys of other versions are left alone', () => {
  expect(readPolicy({ allowServerAutoAnswer: 'yes', later: 1, __proto__: { x: 1 } })).toEqual({
    allowServerAutoAnswer: false,
  });
  expect(readPolicy({ allowServerAutoAnswer: true, later: 1 })).toEqual({ allowServerAutoAnswer: true });
  expect(policyKeys({ allowServerAutoAnswer: false, later: 1 })).toEqual(['allowServerAutoAnswer']);
});

test('the published schema is the one made from the source: run `npx tsx scripts/schemas.ts` after a change', () => {
  const published: unknown = JSON.parse(readFileSync('public/managed.schema.json', 'utf8'));
  expect(published).toEqual(managedJsonSchema());
});

test('the schema keeps to what Chrome knows', () => {
  expect(JSON.stringify(managedJsonSchema())).not.toMatch(/"(\$schema|default|required|anyOf|additionalProperties)"/);
});
