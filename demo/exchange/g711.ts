// G.711 both ways (ITU-T G.711): 8 kHz samples of 16 bits and their bytes, A-law and µ-law, by table.

export type Law = 'PCMU' | 'PCMA';

const decodeTables: Record<Law, Int16Array> = { PCMU: new Int16Array(256), PCMA: new Int16Array(256) };
const encodeTables: Record<Law, Uint8Array> = { PCMU: new Uint8Array(65_536), PCMA: new Uint8Array(65_536) };

for (let byte = 0; byte < 256; byte++) {
  const mu = ~byte & 0xff;
  const muSize = ((((mu & 0x0f) << 3) + 0x84) << ((mu & 0x70) >> 4)) - 0x84;
  decodeTables.PCMU[byte] = mu & 0x80 ? -muSize : muSize;

  const a = byte ^ 0x55;
  const exponent = (a & 0x70) >> 4;
  const mantissa = ((a & 0x0f) << 4) + 8;
  const aSize = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  decodeTables.PCMA[byte] = a & 0x80 ? aSize : -aSize;
}
for (const law of ['PCMU', 'PCMA'] as const) fillEncodeTable(encodeTables[law], decodeTables[law]);

/** Each sample gets the byte whose value lies nearest, so that encoding undoes decoding. */
function fillEncodeTable(encode: Uint8Array, decode: Int16Array): void {
  const levels = [...decode].map((value, byte) => ({ value, byte })).sort((a, b) => a.value - b.value);
  let nearest = 0;
  for (let sample = -32_768; sample <= 32_767; sample++) {
    for (let next = levels[nearest + 1]; next; next = levels[nearest + 1]) {
      if (Math.abs(next.value - sample) > Math.abs(levels[nearest]!.value - sample)) break;
      nearest++;
    }
    encode[sample + 32_768] = levels[nearest]!.byte;
  }
}

export function decodeG711(law: Law, bytes: Uint8Array): Int16Array {
  const table = decodeTables[law];
  return Int16Array.from(bytes, (byte) => table[byte]!);
}

export function encodeG711(law: Law, pcm: Int16Array): Uint8Array {
  const table = encodeTables[law];
  return Uint8Array.from(pcm, (sample) => table[sample + 32_768]!);
}
