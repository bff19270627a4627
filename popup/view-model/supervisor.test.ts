import { expect, test } from 'vitest';
import { desk, offDesk } from '../../tests/gallery/desk-states';
import { asksFirst, mayOpenPanel, missingFor, NOBODY, supervisorCommand } from './supervisor';

const fields = { agent: '5002', extension: '8002', serverCallId: 'c-1' };

test('the panel is for supervisors alone, and only while they are logged in', () => {
  expect(mayOpenPanel(desk({}, { facts: { supervisor: true } }))).toBe(true);
  expect(mayOpenPanel(desk())).toBe(false);
  expect(mayOpenPanel(offDesk({ supervisor: true }))).toBe(false);
});

test('an act on a call needs extension and call, one on an agent needs agent and extension', () => {
  expect(missingFor('listen', NOBODY)).toBe('extension');
  expect(missingFor('listen', { ...fields, serverCallId: '' })).toBe('serverCallId');
  expect(missingFor('forceReady', { ...fields, agent: '', serverCallId: '' })).toBe('agent');
  expect(missingFor('forceReady', { ...fields, serverCallId: '' })).toBeUndefined();
});

test('each act sends its command; what takes a call or a login from somebody is asked first', () => {
  expect(supervisorCommand('bargeIn', fields)).toEqual({ type: 'bargeIn', serverCallId: 'c-1', extension: '8002' });
  expect(supervisorCommand('forceLogout', fields)).toEqual({ type: 'forceLogout', agent: '5002', extension: '8002' });
  const all = ['listen', 'bargeIn', 'takeOver', 'forceClear', 'forceReady', 'forceNotReady', 'forceLogout'] as const;
  expect(all.filter(asksFirst)).toEqual(['takeOver', 'forceClear', 'forceLogout']);
});
