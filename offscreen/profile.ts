// What the engine says of a profile, and when two settings mean the same links.
import { isUnencryptedBeyond } from '../src/backends/server-url';
import type { AnsweringRules } from '../src/domain/auto-answer';
import { FORWARD_KINDS } from '../src/domain/line';
import type { ProfileFacts } from '../src/domain/phone';
import { activeProfile, type EngineSettings, type Profile } from '../src/settings/schema';

export function profileFacts(profile: Profile): ProfileFacts {
  const { voice } = profile;
  return {
    id: profile.id,
    name: profile.name,
    own: voice?.user ?? '',
    unencrypted: voice?.servers.some(isUnencryptedBeyond) ?? false,
    ...(voice?.voicemail.number !== undefined && { voicemailNumber: voice.voicemail.number }),
    forwardKinds: FORWARD_KINDS.filter((kind) => voice?.forwarding[kind]),
  };
}

export function answeringRules(from: EngineSettings | undefined): AnsweringRules {
  const { autoAnswer, delayS } = from?.settings.answering ?? { autoAnswer: false, delayS: 0 };
  return { autoAnswer, delayMs: delayS * 1_000, heedServer: from?.policy?.allowServerAutoAnswer === true };
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
