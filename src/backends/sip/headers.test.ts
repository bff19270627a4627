import { expect, test } from 'vitest';
import { addressOf, inviteHeaders, roomAddress } from './headers';

test('custom headers go as they are', () => {
  expect(inviteHeaders([{ name: 'X-Campaign', value: '7; 北京' }])).toEqual(['X-Campaign: 7; 北京']);
});

test.for([
  { name: 'X-A', value: 'v\r\nContact: <sip:evil@x>' },
  { name: 'X-A\r\nRoute', value: 'v' },
  { name: 'Route', value: '<sip:evil@x>' },
  { name: 'X-A', value: 'v'.repeat(101) },
])('a header that would break out of its line is refused: %j', (header) => {
  expect(() => inviteHeaders([header])).toThrow(expect.objectContaining({ code: 'headerInvalid' }));
});

test('service codes keep their meaning in an address', () => {
  expect(addressOf('*#06#', 'pbx.example:5070')).toBe('sip:*%2306%23@pbx.example:5070');
});

test('a room is a number of our own server, or an address elsewhere', () => {
  expect(roomAddress('3000', 'pbx.example')).toBe('sip:3000@pbx.example');
  expect(roomAddress('sip:team@rooms.example:5070', 'pbx.example')).toBe('sip:team@rooms.example:5070');
});

test.for(['', '1 2', '1@evil', '1>', '1%0d', '1;x', '1\r\n', '一'])('%j is no number', (number) => {
  expect(() => addressOf(number, 'x')).toThrow(expect.objectContaining({ code: 'notANumber' }));
});
