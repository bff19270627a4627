import { expect, test } from 'vitest';
import { startCrm } from './serve';

test('the page and its parts are served, and nothing beside them', async () => {
  const crm = await startCrm();
  try {
    const page = await fetch(crm.url);
    expect(page.headers.get('content-type')).toContain('text/html');
    const html = await page.text();
    const parts = [...html.matchAll(/(?:src|href)="(crm\.[a-z]+)"/g)].map(([, part]) => part ?? '');
    expect(parts).toHaveLength(2);
    for (const part of [...parts, 'customers.js']) expect((await fetch(crm.url + part)).status).toBe(200);

    for (const path of ['serve.ts', '..%2fexchange%2fmain.ts', 'constructor']) {
      expect((await fetch(crm.url + path)).status).toBe(404);
    }
    expect((await fetch(crm.url, { method: 'POST' })).status).toBe(404);
  } finally {
    await crm.close();
  }
});
