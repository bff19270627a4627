import { expect, test } from 'vitest';
import type { Command } from '../src/domain/commands';
import { checkSettings } from '../src/settings/check';
import { cleaned, type WithNumber } from './cleaned';

const AGENT = { kind: 'wellcloud', server: 'https://cc.example', domain: 'test.cc', prefix: '9' };
const VOICE = { kind: 'sip', servers: ['wss://pbx.example'], user: '8001', domain: 'pbx.example' };
const seat = (links: object) =>
  checkSettings({ version: 1, profiles: [{ id: 'seat', name: 'Seat', ...links }], activeProfile: 'seat' });
const [DESK_PHONE, BROWSER, BOTH] = [
  seat({ agent: AGENT }),
  seat({ voice: VOICE }),
  seat({ agent: AGENT, voice: VOICE }),
];
const clean = (command: WithNumber, settings = DESK_PHONE): Command =>
  cleaned(command, { source: 'typed', confirmed: false }, settings);
const callId = 'a';

test.each<WithNumber>([
  { type: 'makeCall', number: '1 1 0' },
  { type: 'singleStepTransfer', callId, number: '1 1 0' },
  { type: 'singleStepConference', callId, number: '1 1 0', part: 'active' },
  { type: 'vendorCommand', name: 'singleStepTransferAndWait', callId, params: { number: '1 1 0' } },
])('an emergency number goes out marked as one, so that nothing changes it: %j', (command) => {
  const [number, other] = ['110', '13800138000'];
  const put = (digits: string) => ('params' in command ? { params: { number: digits } } : { number: digits });
  expect(clean(command)).toEqual({ ...command, ...put(number), emergency: true });
  expect(clean({ ...command, ...put(other) } as WithNumber)).toEqual({ ...command, ...put(other) });
});

test('a mark that came with the command counts for nothing', () => {
  const sent = { callId, number: '13800138000', emergency: true } as const;
  for (const type of ['consult', 'singleStepTransfer'] as const)
    expect(clean({ type, ...sent })).not.toHaveProperty('emergency');
  expect(clean({ type: 'makeCall', ...sent })).not.toHaveProperty('emergency');
});

test('an emergency number under Consult is a call of its own where the voice is here; a desk phone can only consult it', () => {
  const consult = { type: 'consult', callId, number: '120' } as const;
  const call = { type: 'makeCall', number: '120', emergency: true };
  expect([BROWSER, BOTH].map((settings) => clean(consult, settings))).toEqual([call, call]);
  expect(clean(consult)).toEqual({ ...consult, emergency: true });
});

test('calls are never forwarded to an emergency number', () => {
  const forward = (number: string) => clean({ type: 'setForwarding', kind: 'always', number });
  expect(() => forward('110')).toThrow(expect.objectContaining({ code: 'notATelephoneNumber' }) as Error);
  expect(forward('2002')).toMatchObject({ number: '2002' });
});
