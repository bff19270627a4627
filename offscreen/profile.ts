// What the engine says of a profile, and when two settings mean the same links.
import { isUnencryptedBeyond } from '../src/backends/server-url';
import type { ProfileFacts } from '../src/domain/phone';
import { activeProfile, type EngineSettings, type Profile } from '../src/settings/schema';

export function profileFacts(profile: Profile): ProfileFacts {
  return {
    id: profile.id,
    name: profile.name,
    own: profile.voice?.user ?? '',
    unencrypted: profile.voice?.servers.some(isUnencryptedBeyond) ?? false,
  };
}

/** Whether two settings lead to the same links, so that nothing has to be reopened. */
export function sameLinks(a: EngineSettings, b: EngineSettings): boolean {
  const account = ({ settings, secrets, instanceId }: EngineSettings) => {
    const profile = activeProfile(settings);
    const own = Object.entries(secrets).filter(([name]) => name.split(':')[1] === profile?.id);
    return JSON.stringify([profile, own.toSorted(), instanceId]);
  };
  return account(a) === account(b);
}
