// What the engine says of a profile, and when two settings mean the same links.
import { isUnencryptedBeyond } from '../src/backends/server-url';
import type { AnsweringRules } from '../src/domain/auto-answer';
import { FORWARD_KINDS } from '../src/domain/line';
import type { AgentFacts, ProfileFacts } from '../src/domain/phone';
import { activeProfile, type EngineSettings, type Profile } from '../src/settings/schema';

export function profileFacts(profile: Profile): ProfileFacts {
  const { voice, agent } = profile;
  const addresses = [...(voice?.servers ?? []), agent?.server, agent?.eventServer, agent?.loginServer];
  return {
    id: profile.id,
    name: profile.name,
    own: agent?.extension || voice?.user || '', // of a phone that a server steers, people know the extension
    unencrypted: addresses.some((address) => address !== undefined && isUnencryptedBeyond(address)),
    ...(voice?.voicemail.number !== undefined && { voicemailNumber: voice.voicemail.number }),
    forwardKinds: FORWARD_KINDS.filter((kind) => voice?.forwarding[kind]),
    ...(agent && { agent: agentFacts(agent) }),
  };
}

function agentFacts(settings: NonNullable<Profile['agent']>): AgentFacts {
  const { kind: link, agent, extension, domain, loginMode, initialMode, reasons, supervisor } = settings;
  const initialState = initialMode === 'Ready' ? 'ready' : 'notReady';
  return { link, agent, extension, domain, loginMode, initialState, reasons, supervisor };
}

export function answeringRules(from: EngineSettings | undefined): AnsweringRules {
  const { autoAnswer, delayS } = from?.settings.answering ?? { autoAnswer: false, delayS: 0 };
  return { autoAnswer, delayMs: delayS * 1_000, heedServer: from?.policy?.allowServerAutoAnswer === true };
}

/** Whether two settings lead to the same links, so that nothing has to be reopened. */
export function sameLinks(a: EngineSettings, b: EngineSettings): boolean {
  return linksOf(a) === linksOf(b);
}

/** Without the labels of reasons, and without the agent's password, which is asked for when it is needed. */
function linksOf({ settings, secrets, instanceId }: EngineSettings): string {
  const profile = activeProfile(settings);
  const voiceSecrets = profile?.voice
    ? Object.entries(secrets).filter(([name]) => name.split(':')[1] === profile.id && !name.startsWith('wellcloud:'))
    : [];
  const { reasons: _reasons, ...agent } = profile?.agent ?? {};
  return JSON.stringify([profile?.id, profile?.voice, agent, voiceSecrets.toSorted(), instanceId]);
}
