// The messages of RFC 4475, as they stand there or addressed to our phone.
import { readFileSync } from 'node:fs';

export interface Torture {
  readonly name: string;
  readonly section: string;
  readonly title: string;
  readonly callId: string;
  readonly frame: string;
}

export function readTorture(): Torture[] {
  const text = readFileSync(new URL('../../fixtures/rfc4475.txt', import.meta.url), 'utf8');
  return text
    .split(/^--- /m)
    .slice(1)
    .map((part) => {
      const [first = '', ...rest] = part.split('\n');
      const [name = '', section = '', ...title] = first.split(' ');
      const frame = onTheWire(rest.join('\r\n'));
      const callId = /^(?:call-id|i)\s*:\s*(.*?)\r$/im.exec(frame)?.[1] ?? '';
      return { name, section, title: title.join(' '), callId, frame: asTransaction(name, frame) };
    });
}

/** The same message with our phone in its Request-URI, which is left as odd as it is otherwise, as a call of its own. */
export function addressedTo(user: string, { frame, callId }: Torture): { frame: string; callId: string } {
  const ours = `${callId}-to-us`;
  const addressed = frame.replace(/^(\S+ +<?sips?:)(?:[^\s>]*@)?/, `$1${user}@`);
  return { frame: asTransaction(ours, addressed.replaceAll(callId || '\0', ours)), callId: ours };
}

/** The RFC gives several messages one branch; each gets its own here, as it would have from its sender. */
function asTransaction(name: string, frame: string): string {
  return frame.replaceAll(/(branch\s*=\s*z9hG4bK[\w-]+)/g, (branch) => `${branch}${name.replaceAll(/\W/g, '')}`);
}

function onTheWire(text: string): string {
  const plain = text.replaceAll(/\{([0-9A-F]{2,4})\}/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const body = plain.slice(plain.indexOf('\r\n\r\n') + 4);
  return plain.replace('{length}', String(new TextEncoder().encode(body).length));
}
