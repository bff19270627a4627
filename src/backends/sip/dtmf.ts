// Digits during a call: RFC 4733 events in the voice stream, or INFO where the settings say so.
import type { RTCSession } from 'jssip/lib/RTCSession';
import { PhoneError } from '../../domain/phone-error';
import type { SipSettings } from './settings';

/** Lengths of a tone and of the silence after it, in milliseconds. */
const TONE_MS = 100;
const GAP_MS = 70;
const CONNECTED_WITHIN_MS = 10_000;

/** @throws PhoneError `digitsInvalid`. */
export function readDigits(text: string): string {
  if (!/^[0-9*#A-D,]{1,64}$/i.test(text)) throw new PhoneError('digitsInvalid', 'digits that no keypad has');
  return text.toUpperCase();
}

/**
 * Queues digits behind those still being sent; `,` waits 2 s.
 * @throws PhoneError `callNotInThatState` when there is no way to send them.
 */
export async function sendDigits(
  session: RTCSession,
  digits: string,
  { way, over }: { way: SipSettings['dtmf']; over: Promise<void> },
): Promise<void> {
  if (way === 'rfc4733') {
    await voiceFlows(session.connection, over);
    const tones = session.connection.getSenders().find(({ track }) => track?.kind === 'audio')?.dtmf;
    if (tones?.canInsertDTMF) {
      tones.insertDTMF(tones.toneBuffer + digits, TONE_MS, GAP_MS);
      return;
    }
  }
  try {
    session.sendDTMF(digits, { duration: TONE_MS, interToneGap: GAP_MS }); // INFO, application/dtmf-relay
  } catch (cause) {
    throw new PhoneError('callNotInThatState', 'digits in a call that cannot carry them', { cause });
  }
}

/** Tones before the media path is up would be lost, most of all right after the answer. Closing it fires no event. */
function voiceFlows(connection: RTCPeerConnection, over: Promise<void>): Promise<void> {
  if (connection.connectionState === 'connected') return Promise.resolve();
  return new Promise((resolve) => {
    const settle = () => {
      clearTimeout(patience);
      connection.removeEventListener('connectionstatechange', look);
      resolve();
    };
    const look = () => {
      if (connection.connectionState !== 'connecting' && connection.connectionState !== 'new') settle();
    };
    const patience = setTimeout(settle, CONNECTED_WITHIN_MS);
    connection.addEventListener('connectionstatechange', look);
    void over.then(settle);
  });
}
