// `npm run exchange`: the embedded exchange alone, until SIGINT or SIGTERM. Its first line of output is one JSON object
// with every address, account and test number. Options: --sip-port N, --http-port N.
import { parseArgs } from 'node:util';
import { startExchange } from './exchange';

const { values } = parseArgs({ options: { 'sip-port': { type: 'string' }, 'http-port': { type: 'string' } } });

const exchange = await start();
const { sipUrl, controlUrl, domain, accounts, numbers } = exchange;
console.log(JSON.stringify({ sipUrl, controlUrl, domain, accounts, numbers }));
console.log(`SIP over WebSocket at ${sipUrl}, remote control at ${controlUrl}, domain ${domain}`);
for (const { user, password } of accounts) console.log(`  account ${user}  password ${password}`);
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
    return await startExchange({ sipPort: readPort('sip-port'), httpPort: readPort('http-port') });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error; // errors of `listen` carry a code
    console.error('That port is in use by another program. Choose another, or leave the option out for any free one.');
    return process.exit(1);
  }
}

function readPort(name: 'sip-port' | 'http-port'): number {
  const port = Number(values[name] ?? 0);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  console.error(`--${name} must be a port number`);
  return process.exit(2);
}
