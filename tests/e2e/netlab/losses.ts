// Sockets that are reset at odd moments, again and again: what becomes of calls. `npm test` tries a few, `npm run soak` many.
import { expect } from '@playwright/test';
import type { Command } from '../../../src/domain/commands';
import type { Chance } from '../../integration/trials/random';
import { answering, endCalls, liveCalls, perform, soundBack, talk } from './calls';
import { socketReset } from './faults';
import type { Lab } from './lab';

/** In the middle of hold, resume and digits of one call. @returns how often it was gone afterwards; sound is back at the end. */
export async function loseInDialog(lab: Lab, count: number, { below }: Chance): Promise<number> {
  const { ear, call } = await talk(lab);
  const { id: callId } = call;
  const commands: Command[] = [
    { type: 'hold', callId },
    { type: 'retrieve', callId },
    { type: 'sendDtmf', callId, digits: '5' },
  ];
  for (let tries = 0; tries < count; tries += 1) {
    const command = commands[tries % commands.length];
    if (command) await perform(lab, command).catch(() => undefined); // not possible in the state that the last loss left
    await socketReset(lab, below(60));
    if ((await liveCalls(lab)).length === 0) return 1;
  }
  await expect.poll(resumed).toBe('connected');
  await soundBack(ear, Date.now());
  return 0;

  async function resumed(): Promise<string | undefined> {
    const [now] = await liveCalls(lab);
    if (now?.state === 'held') await perform(lab, { type: 'retrieve', callId }).catch(() => undefined);
    return now?.state;
  }
}

/** @returns how many INVITEs arrived at the phone for one that the agent dialled, at most; how many calls came about. */
export async function loseWhileDialling(
  lab: Lab,
  count: number,
  { below }: Chance,
): Promise<{ most: number; connected: number }> {
  /** The phone rings once for each INVITE. */
  const arrived = () => lab.servers.proxyLog().match(/ 180 \S+ to INVITE from udp/g)?.length ?? 0;

  let [most, connected] = [0, 0];
  for (let tries = 0; tries < count; tries += 1) {
    const before = arrived();
    const asked = perform(lab, { type: 'makeCall', number: answering(lab).user });
    await socketReset(lab, below(80));
    await asked;
    await expect.poll(async () => (await liveCalls(lab)).every(({ state }) => state === 'connected')).toBe(true);
    connected += (await liveCalls(lab)).length;
    await endCalls(lab);
    most = Math.max(most, arrived() - before);
  }
  return { most, connected };
}
