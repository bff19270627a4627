// Writes docs/settings.schema.json from the settings schema: `npx tsx scripts/schemas.ts`.
import { writeFile } from 'node:fs/promises';
import { settingsJsonSchema } from '../src/settings/json-schema';

const target = new URL('../docs/settings.schema.json', import.meta.url);
await writeFile(target, `${JSON.stringify(settingsJsonSchema(), null, 2)}\n`);
console.log(`wrote ${target.pathname}`);
