import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAME_MAX, openFrameGate, PASSED_OVER_MAX } from './frame-gate';
import type { OddFrame } from './frame-head';

const bytes = (text: string) => new TextEncoder().encode(text);
const message = (body: string, length?: string) =>
  `MESSAGE\nsubscription:sub-0\n${length === undefined ? '' : `content-length:${length}\n`}\n${body}\0`;

/** A gate with what it lets through, as text, and what it found odd. */
function open() {
  const odd: OddFrame[] = [];
  const gate = openFrameGate('sub-0', (what) => odd.push(what));
  let passed = '';
  const decoder = new TextDecoder();
  return {
    odd,
    gate,
    passed: () => passed,
    take(chunk: string | Uint8Array): boolean {
      const out = gate.take(typeof chunk === 'string' ? bytes(chunk) : chunk);
      if (out) passed += decoder.decode(out);
      return out !== undefined;
    },
  };
}

describe('frames as they should be', () => {
  test.each([
    ['one with its length', message('{"a":"ü"}', '10')],
    ['one without', message('{"a":1}')],
    ['with a NUL inside its length', message('a\0b', '3')],
    ['lines that end with CR LF', 'MESSAGE\r\nsubscription:sub-0\r\ncontent-length:2\r\n\r\n{}\0'],
    ['no headers, no body', 'CONNECTED\n\n\0'],
    ['a length that is said twice: the first counts', 'ERROR\ncontent-length:2\ncontent-length:99\n\n{}\0'],
    ['a value with colons and escapes', 'MESSAGE\nsubscription:sub-0\nserver:a:b\\c\\n\\\\\n\n{}\0'],
  ])('%s: passes as it came', (_what, text) => {
    const { take, passed, gate, odd } = open();
    expect(take(text)).toBe(true);
    expect(passed()).toBe(text);
    expect(gate.unfinished()).toBeUndefined();
    expect(odd).toEqual([]);
  });

  test('however they are cut into pieces, with heart-beats between them', () => {
    const frames = [message('{"a":"ü"}', '10'), message('{}'), message('a\0b', '3'), message('{"b":1}')];
    const text = bytes(`\n\n${frames.join('\n')}\n`);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 30 }), (cuts) => {
        const { take, passed, gate } = open();
        const edges = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        for (const [at, edge] of edges.entries()) expect(take(text.subarray(edge, edges[at + 1]))).toBe(true);
        expect(passed()).toBe(frames.join(''));
        expect(gate.unfinished()).toBeUndefined();
      }),
    );
  });

  test('each frame is another, so that one that never ends can be told from many that do', () => {
    const { take, gate } = open();
    const halves = [message('{}').slice(0, 9), message('{}').slice(9)];
    take(halves[0] ?? '');
    const first = gate.unfinished();
    take(`${halves[1]}${halves[0]}`);
    expect(gate.unfinished()).toBe((first ?? 0) + 1);
  });
});

describe('a length that is none', () => {
  test.each(['-1', '1e9', 'abc', '', '1.5', '0x10'])('%s: the body ends at its NUL, and it is counted', (length) => {
    const { take, passed, odd } = open();
    expect(take(`${message('{"a":1}', length)}${message('{}')}`)).toBe(true);
    expect(passed()).toBe(`${message('{"a":1}')}${message('{}')}`);
    expect(odd).toEqual(['lengthInvalid']);
  });

  test('of two lengths the first valid one counts', () => {
    const { take, passed, odd } = open();
    expect(take('ERROR\ncontent-length:-1\ncontent-length:3\n\na\0b\0')).toBe(true);
    expect(passed()).toBe('ERROR\ncontent-length:3\n\na\0b\0');
    expect(odd).toEqual(['lengthInvalid']);
  });
});

