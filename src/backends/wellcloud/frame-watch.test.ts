import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FRAME_MAX, watchFrames } from './frame-watch';

const bytes = (text: string) => new TextEncoder().encode(text);
const message = (body: string, length?: string) =>
  `MESSAGE\nsubscription:sub-0\n${length === undefined ? '' : `content-length:${length}\n`}\n${body}\0`;

describe('frames as they should be', () => {
  test.each([
    ['one with its length', message('{"a":"ü"}', '10')],
    ['one without', message('{"a":1}')],
    ['with a NUL inside its length', message('a\0b', '3')],
    ['heart-beats between them', `\n\n${message('{}', '2')}\n${message('{}')}\n`],
    ['lines that end with CR LF', 'MESSAGE\r\ncontent-length:2\r\n\r\n{}\0'],
    ['no headers, no body', 'CONNECTED\n\n\0'],
    ['a length that is said twice: the first counts', 'MESSAGE\ncontent-length:2\ncontent-length:99\n\n{}\0'],
  ])('%s: all is finished', (_what, text) => {
    const watch = watchFrames();
    expect(watch.see(bytes(text))).toBe(true);
    expect(watch.unfinished()).toBe(false);
  });

  test('however they are cut into pieces', () => {
    const text = bytes(`${message('{"a":"ü"}', '10')}\n${message('{}')}${message('a\0b', '3')}`);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 12 }), (cuts) => {
        const watch = watchFrames();
        const edges = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        for (const [at, edge] of edges.entries()) expect(watch.see(text.subarray(edge, edges[at + 1]))).toBe(true);
        expect(watch.unfinished()).toBe(false);
      }),
    );
  });
});

describe('frames that would silence the link', () => {
  test.each(['999999999', '-1', '1.5', 'soon', '1e3', '', '0x10', ''.padEnd(400, '9')])(
    'a length of %s is refused',
    (length) => {
      expect(watchFrames().see(bytes(message('{}', length)))).toBe(false);
    },
  );

  test('a false length that is small enough leaves a frame unfinished, through all that follows', () => {
    const watch = watchFrames();
    expect(watch.see(bytes(message('{}', '5000')))).toBe(true);
    for (let count = 0; count < 20; count += 1) expect(watch.see(bytes(`\n${message('{}', '2')}`))).toBe(true);
    expect(watch.unfinished()).toBe(true);
  });

  test('a body without an end is refused at the limit', () => {
    const watch = watchFrames();
    expect(watch.see(bytes('MESSAGE\n\n'))).toBe(true);
    const piece = new Uint8Array(65_536).fill(120);
    const seen = Array.from({ length: 8 }, () => watch.see(piece));
    expect(seen.indexOf(false)).toBe(Math.floor(FRAME_MAX / piece.length));
  });

  test('headers without an end are refused', () => {
    expect(watchFrames().see(bytes(`MESSAGE\n${'x'.repeat(20_000)}`))).toBe(false);
  });

  test('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), (chunks) => {
        const watch = watchFrames();
        for (const chunk of chunks) expect(typeof watch.see(chunk)).toBe('boolean');
      }),
    );
  });
});
