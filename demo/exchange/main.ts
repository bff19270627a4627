// `npm run exchange`: the embedded exchange alone, until SIGINT or SIGTERM. Its first line of output is one JSON object
// with every address, account and test number. Options: --sip-port N, --http-port N, --wellcloud-port N.
import { parseArgs } from 'node:util';
import { describe } from './control';
import { startExchange } from './exchange';

const port = { type: 'string' } as const;
const { values } = parseArgs({ options: { 'sip-port': port, 'http-port': port, 'wellcloud-port': port } });

const exchange = await start();
const { sipUrl, controlUrl, domain, accounts, numbers, wellcloud } = exchange;
console.log(JSON.stringify(describe(exchange)));
console.log(`SIP over WebSocket at ${sipUrl}, remote control at ${controlUrl}, domain ${domain}`);
for (const { user, password } of accounts) console.log(`  account ${user}  password ${password}`);
console.log(
  `wellCloud at ${wellcloud.url}, events at ${wellcloud.eventUrl}, extensions ${wellcloud.extensions.join(' ')}`,
);
for (const { agent, password } of wellcloud.agents) console.log(`  agent ${agent}  password ${password}`);
for (const { number, does } of numbers) console.log(`  dial ${number}: ${does}`);

let ending = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    void exchange.close().then(() => process.exit(0));
  });
}

async function start(): ReturnType<typeof startExchange> {
  try {
    return await startExchange({
      users: ['1001', '1002', '1003', '8002'], // 8002 is the extension of an agent with a SIP phone, the others have desk phones
      ...{ sipPort: readPort('sip-port'), httpPort: readPort('http-port'), wellcloudPort: readPort('wellcloud-port') },
    });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error; // errors of `listen` carry a code
    console.error('That port is in use by another program. Choose another, or leave the option out for any free one.');
    return process.exit(1);
  }
}

function readPort(name: 'sip-port' | 'http-port' | 'wellcloud-port'): number {
  const port = Number(values[name] ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  console.error(`--${name} must be a port number`);
  return process.exit(2);
}
