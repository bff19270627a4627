// From a stored profile to running back ends.
import type { Backend, World } from '../src/backends/backend';
import { openSip } from '../src/backends/sip/backend';
import type { LinkId } from '../src/domain/links';
import { toPhoneError } from '../src/domain/phone-error';
import { activeProfile, secretName, type EngineSettings, type Profile } from '../src/settings/schema';

export interface OpenedBackEnds {
  readonly backEnds: Readonly<Partial<Record<LinkId, Backend>>>;
  close(): void;
}

export function openBackEnds(settings: EngineSettings, world: Omit<World, 'signal'>): OpenedBackEnds {
  const profile = activeProfile(settings.settings);
  const closing = new AbortController();
  const close = () => closing.abort();
  if (!profile?.voice) return { backEnds: {}, close };
  try {
    const sip = openSip(
      {
        settings: profile.voice,
        secrets: {
          password: settings.secrets[secretName.sip(profile.id)] ?? '',
          turnCredentials: turnCredentials(profile, settings.secrets),
          instanceId: settings.instanceId,
        },
      },
      { ...world, signal: closing.signal },
    );
    return { backEnds: { sip }, close };
  } catch (thrown) {
    // Settings that passed every check and still cannot be used: the link says so instead of staying silent.
    const { code } = toPhoneError(thrown);
    world.emit({ type: 'linkChanged', link: 'sip', to: { state: 'refused', cause: code }, at: world.monotonic() });
    return { backEnds: {}, close };
  }
}

function turnCredentials(profile: Profile, secrets: EngineSettings['secrets']): Record<number, string> {
  const found: Record<number, string> = {};
  profile.voice?.iceServers.forEach((_server, index) => {
    const credential = secrets[secretName.turn(profile.id, index)];
    if (credential !== undefined) found[index] = credential;
  });
  return found;
}
