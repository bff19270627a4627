// The parts of JsSIP 3.13.8 that its own types leave out and this folder uses.
declare module 'jssip/lib/RequestSender.js' {
  import type { IncomingResponse, OutgoingRequest } from 'jssip/lib/SIPMessage';
  import type { UA } from 'jssip/lib/UA';

  interface Handlers {
    onRequestTimeout?(): void;
    onTransportError?(): void;
    onReceiveResponse?(response: IncomingResponse): void;
    onAuthenticated?(request: OutgoingRequest): void;
  }
  export default class RequestSender {
    constructor(ua: UA, request: OutgoingRequest, handlers: Handlers);
    send(): void;
  }
}

declare module 'jssip/lib/SIPMessage.js' {
  import type { OutgoingRequest as Typed } from 'jssip/lib/SIPMessage';
  import type { UA } from 'jssip/lib/UA';
  import type { URI } from 'jssip/lib/URI';

  interface RequestParameters {
    to_uri?: URI;
    call_id?: string;
    cseq?: number;
    from_tag?: string;
  }
  class OutgoingRequest extends Typed {
    constructor(method: string, ruri: URI, ua: UA, parameters: RequestParameters, extraHeaders: readonly string[]);
  }
  class IncomingResponse {
    parseHeader(this: IncomingResponse, name: string, index?: number): unknown;
  }
  const messages: { OutgoingRequest: typeof OutgoingRequest; IncomingResponse: typeof IncomingResponse };
  export default messages;
}

declare module 'jssip/lib/Parser.js' {
  import type { IncomingRequest, IncomingResponse } from 'jssip/lib/SIPMessage';
  import type { UA } from 'jssip/lib/UA';

  const parser: { parseMessage(frame: string, ua: UA): IncomingRequest | IncomingResponse | undefined };
  export default parser;
}
