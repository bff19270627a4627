// Writes docs/settings.schema.json and public/managed.schema.json from their one source each: `npx tsx scripts/schemas.ts`.
import { writeFile } from 'node:fs/promises';
import { settingsJsonSchema } from '../src/settings/json-schema';
import { managedJsonSchema } from '../src/settings/managed-schema';

await write('docs/settings.schema.json', settingsJsonSchema());
await write('public/managed.schema.json', managedJsonSchema());

async function write(path: string, schema: object): Promise<void> {
  const target = new URL(`../${path}`, import.meta.url);
  await writeFile(target, `${JSON.stringify(schema, null, 2)}\n`);
  console.log(`wrote ${target.pathname}`);
}
