// The desk of a trial: an exchange and a phone registered at it, and what the exchange saw of the phone.
import { startExchange, type Exchange } from '../../../demo/exchange/exchange';
import { SipPhone } from '../sip-phone';

export interface TrialDesk {
  readonly exchange: Exchange;
  readonly phone: SipPhone;
  close(): Promise<void>;
}

export async function openTrialDesk(settings: ConstructorParameters<typeof SipPhone>[2] = {}): Promise<TrialDesk> {
  const exchange = await startExchange();
  const phone = await new SipPhone(exchange.sipUrl, exchange.accounts[0]!, settings).registered();
  return {
    exchange,
    phone,
    async close() {
      phone.stop();
      await exchange.close();
    },
  };
}

/** INVITEs that open a call, by Call-ID: how many calls the phone has tried to make. */
export function callsMade(exchange: Exchange): Set<string> {
  return new Set(Object.keys(exchange.received('INVITE')));
}
