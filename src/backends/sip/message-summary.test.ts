import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMessageSummary } from './message-summary';

const TYPE = 'application/simple-message-summary';
const OWN = { user: '1001', domain: 'pbx.example' };
const read = (...lines: string[]) => readMessageSummary(TYPE, lines.join('\r\n'), OWN);

test('RFC 3842 §5.2: the example, with fresh and old voice messages and a fax', () => {
  const told = read(
    'Messages-Waiting: yes',
    'Message-Account: sip:*98@PBX.example',
    'Voice-Message: 4/8 (1/2)',
    'Fax-Message: 0/1',
    '',
  );

  expect(told).toEqual({ waiting: true, fresh: 4, number: '*98' });
});

test.for<[string, string[], object]>([
  ['no message any more', ['Messages-Waiting: no', 'Voice-Message: 0/3 (0/0)'], { waiting: false, fresh: 0 }],
  [
    'only a fax',
    ['Messages-Waiting: yes', 'Voice-Message: 0/0 (0/0)', 'Fax-Message: 1/0'],
    { waiting: false, fresh: 0 },
  ],
  ['a yes without a count', ['messages-waiting:YES'], { waiting: true }],
  ['a count that is none', ['Messages-Waiting: yes', 'Voice-Message: many'], { waiting: true }],
])('%s', ([, lines, told]) => {
  expect(read(...lines)).toEqual(told);
});

test.for([
  ['another server', 'sip:*98@elsewhere.example'],
  ['ourselves', 'sip:1001@pbx.example'],
  ['a name', 'sip:voicemail@pbx.example'],
  ['parameters of a dialling string', 'sip:*98;postd=1@pbx.example'],
])('an account that is %s is nothing to dial', ([, account]) => {
  expect(read('Messages-Waiting: yes', `Message-Account: ${account}`)).toEqual({ waiting: true });
});

test('what is no summary is none: another type, an endless body, an answer that is neither yes nor no', () => {
  expect(readMessageSummary('text/plain', 'Messages-Waiting: yes', OWN)).toBeUndefined();
  expect(read('Messages-Waiting: yes', 'x'.repeat(5_000))).toBeUndefined();
  expect(read('Messages-Waiting: perhaps')).toBeUndefined();
  fc.assert(fc.property(fc.string(), (junk) => void read(junk)));
});
