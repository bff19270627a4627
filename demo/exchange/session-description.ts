// What the exchange needs to know of a session description: narrowed to one G.711 audio stream, and its direction.
// RFC 8866, RFC 3264; werift 0.24 answers any clock rate of telephone-event and puts port 0 on an inactive stream.
import type { Law } from './g711';

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
export interface AudioFormat {
  laws: ReadonlyMap<number, Law>; // by payload type
  eventType: number | undefined; // payload type of telephone-event at 8 kHz
}

interface Section {
  lines: string[];
}
const linesOf = (sdp: string) => sdp.split(/\r?\n/).filter((line) => line !== '');

function split(sdp: string): { head: string[]; sections: Section[] } {
  const head: string[] = [];
  const sections: Section[] = [];
  for (const line of linesOf(sdp)) {
    if (line.startsWith('m=')) sections.push({ lines: [line] });
    else (sections.at(-1)?.lines ?? head).push(line);
  }
  return { head, sections };
}

const isAudio = (section: Section) => /^m=audio [1-9]/.test(section.lines[0] ?? '');
const join = (lines: string[]) => lines.map((line) => `${line}\r\n`).join('');

/** @returns the description with its first audio stream only and G.711 and 8 kHz telephone-event only; undefined without G.711. */
export function narrow(sdp: string): { sdp: string; format: AudioFormat } | undefined {
  const { head, sections } = split(sdp);
  const audio = sections.find(isAudio);
  if (!audio) return undefined;
  const format = readFormat(audio.lines);
  if (format.laws.size === 0) return undefined;

  const kept = [...format.laws.keys(), ...(format.eventType === undefined ? [] : [format.eventType])];
  const [media = '', ...attributes] = audio.lines;
  const mid = /^a=mid:(.*)$/m.exec(audio.lines.join('\n'))?.[1];
  const lines = attributes.filter((line) => {
    const type = /^a=(?:rtpmap|fmtp|rtcp-fb):(\d+)/.exec(line)?.[1];
    return type === undefined || kept.includes(Number(type));
  });
  const session = head.map((line) => (line.startsWith('a=group:BUNDLE') && mid ? `a=group:BUNDLE ${mid}` : line));
  const first = [...media.split(' ').slice(0, 3), ...kept].join(' ');
  return { sdp: join([...session, first, ...lines]), format };
}

function readFormat(lines: string[]): AudioFormat {
  const offered = (lines[0] ?? '').split(' ').slice(3).map(Number);
  const names = new Map<number, string>([
    [0, 'PCMU/8000'],
    [8, 'PCMA/8000'],
  ]);
  for (const line of lines) {
    const [, type, name] = /^a=rtpmap:(\d+) ([^\s]+)/.exec(line) ?? [];
    if (type && name) names.set(Number(type), name.toUpperCase().replace(/\/1$/, ''));
  }
  const laws = new Map<number, Law>();
  for (const type of offered) {
    if (names.get(type) === 'PCMU/8000') laws.set(type, 'PCMU');
    if (names.get(type) === 'PCMA/8000') laws.set(type, 'PCMA');
  }
  return { laws, eventType: offered.find((type) => names.get(type) === 'TELEPHONE-EVENT/8000') };
}

/** The answer to `offer`, with every stream that was offered beside the audio refused in its place. */
export function completeAnswer(answer: string, offer: string): string {
  const { head, sections } = split(answer);
  const ours = sections[0]?.lines ?? [];
  const offered = split(offer).sections;
  const audio = offered.find(isAudio);
  const all = offered.map((section) => {
    if (section === audio) return ours.map((line) => line.replace(/^m=audio 0 /, 'm=audio 9 '));
    return [(section.lines[0] ?? '').replace(/^(m=\S+) \S+/, '$1 0'), 'a=inactive'];
  });
  return join([...head, ...all.flat()]);
}

/** What was sent last, offered once more in another direction. Nothing else changes but the version. */
export function offerAgain(sent: string, direction: Direction): string {
  const { head, sections } = split(sent);
  const session = head.map((line) =>
    line.replace(/^(o=\S+ \S+) (\d+)/, (_, start: string, version: string) => `${start} ${BigInt(version) + 1n}`),
  );
  const media = sections.map((section) =>
    section.lines.map((line) => {
      if (!isAudio(section)) return line;
      return line
        .replace(/^a=(?:sendrecv|sendonly|recvonly|inactive)$/, `a=${direction}`)
        .replace(/^a=setup:.*/, 'a=setup:actpass');
    }),
  );
  return join([...session, ...media.flat()]);
}

/** An offer no browser phone can take: video alone, or sound over RTP without any protection. */
export function disguise(offer: string, as: 'videoOnly' | 'plainRtp'): string {
  const { head, sections } = split(offer);
  const lines = sections.find(isAudio)?.lines.slice(1) ?? [];
  if (as === 'videoOnly') {
    const kept = lines.filter((line) => !/^a=(rtpmap|fmtp|rtcp-fb)/.test(line));
    return join([...head, 'm=video 9 UDP/TLS/RTP/SAVPF 96', ...kept, 'a=rtpmap:96 VP8/90000']);
  }
  const session = head.filter((line) => !/^a=|^c=/.test(line));
  const kept = lines.filter((line) => /^a=(rtpmap|fmtp|sendrecv)/.test(line));
  return join([...session, 'm=audio 40000 RTP/AVP 0 8 101', 'c=IN IP4 127.0.0.1', ...kept]);
}

/** Direction of the audio stream; the old way of holding (`c=` with 0.0.0.0) counts as what it means. */
export function readDirection(sdp: string): Direction {
  const { head, sections } = split(sdp);
  const lines = sections.find(isAudio)?.lines ?? [];
  const direction = [...head, ...lines].findLast((line) => /^a=(sendrecv|sendonly|recvonly|inactive)$/.test(line));
  const said = (direction?.slice(2) ?? 'sendrecv') as Direction;
  // Browsers write 0.0.0.0 into every offer before they know their address; it means hold only without ICE.
  const nowhere = [...head, ...lines].findLast((line) => line.startsWith('c='))?.endsWith(' 0.0.0.0');
  const ice = [...head, ...lines].some((line) => line.startsWith('a=ice-ufrag:'));
  return said === 'sendrecv' && nowhere && !ice ? 'sendonly' : said;
}
