// The settings document as JSON Schema, for editors and administrators; made from the valibot schema, never by hand.
// What JSON Schema cannot say (unique ids, addresses of servers) is checked at import all the same.
import { toJsonSchema, type JsonSchema } from '@valibot/to-json-schema';
import { Settings, SETTINGS_VERSION } from './schema';

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  version: 'Version of this document; a newer one is refused.',
  language: 'Language of the extension; auto follows the browser.',
  country: 'ISO 3166-1 alpha-2: numbers without a country code are read as numbers of it.',
  profiles: 'Phone accounts. Passwords are never part of this document.',
  'profiles.id': 'Name of the profile inside this document; lower-case letters, digits and -. Unique.',
  'profiles.name': 'Name shown to the agent.',
  'profiles.voice': 'The SIP account that carries the voice; null for none.',
  'profiles.voice.kind': 'Always sip.',
  'profiles.voice.servers': 'wss:// addresses, tried in order. ws:// is for this computer only (see allowUnencrypted).',
  'profiles.voice.domain': 'Host part of the address of record (user@domain).',
  'profiles.voice.user': 'User part of the address of record: mostly the line number.',
  'profiles.voice.authUser': 'Digest user name, where it is not the user.',
  'profiles.voice.hashed': 'The secret kept for the account is an HA1, H(user:realm:password), instead of a password.',
  'profiles.voice.hashed.algorithm': 'What the HA1 was made with; challenges of others are not answered.',
  'profiles.voice.hashed.realm': 'The realm it was made for, as the server writes it.',
  'profiles.voice.displayName': 'Name that the other side may see.',
  'profiles.voice.expiresS': 'Life of a registration asked for, in seconds.',
  'profiles.voice.keepAliveS': 'Between two keep-alives on an idle socket, in seconds.',
  'profiles.voice.iceServers': 'STUN and TURN servers. The credential of a TURN server is asked for in the options.',
  'profiles.voice.iceServers.urls': 'stun:, stuns:, turn: or turns: address (RFC 7064, RFC 7065).',
  'profiles.voice.iceServers.username': 'User of a TURN server.',
  'profiles.voice.iceGatherMs': 'How long ICE candidates are waited for after the first usable one, in milliseconds.',
  'profiles.voice.dtmf': 'How keypad digits are sent: as telephone-event (RFC 4733) or by SIP INFO.',
  'profiles.voice.declineStatus': 'Answer to a declined call: 486 lets a queue go on, 603 ends it everywhere.',
  'profiles.voice.doNotDisturbStatus': 'Answer to a call while do not disturb is on.',
  'profiles.voice.voicemail': 'The mailbox of this line.',
  'profiles.voice.voicemail.subscribe': 'Whether the server is asked for new messages; some tell unasked.',
  'profiles.voice.voicemail.number': 'Dialled to hear the messages.',
  'profiles.voice.forwarding': 'Feature codes by which the server forwards calls; none, no forwarding is offered.',
  'profiles.voice.forwarding.always': 'Every call.',
  'profiles.voice.forwarding.always.set': 'Dialled to begin, such as *72{number}.',
  'profiles.voice.forwarding.always.cancel': 'Dialled to end it, such as *73.',
  'profiles.voice.forwarding.busy': 'Calls while the line is busy.',
  'profiles.voice.forwarding.busy.set': 'Dialled to begin, such as *90{number}.',
  'profiles.voice.forwarding.busy.cancel': 'Dialled to end it, such as *91.',
  'profiles.voice.forwarding.noAnswer': 'Calls that nobody answers.',
  'profiles.voice.forwarding.noAnswer.set': 'Dialled to begin, such as *92{number}.',
  'profiles.voice.forwarding.noAnswer.cancel': 'Dialled to end it, such as *93.',
  'profiles.voice.conferenceRoom':
    'Number or address of a conference room: Merge brings all into it. Without one the browser mixes the calls.',
  'profiles.voice.maxCalls': 'Live calls at a time; further ones get 486.',
  'profiles.voice.noAnswerS': 'Seconds without an answer after which an incoming call is given up.',
  'profiles.voice.headers': 'Headers added to outgoing calls. Not for secrets: every server on the way reads them.',
  'profiles.voice.headers.name': 'Begins with X-.',
  'profiles.voice.headers.value': 'One line.',
  'profiles.voice.allowUnencrypted': 'Allows ws:// beyond this computer: anyone on the way can listen and call.',
  'profiles.agent': 'The wellCloud agent whose server steers the calls; null for none. With it, voice may be null.',
  'profiles.agent.kind': 'Always wellcloud.',
  'profiles.agent.server':
    'https:// address of the commands, with its path if it has one. http:// is for this computer only.',
  'profiles.agent.eventServer':
    'wss:// address of the event socket, where it is not /mvc/stomp/websocket below server.',
  'profiles.agent.loginServer': 'https:// address of the login, where it is not /login below server.',
  'profiles.agent.domain': 'The tenant: what stands behind @ in agent and device ids.',
  'profiles.agent.agent': 'Job number; empty where agents type it at the login.',
  'profiles.agent.extension': 'Extension of the phone; empty where agents type it at the login.',
  'profiles.agent.loginMode': 'A login still open elsewhere is ended (force), asked about (ask) or left alone (stop).',
  'profiles.agent.initialMode': 'Mode after the login.',
  'profiles.agent.reasons': 'Why an agent is not ready; none: 1 busy or away, 2 manual outbound calls.',
  'profiles.agent.reasons.code': 'What the server is told.',
  'profiles.agent.reasons.label': 'What the agent reads.',
  'profiles.agent.prefix': 'Dialled before numbers of the outside world.',
  'profiles.agent.internalNumbers': 'Numbers called without the prefix; x is any digit: 8xxx.',
  'profiles.agent.callerShown':
    'Number that customers see as the caller, where a call names none; the carrier decides.',
  'profiles.agent.callProgress': 'Whether the server listens why a call fails.',
  'profiles.agent.supervisor': 'Whether the panel for supervisors is shown.',
  'profiles.agent.allowUnencrypted':
    'Allows http:// and ws:// beyond this computer: anyone on the way reads the password.',
  activeProfile: 'Id of the profile in use; null for none.',
  linking: 'Numbers on pages.',
  'linking.enabled': 'Whether numbers on pages become call links.',
  'linking.offSites': 'Origins where numbers are left alone.',
  'linking.trustedSites': 'Origins where one click on a number dials at once.',
  'linking.notNumbers': 'By origin: numbers in normal form that the agent said are none.',
  answering: 'Calls that are taken without a press.',
  'answering.autoAnswer': 'Whether calls are taken by themselves, after a beep; never while another call lives.',
  'answering.delayS': 'Seconds until the beep.',
  ringing: 'How an incoming call is told.',
  'ringing.volume': 'From 0 (silent) to 1.',
  'ringing.tone': 'Which ring is played.',
  'ringing.notifications': 'Whether an incoming call shows a system notification.',
  devices: 'Sound devices of one computer, by the ids of its browser; empty for the system’s choice. Not exported.',
  'devices.microphone': 'For speaking.',
  'devices.speaker': 'For listening.',
  'devices.ring': 'For the ring.',
  'devices.chosen': 'What was chosen before, the newest first: it steps in for a device that is gone.',
  ...Object.fromEntries(
    ['microphone', 'speaker', 'ring'].flatMap((role) => [
      [`devices.chosen.${role}`, `Chosen as ${role}.`],
      [`devices.chosen.${role}.id`, 'Id of the device in this browser.'],
      [`devices.chosen.${role}.label`, 'Its name, as the browser tells it.'],
    ]),
  ),
  'devices.processing': 'What the browser does to the voice on its way in.',
  'devices.processing.echoCancellation': 'Takes the sound of the speaker out of the microphone.',
  'devices.processing.noiseSuppression': 'Takes steady noise out.',
  'devices.processing.autoGainControl': 'Makes a quiet voice louder and a loud one quieter.',
};

/** @returns a JSON Schema (draft 2020-12) whose every property carries a description. */
export function settingsJsonSchema(): JsonSchema {
  const schema = toJsonSchema(Settings, { typeMode: 'input', errorMode: 'ignore', target: 'draft-2020-12' });
  describe(schema, '');
  return {
    ...schema,
    title: `Callbar settings, version ${SETTINGS_VERSION}`,
    description:
      'What the options page imports and exports. Unknown keys, and anything that looks like a secret, are refused.',
  };
}

/** @throws Error for a property without a description: each is explained to the reader, or it does not exist. */
function describe(schema: JsonSchema, path: string): void {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    if (typeof property === 'boolean') continue;
    const place = path === '' ? key : `${path}.${key}`;
    const description = DESCRIPTIONS[place];
    if (description === undefined) throw new Error(`settings.schema.json: ${place} has no description`);
    property.description = description;
    describe(property, place);
  }
  const inner = [schema.items, ...(schema.anyOf ?? [])];
  for (const part of inner) if (typeof part === 'object' && !Array.isArray(part)) describe(part, path);
}
