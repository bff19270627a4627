// Serves the CRM page on 127.0.0.1: the few files of this folder and nothing else.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const files: Readonly<Record<string, { file: string; type: string }>> = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/crm.css': { file: 'crm.css', type: 'text/css; charset=utf-8' },
  '/crm.js': { file: 'crm.js', type: 'text/javascript; charset=utf-8' },
  '/customers.js': { file: 'customers.js', type: 'text/javascript; charset=utf-8' },
};

export interface Crm {
  url: string;
  close(): Promise<void>;
}

/** @param port 0 for any free one. */
export async function startCrm(port = 0): Promise<Crm> {
  const server = createServer((request, response) => {
    const wanted = files[(request.url ?? '/').replace(/[?#].*/, '')];
    if (!wanted || request.method !== 'GET') return void response.writeHead(404).end('Not found\n');
    readFile(new URL(wanted.file, import.meta.url)).then(
      (body) =>
        response
          .writeHead(200, {
            'Content-Type': wanted.type,
            'Cache-Control': 'no-store',
            'Content-Security-Policy': "default-src 'self'; img-src data:; connect-src http://127.0.0.1:*",
          })
          .end(body),
      () => response.writeHead(500).end('The page cannot be read\n'),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
