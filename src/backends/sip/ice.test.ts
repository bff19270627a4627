import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openIceGathering, rtcConfiguration } from './ice';
import { SipSettings } from './settings';
import * as v from 'valibot';

const HOST = 'candidate:1 1 udp 1 192.0.2.2 5 typ host';
const MDNS = 'candidate:1 1 udp 1 d3b0.local 5 typ host';
const HOST6 = 'candidate:2 1 udp 1 2001:db8::2 5 typ host';
const TCP = 'candidate:3 1 tcp 1 192.0.2.2 9 typ host tcptype active';
const RELAY = 'candidate:1 1 udp 1 192.0.2.9 5 typ relay';
const turn = { urls: 'turn:turn.example', username: 'u' };
const stun = { urls: 'stun:stun.example' };
let ready: ReturnType<typeof vi.fn<() => void>>;

beforeEach(() => {
  vi.useFakeTimers();
  ready = vi.fn<() => void>();
});
afterEach(() => {
  vi.useRealTimers();
});

function gather(iceServers: readonly (RTCIceServer & { urls: string })[], iceGatherMs = 500) {
  const gathering = openIceGathering({ iceServers: [...iceServers] }, iceGatherMs);
  return (candidate: string) => gathering.candidate({ candidate, type: null } as unknown as RTCIceCandidate, ready);
}

test('the offer goes half a second after the first usable candidate', () => {
  const found = gather([stun]);
  found(HOST);
  vi.advanceTimersByTime(499);
  expect(ready).not.toHaveBeenCalled();

  vi.advanceTimersByTime(1);

  expect(ready).toHaveBeenCalledOnce();
});

test('candidates no server can use start no wait of their own, but 1 s is the end', () => {
  const found = gather([stun]);
  found(MDNS);
  vi.advanceTimersByTime(999);
  expect(ready).not.toHaveBeenCalled();

  vi.advanceTimersByTime(1);

  expect(ready).toHaveBeenCalledOnce();
});

test('with TURN the relay is waited for, 3 s at most', () => {
  const found = gather([turn], 100);
  found(HOST);
  vi.advanceTimersByTime(2_000);
  expect(ready).not.toHaveBeenCalled();
  found(RELAY);
  vi.advanceTimersByTime(100);
  expect(ready).toHaveBeenCalledOnce();

  const without = gather([turn], 100);
  without(HOST);
  vi.advanceTimersByTime(3_000);
  expect(ready).toHaveBeenCalledTimes(2);
});

test('without ICE servers 30 ms of quiet after the UDP candidates are enough', () => {
  const found = gather([]);
  found(HOST);
  vi.advanceTimersByTime(20);
  found(HOST6);
  vi.advanceTimersByTime(29);
  expect(ready).not.toHaveBeenCalled();

  vi.advanceTimersByTime(1);

  expect(ready).toHaveBeenCalledOnce();
  vi.advanceTimersByTime(5_000);
  expect(ready).toHaveBeenCalledOnce();
});

test('without ICE servers a TCP candidate behind a usable one ends the wait; alone it does not', () => {
  const found = gather([]);
  found(TCP);
  vi.advanceTimersByTime(900);
  expect(ready).not.toHaveBeenCalled();
  found(HOST);
  found(TCP);

  expect(ready).toHaveBeenCalledOnce();
});

test('without ICE servers names of the own network alone are sent after 1 s', () => {
  const found = gather([]);
  found(MDNS);
  vi.advanceTimersByTime(999);
  expect(ready).not.toHaveBeenCalled();

  vi.advanceTimersByTime(1);

  expect(ready).toHaveBeenCalledOnce();
});

test('a second gathering in the same call waits by the same rules', () => {
  const found = gather([stun]);
  found(HOST);
  vi.advanceTimersByTime(500);

  found(HOST);
  vi.advanceTimersByTime(500);

  expect(ready).toHaveBeenCalledTimes(2);
});

test('TURN servers get their secret by place; those that lack one are left out', () => {
  const { iceServers } = v.parse(SipSettings, {
    kind: 'sip',
    servers: ['wss://x'],
    domain: 'x',
    user: '1',
    iceServers: [stun, turn, { ...turn, urls: 'turn:other.example' }],
  });
  const secrets = { password: '', instanceId: '', turnCredentials: { 1: 'secret', 2: '' } };

  expect(rtcConfiguration({ iceServers }, secrets).iceServers).toEqual([stun, { ...turn, credential: 'secret' }]);
});