describe('the stream is given up at', () => {
  test.each([
    ['a length beyond all size', message('{}', '999999999')],
    ['a length that is a little short', message('{"a":1}', '5')],
    ['a length into the next frames', `${message('{}', '20')}${message('{}', '2')}`],
    ['a header without a colon', 'MESSAGE\nsubscription:sub-0\nnonsense\n\n{}\0'],
    ['a header without a name', 'MESSAGE\n:sub-0\n\n{}\0'],
    ['an escape that is none', 'MESSAGE\nsubscription:sub-0\nx:a\\x\n\n{}\0'],
    ['ten thousand headers', `MESSAGE\n${'a:b\n'.repeat(10_000)}\n{}\0`],
    ['a hundred and one', `MESSAGE\n${'a:b\n'.repeat(101)}\n{}\0`],
    ['a header of a megabyte', `MESSAGE\nx:${'y'.repeat(1_000_000)}\n\n{}\0`],
    ['a head without an end', `MESSAGE\n${'x'.repeat(20_000)}`],
    ['a command that no server has', 'SEND\n\n\0'],
    ['a page of HTML', '<html>\n\n<body>\0'],
  ])('%s', (_what, text) => {
    expect(open().take(text)).toBe(false);
  });

  test('a body without an end', () => {
    const { take } = open();
    take('MESSAGE\nsubscription:sub-0\n\n');
    const piece = new Uint8Array(65_536).fill(120);
    const taken = Array.from({ length: 80 }, () => take(piece));
    expect(taken.indexOf(false)).toBeGreaterThanOrEqual(PASSED_OVER_MAX / piece.length - 1);
  });
});

describe('left out, and the link stays', () => {
  test.each([
    ['with its length', message('x'.repeat(2_000_000), '2000000')],
    ['without', message('x'.repeat(2_000_000))],
  ])('an event of 2 MB, %s, in one piece or many', (_what, large) => {
    for (const step of [large.length + 1, 65_536, 1_000]) {
      const { take, passed, odd, gate } = open();
      const text = `${message('{"a":1}')}${large}\n${message('{"b":2}', '7')}`;
      for (let at = 0; at < text.length; at += step) expect(take(text.slice(at, at + step))).toBe(true);
      expect(passed()).toBe(`${message('{"a":1}')}${message('{"b":2}', '7')}`);
      expect(odd).toEqual(['tooLarge']);
      expect(gate.unfinished()).toBeUndefined();
    }
  });

  test('one that is just small enough passes', () => {
    const { take, passed } = open();
    const body = 'x'.repeat(FRAME_MAX);
    expect(take(message(body))).toBe(true);
    expect(passed()).toBe(message(body));
  });

  test.each([
    ['subscriptionUnknown', 'MESSAGE\nsubscription:sub-7\n\n{}\0'],
    ['subscriptionUnknown', 'MESSAGE\nsubscription:__proto__\n\n{}\0'],
    ['subscriptionUnknown', 'MESSAGE\nsubscription:constructor\n\n{}\0'],
    ['subscriptionUnknown', 'MESSAGE\ndestination:x\n\n{}\0'],
    ['receiptUnknown', 'RECEIPT\nreceipt-id:nobody\n\n\0'],
    ['receiptUnknown', 'RECEIPT\nreceipt-id:__proto__\n\n\0'],
  ] as const)('%s: %j', (what, frame) => {
    const { take, passed, odd } = open();
    expect(take(`${frame}${message('{}')}`)).toBe(true);
    expect(passed()).toBe(message('{}'));
    expect(odd).toEqual([what]);
  });
});

test('never throws, whatever comes', () => {
  const pieces = fc.constantFrom(
    ...['MESSAGE\n', 'content-length:', 'subscription:sub-0\n', '\n', '\n\n', '\0', '3', ':'],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 64 }), pieces.map(bytes))), (chunks) => {
      const { take } = open();
      for (const chunk of chunks) expect(typeof take(chunk)).toBe('boolean');
    }),
    { numRuns: 500 },
  );
});
