// A call of ours: from the microphone to the INVITE, and what is heard before the answer.
import type { OutgoingEvent } from 'jssip/lib/RTCSession';
import type { UA } from 'jssip/lib/UA';
import type { World } from '../backend';
import type { SipCall } from './call';

/** Asked of the far end, in seconds (RFC 4028); a server that wants longer says 422 and is asked again. */
export const SESSION_EXPIRES_S = 600;

interface Invite {
  readonly target: string;
  readonly headers: string[];
  readonly rtc: RTCConfiguration;
}

/** Sends the INVITE (once its candidates are gathered): exactly one, or none. */
export function invite(
  ua: UA,
  call: SipCall,
  microphone: MediaStream,
  { target, headers, rtc }: Invite,
  world: World,
): void {
  const session = ua.call(target, {
    mediaStream: microphone,
    pcConfig: rtc,
    extraHeaders: headers,
    sessionTimersExpires: SESSION_EXPIRES_S,
  });
  call.attach(session);
  call.listen(session.connection);
  session.on('progress', ({ response }: OutgoingEvent) => {
    const earlyMedia = Boolean(response.body);
    const rings = response.status_code === 180 || response.status_code === 183 || earlyMedia;
    if (call.phase !== 'setUp' || !rings) return;
    world.emit({ ...call.appearance(), type: 'delivered', direction: 'outbound', earlyMedia });
  });
}
