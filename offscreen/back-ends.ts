// From a stored profile to running back ends: a voice link, an agent link, or both as one phone.
import type { Backend, World } from '../src/backends/backend';
import { openSip } from '../src/backends/sip/backend';
import type { SipSettings } from '../src/backends/sip/settings';
import { openWellcloud } from '../src/backends/wellcloud/backend';
import type { Steered } from '../src/backends/sip/steered';
import type { WellcloudSettings } from '../src/backends/wellcloud/settings';
import type { LinkId } from '../src/domain/links';
import { PhoneError, toPhoneError } from '../src/domain/phone-error';
import { openSealedTexts } from '../src/settings/sealed';
import { activeProfile, secretName, type EngineSettings, type Profile } from '../src/settings/schema';
import { openKeptSession } from './kept-sessions';
import { pairPhone } from './paired-phone';

type BackEnds = Readonly<Partial<Record<LinkId, Backend>>>;
export interface OpenedBackEnds {
  readonly backEnds: BackEnds;
  close(): void;
}
/** Opens one link of the profile; what it tells goes to the world it is given. */
type OpenLink = (world: World) => Backend;
type OpenVoice = (world: World, steered?: Steered) => Backend;

/** @param now the settings as they are later on: secrets may come while the links stay. */
export function openBackEnds(
  settings: EngineSettings,
  world: Omit<World, 'signal'>,
  now: () => EngineSettings = () => settings,
): OpenedBackEnds {
  const profile = activeProfile(settings.settings);
  const closing = new AbortController();
  const open = { ...world, signal: closing.signal };
  const voice = profile?.voice && voiceLink(profile.id, profile.voice, settings);
  const agent = profile?.agent && agentLink(profile.id, profile.agent, now);
  const backEnds =
    voice && agent
      ? openBoth(profile, { voice, agent }, open)
      : { ...(voice && opened('sip', voice, open)), ...(agent && opened('wellcloud', agent, open)) };
  return { backEnds, close: () => closing.abort() };
}

/** The server steers the calls, this browser is the agent's phone; if one of the two cannot be used, the other is a phone. */
function openBoth({ agent }: Profile, links: { voice: OpenVoice; agent: OpenLink }, world: World): BackEnds {
  const { extension = '', prefix = '' } = agent ?? {};
  const unusable: Backend = {
    perform: () => Promise.reject(new PhoneError('notSupported', 'the link cannot be used')),
  };
  const two = {
    sip: (heard: World, steered: Steered) => opened('sip', (at) => links.voice(at, steered), heard).sip ?? unusable,
    wellcloud: (heard: World) => opened('wellcloud', links.agent, heard).wellcloud ?? unusable,
  };
  const phone = pairPhone(two, { extension, prefix }, world);
  return { sip: phone, wellcloud: phone };
}

/** Settings that passed every check and still cannot be used: the link says so instead of staying silent. */
function opened(link: LinkId, open: OpenLink, world: World): BackEnds {
  try {
    return { [link]: open(world) };
  } catch (thrown) {
    const { code } = toPhoneError(thrown);
    world.emit({ type: 'linkChanged', link, to: { state: 'refused', cause: code }, at: world.monotonic() });
    return {};
  }
}

function voiceLink(profileId: string, settings: SipSettings, { secrets, instanceId }: EngineSettings): OpenVoice {
  const password = secrets[secretName.sip(profileId)] ?? '';
  const turnCredentials = turnCredentialsOf(profileId, settings, secrets);
  const account = { settings, secrets: { password, turnCredentials, instanceId } };
  return (world, steered) => openSip({ ...account, ...(steered && { steered }) }, world);
}

function agentLink(profileId: string, settings: WellcloudSettings, now: () => EngineSettings): OpenLink {
  const password = () => now().secrets[secretName.wellcloud(profileId)] ?? '';
  const { server, domain, agent, extension } = settings;
  return (world) => {
    const memory = openKeptSession({
      texts: openSealedTexts('callbar-sessions'),
      name: secretName.wellcloud(profileId),
      whose: JSON.stringify([server, domain, agent, extension]),
      wall: world.wall,
      failed: (error) => world.log('warning', `wellcloud: the session could not be kept: ${String(error)}`),
    });
    return openWellcloud({ settings, password, memory }, world);
  };
}

function turnCredentialsOf(
  profileId: string,
  { iceServers }: SipSettings,
  secrets: EngineSettings['secrets'],
): Record<number, string> {
  const found: Record<number, string> = {};
  iceServers.forEach((_server, index) => {
    const credential = secrets[secretName.turn(profileId, index)];
    if (credential !== undefined) found[index] = credential;
  });
  return found;
}
