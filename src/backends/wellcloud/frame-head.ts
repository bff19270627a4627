// The head of one STOMP frame of the server: is it sound, is it for us, and how long is its body (STOMP 1.1, "Frames"). Pure.

/** What is left out, or mended, while the link stays. */
export type OddFrame = 'lengthInvalid' | 'tooLarge' | 'subscriptionUnknown' | 'receiptUnknown';
export interface FrameHead {
  /** Of the body; undefined: up to the next NUL. */
  readonly length: number | undefined;
  /** CONNECTED: it comes once. */
  readonly opens: boolean;
  /** Whether the frame is for us. */
  readonly pass: boolean;
  readonly odd?: OddFrame;
  /** The head without the lengths that are none. */
  readonly mended?: Uint8Array;
}

const COMMANDS = new Set(['CONNECTED', 'MESSAGE', 'RECEIPT', 'ERROR']);
const HEADERS_MAX = 100;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * @param bytes from the command to the blank line and with it.
 * @param subscription the one that we have.
 * @returns undefined for what is no head: whoever sent it has lost the frames, or never knew them.
 */
export function readHead(bytes: Uint8Array, subscription: string): FrameHead | undefined {
  const [command = '', ...lines] = decoder.decode(bytes).replaceAll('\r', '').trimEnd().split('\n');
  if (!COMMANDS.has(command) || lines.length > HEADERS_MAX) return undefined;
  if (!lines.every((line) => line.indexOf(':') > 0)) return undefined;
  // CONNECTED and ERROR may come before both have agreed on escapes.
  if (command === 'MESSAGE' && !lines.every((line) => /^(?:[^\\]|\\[rnc\\])*$/.test(line))) return undefined;

  const lengths = valuesOf(lines, 'content-length').map((value) => value.trim());
  const valid = lengths.find((value) => /^\d{1,9}$/.test(value));
  const length = valid === undefined ? undefined : Number(valid);
  const opens = command === 'CONNECTED';
  const foreign = foreignness(command, lines, subscription);
  if (lengths[0] === valid) return { length, opens, pass: !foreign, ...(foreign && { odd: foreign }) };
  const sound = lines.filter((line) => !line.startsWith('content-length:'));
  const lengthLine = valid === undefined ? [] : [`content-length:${valid}`];
  const mended = encoder.encode([command, ...sound, ...lengthLine, '', ''].join('\n'));
  return { length, opens, pass: !foreign, odd: foreign ?? 'lengthInvalid', mended };
}

/** The library would hand it to whatever its tables hold under that name. */
function foreignness(command: string, lines: readonly string[], subscription: string): OddFrame | undefined {
  if (command === 'MESSAGE' && valuesOf(lines, 'subscription')[0] !== subscription) return 'subscriptionUnknown';
  const isReceipt = command === 'RECEIPT';
  return isReceipt && !/^(subscribed|close-\d+)$/.test(valuesOf(lines, 'receipt-id')[0] ?? '')
    ? 'receiptUnknown'
    : undefined;
}

/** The first of a repeated header counts. */
function valuesOf(lines: readonly string[], name: string): string[] {
  return lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1));
}
