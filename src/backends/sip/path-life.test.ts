import { expect, test } from 'vitest';
import { hasGrown, readSigns } from './path-life';

const report = (...entries: object[]) =>
  new Map(entries.map((entry, index) => [String(index), { id: String(index), ...entry }])) as unknown as RTCStatsReport;
const call = (rtp: number, responses: number) =>
  readSigns(
    report(
      { type: 'inbound-rtp', kind: 'audio', packetsReceived: rtp, jitter: 0.01 },
      { type: 'candidate-pair', bytesReceived: 100 * rtp, bytesSent: 1, responsesReceived: responses },
    ),
  );

test('a far end that is silent but answers connectivity checks is alive', () => {
  expect(hasGrown(call(10, 1), call(10, 2))).toBe(true);
});

test('what we send ourselves is no sign of life', () => {
  const sent = (bytesSent: number, requestsSent: number) =>
    readSigns(report({ type: 'candidate-pair', bytesSent, requestsSent, responsesReceived: 1 }));

  expect(hasGrown(sent(1, 1), sent(900, 9))).toBe(false);
});

test('the counters of a new path begin at nothing', () => {
  const before = readSigns(report({ type: 'candidate-pair', id: 'old', responsesReceived: 70 }));
  const after = (responsesReceived: number) =>
    readSigns(
      report(
        { type: 'candidate-pair', id: 'old', responsesReceived: 70 },
        { type: 'candidate-pair', id: 'new', responsesReceived },
      ),
    );

  expect(hasGrown(before, after(0))).toBe(false);
  expect(hasGrown(before, after(1))).toBe(true);
});

test('counters that are missing, odd or jump back are no sign', () => {
  const odd = readSigns(report({ type: 'inbound-rtp', packetsReceived: 'many' }, { type: 'transport' }, { type: 7 }));

  expect(odd.size).toBe(0);
  expect(hasGrown(call(10, 1), call(3, 0))).toBe(false);
});
