// What must be known of an SDP before it is handed to WebRTC. Pure; RFC 8866.

const SECTIONS_MAX = 16;

/** Whether an offer can become a call: sound that is encrypted, in a number of sections that costs nothing to read. */
export function isSpeakable(sdp: string): boolean {
  const sections = mediaLines(sdp);
  if (sections.length === 0 || sections.length > SECTIONS_MAX) return false;
  return (
    sections.some((line) => /^m=audio [1-9]\d* (?:UDP\/TLS\/)?RTP\/SAVPF? /.test(line)) && /^a=fingerprint:/m.test(sdp)
  );
}

/**
 * Whether the far end puts us on hold: it will not listen to us (RFC 3264 §8.4), or the older `c=0.0.0.0`. With port 9
 * that address only says that candidates follow (RFC 8840).
 */
export function isHold(sdp: string): boolean {
  const [session = '', ...sections] = sdp.split(/^(?=m=)/m);
  const audio = sections.find((section) => section.startsWith('m=audio')) ?? '';
  const direction = directionOf(audio) ?? directionOf(session) ?? 'sendrecv';
  const address = addressOf(audio) ?? addressOf(session);
  const nowhere = address === '0.0.0.0' && !audio.startsWith('m=audio 9 ');
  return direction === 'sendonly' || direction === 'inactive' || nowhere;
}

export function mediaLines(sdp: string): string[] {
  return sdp.split(/\r?\n/).filter((line) => line.startsWith('m='));
}

function directionOf(part: string): string | undefined {
  return /^a=(sendrecv|sendonly|recvonly|inactive)\s*$/m.exec(part)?.[1];
}

function addressOf(part: string): string | undefined {
  return /^c=IN IP4 (\S+)/m.exec(part)?.[1];
}
