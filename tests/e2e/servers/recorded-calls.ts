// Reads rtpengine's recordings of calls (pcap, already decrypted): how much sound went to a phone, also after hold and resume.
// Formats: libpcap file, raw IPv4; RTP of RFC 3550 §5.1; G.711 μ-law.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PortBlock } from './free-ports';

const FILE_HEADER = 24;
const RECORD_HEADER = 16;
const IP_HEADER = 20; // rtpengine writes no options
const RTP_START = IP_HEADER + 8;
const PCMU = 0;
const RATE = 8_000;

/**
 * Energy of the sound that rtpengine received for the phone whose RTP ports are these, in the measure of `totalAudioEnergy`.
 * @param folder rtpengine's recording folder.
 */
export function energyTowards(folder: string, ports: PortBlock): number {
  let energy = 0;
  for (const packets of recordings(folder)) {
    const own = ({ sourcePort }: Packet) => sourcePort >= ports.first && sourcePort <= ports.last;
    if (!packets.some(own)) continue; // a call of other phones
    for (const packet of packets) if (!own(packet)) energy += energyOf(packet.payload);
  }
  return energy;
}

/** The newest `ms` of sound that rtpengine received for that phone, in the last call it spoke in; less where there is less. */
export function soundTowards(folder: string, ports: PortBlock, ms: number): Int16Array {
  const own = ({ sourcePort }: Packet) => sourcePort >= ports.first && sourcePort <= ports.last;
  const calls = recordings(folder).filter((packets) => packets.some(own));
  const last = calls.toSorted((one, other) => (one.findLast(own)?.at ?? 0) - (other.findLast(own)?.at ?? 0)).at(-1);
  const samples = (last ?? []).filter((packet) => !own(packet)).flatMap(({ payload }) => [...payload].map(linear));
  return Int16Array.from(samples.slice(-(RATE / 1_000) * ms));
}

/** Every packet of sound that rtpengine took in, of all calls, in the order they came. */
export function packetsOf(folder: string): Packet[] {
  return recordings(folder)
    .flat()
    .toSorted((one, other) => one.at - other.at);
}

export interface Packet {
  /** When it came, as `Date.now()`. */
  readonly at: number;
  readonly sourcePort: number;
  readonly payload: Buffer;
}

function recordings(folder: string): Packet[][] {
  const pcaps = join(folder, 'pcaps');
  return existsSync(pcaps) ? readdirSync(pcaps).map((name) => readPackets(readFileSync(join(pcaps, name)))) : [];
}

/** The PCMU packets of a file that may still be growing: a record cut short ends it. */
function readPackets(file: Buffer): Packet[] {
  const packets: Packet[] = [];
  let at = FILE_HEADER;
  while (at + RECORD_HEADER <= file.length) {
    const end = at + RECORD_HEADER + file.readUInt32LE(at + 8);
    if (end > file.length) break;
    const packet = file.subarray(at + RECORD_HEADER, end);
    const rtp = packet.subarray(RTP_START);
    const [first, second] = [rtp[0], rtp[1]];
    if (first !== undefined && second !== undefined && (second & 0x7f) === PCMU) {
      packets.push({
        at: file.readUInt32LE(at) * 1_000 + file.readUInt32LE(at + 4) / 1_000,
        sourcePort: packet.readUInt16BE(IP_HEADER),
        payload: rtp.subarray(12 + 4 * (first & 0x0f)),
      });
    }
    at = end;
  }
  return packets;
}

function energyOf(payload: Buffer): number {
  let energy = 0;
  for (const byte of payload) energy += (linear(byte) / 32_768) ** 2;
  return energy / RATE;
}

/** One μ-law byte as a 16-bit sample. ITU-T G.711, table 2. */
function linear(byte: number): number {
  const code = ~byte & 0xff;
  const magnitude = (((code & 0x0f) << 3) + 0x84) << ((code >> 4) & 0x07);
  return (code & 0x80) === 0 ? magnitude - 0x84 : 0x84 - magnitude;
}
