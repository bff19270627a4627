// Who is told that somebody left a call, and why it ended (wellclient.md §6.3, §6.5, §7). Pure.
import type { CallMemory } from './call-memory';

/** FreeSWITCH's names of hang-up causes, by the exchange's SIP status codes. */
const CAUSES: ReadonlyMap<number, string> = new Map([
  [200, 'NORMAL_CLEARING'],
  [403, 'CALL_REJECTED'],
  [404, 'UNALLOCATED_NUMBER'],
  [408, 'NO_ANSWER'],
  [480, 'NO_USER_RESPONSE'],
  [484, 'INVALID_NUMBER_FORMAT'],
  [486, 'USER_BUSY'],
  [487, 'NORMAL_CLEARING'],
  [501, 'FACILITY_NOT_SUBSCRIBED'],
  [502, 'DESTINATION_OUT_OF_ORDER'],
  [603, 'CALL_REJECTED'],
  [604, 'NO_ROUTE_DESTINATION'],
]);
/** What call progress analysis makes of them. */
const FAILURES: ReadonlyMap<number, readonly [code: string, message: string]> = new Map([
  [404, ['8', 'does not exist']],
  [408, ['11', 'not answer']],
  [480, ['6', 'power off']],
  [486, ['1', 'busy now']],
  [503, ['3', 'not reachable']],
  [603, ['10', 'line is busy']],
]);

export function causeName(status: number): string {
  return CAUSES.get(status) ?? 'NORMAL_TEMPORARY_FAILURE';
}

export function failureOf(status: number): { failedCode: string; failedMsg: string } {
  const [failedCode, failedMsg] = FAILURES.get(status) ?? ['14', 'unknown'];
  return { failedCode, failedMsg };
}

export interface Release {
  readonly device: string;
  /** Who began the call. */
  readonly from: string;
  /** Who is still in it. */
  readonly left: readonly string[];
}

/** The devices a release is told to; none: nobody is told. */
export function toldOf({ device, from, left }: Release, memory: CallMemory): string[] {
  const { reached, outside, hidden, became, closing, leftLast } = memory;
  if (hidden.has(device) || closing) return [device];
  if (device !== from && !reached.has(device)) return []; // it never rang
  if (became === 'itself' && device === from && outside.has(device)) return []; // a customer who called: only our own release is told
  if (became === 'transferred' && left.length === 1) return [device];
  const first = left.length === 0 && became === 'itself' && leftLast !== undefined ? [leftLast] : [];
  return [...new Set([...left, device, ...first])];
}

export function hangupOf({ device, left }: Release, { hungUp, leftLast }: CallMemory): string {
  return hungUp ?? (left.length > 0 ? device : (leftLast ?? device));
}
