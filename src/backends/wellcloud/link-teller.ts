// The event link as the agent sees it: closed, opening, open, lost and tried again, refused. Calls live on while it is lost.
import type { PhoneError } from '../../domain/phone-error';
import type { World } from '../backend';

/** The link as the agent sees it. */
export function linkTeller(world: World, server: string) {
  const at = () => world.monotonic();
  let lost = false;
  const signalling = (now: 'up' | 'lost') => {
    if (lost === (now === 'lost')) return;
    lost = now === 'lost';
    world.emit({ type: 'signallingChanged', link: 'wellcloud', signalling: now });
  };
  const tell = (to: Parameters<World['emit']>[0] & { type: 'linkChanged' }) => world.emit(to);
  return {
    closed: () => tell({ type: 'linkChanged', link: 'wellcloud', to: { state: 'closed' }, at: at() }),
    opening: () => tell({ type: 'linkChanged', link: 'wellcloud', to: { state: 'opening' }, at: at() }),
    open() {
      tell({ type: 'linkChanged', link: 'wellcloud', to: { state: 'open', server }, at: at() });
      signalling('up');
    },
    refused: ({ code }: PhoneError) =>
      tell({ type: 'linkChanged', link: 'wellcloud', to: { state: 'refused', cause: code }, at: at() }),
    reopening(cause: PhoneError['code'], attempt: number, nextTryInMs: number) {
      const to = { state: 'reopening', attempt, nextTryAt: at() + nextTryInMs, cause } as const;
      tell({ type: 'linkChanged', link: 'wellcloud', to, at: at() });
      signalling('lost');
    },
  };
}
