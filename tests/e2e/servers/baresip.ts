// A SIP phone: one baresip process that speaks a tone and records what it hears, commanded over its ctrl_tcp module.
// Written for baresip 1.0 (Debian 12), which has no sound card to use here and can refuse a call with 486 only.
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, type Socket } from 'node:net';
import { join } from 'node:path';
import { listening, startChild, type Child } from './child';
import type { PortBlock } from './free-ports';
import { audioEnergy, lastSound } from './wav';

export interface PhoneSettings {
  readonly user: string;
  readonly domain: string;
  readonly sipPort: number;
  readonly controlPort: number;
  readonly rtpPorts: PortBlock;
  readonly proxyPort: number;
  /** WAV file that it speaks. */
  readonly tone: string;
  /** What that file holds. */
  readonly hertz: number;
  /** What it does when called; `silent` lets it ring. */
  readonly whenCalled: 'answer' | 'silent' | 'refuse';
}

/** What baresip tells of its calls, oldest first: `CALL_INCOMING`, `CALL_ESTABLISHED`, `CALL_CLOSED`, `CALL_DTMF_START` … */
export interface PhoneEvent {
  /** When we read it, as `Date.now()`. */
  readonly at: number;
  readonly type: string;
  readonly param: string;
  /** Address of the other party, if the event is about a call. */
  readonly peer: string;
}

export interface Phone {
  readonly user: string;
  /** Address others dial, `sip:user@domain`. */
  readonly uri: string;
  readonly rtpPorts: PortBlock;
  /** The tone it speaks. */
  readonly hertz: number;
  readonly log: readonly string[];
  readonly events: readonly PhoneEvent[];
  /** Dials a user of the proxy, or a whole SIP address. */
  call(target: string): Promise<void>;
  answer(): Promise<void>;
  hangup(): Promise<void>;
  hold(): Promise<void>;
  resume(): Promise<void>;
  sendDtmf(digits: string): Promise<void>;
  /** Blind transfer of its call by REFER. */
  transfer(target: string): Promise<void>;
  /** Digits received since the start, by RFC 4733 or INFO. */
  dtmfReceived(): string;
  /**
   * Energy of everything recorded so far; same measure as `totalAudioEnergy`. baresip 1.0 drops its recorder at the first
   * re-INVITE: after hold and resume ask `heardSeconds` and the rig's `energyTowards`.
   */
  recordedEnergy(): number;
  /** The newest `ms` of what it recorded in its last call, as far as that goes: up to the first re-INVITE. 8 kHz, 16 bits. */
  recordedSound(ms: number): Int16Array;
  /** Seconds of sound decoded in the present call. */
  heardSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the phone with its configuration in `folder`; resolves once it takes commands. */
export async function startPhone(folder: string, settings: PhoneSettings): Promise<Phone> {
  const heard = join(folder, 'heard');
  mkdirSync(heard, { recursive: true });
  writeFileSync(join(folder, 'config'), configOf(settings, heard));
  writeFileSync(join(folder, 'accounts'), accountOf(settings), { mode: 0o600 });
  const child = startChild('baresip', ['-4', '-f', folder], folder);
  await listening(child, settings.controlPort);

  const events: PhoneEvent[] = [];
  const control = openControl(settings.controlPort, (event) => {
    events.push(event);
    if (event.type === 'CALL_INCOMING' && settings.whenCalled === 'refuse')
      control.send('hangup', '').catch(() => undefined);
  });
  await control.opened;
  return phoneOf(settings, child, control, events, heard);
}

function phoneOf(settings: PhoneSettings, child: Child, control: Control, events: PhoneEvent[], heard: string): Phone {
  const address = (target: string) => (target.startsWith('sip:') ? target : `sip:${target}@${settings.domain}`);
  const recordings = () =>
    readdirSync(heard)
      .filter((name) => name.endsWith('-dec.wav'))
      .map((name) => join(heard, name));
  const told = async (command: string, params: string) => void (await control.send(command, params));
  return {
    user: settings.user,
    uri: address(settings.user),
    rtpPorts: settings.rtpPorts,
    hertz: settings.hertz,
    log: child.log,
    events,
    call: (target) => told('dial', address(target)),
    answer: () => told('accept', ''),
    hangup: () => told('hangup', ''),
    hold: () => told('hold', ''),
    resume: () => told('resume', ''),
    sendDtmf: (digits) => told('sndcode', digits),
    transfer: (target) => told('transfer', address(target)),
    dtmfReceived: () =>
      events
        .filter((event) => event.type === 'CALL_DTMF_START')
        .map((event) => event.param)
        .join(''),
    recordedEnergy: () => recordings().reduce((sum, path) => sum + audioEnergy(path), 0),
    recordedSound(ms) {
      const newest = recordings()
        .toSorted((one, other) => statSync(one).birthtimeMs - statSync(other).birthtimeMs)
        .at(-1);
      return newest === undefined ? new Int16Array() : lastSound(newest, ms);
    },
    async heardSeconds() {
      const report = await control.send('audio_debug', '');
      return Number(/^ rx:[^]*?time = ([\d.]+) sec/m.exec(report)?.[1] ?? 0);
    },
    async stop() {
      control.close();
      await child.kill('SIGTERM');
    },
  };
}

function configOf({ sipPort, controlPort, rtpPorts, tone }: PhoneSettings, heard: string): string {
  // aufile is the microphone (8 kHz, so that PCMU needs no resampling), the sndfile filter writes what is decoded.
  return `sip_listen 127.0.0.1:${sipPort}
call_local_timeout 3600
call_max_calls 4
audio_source aufile,${tone}
audio_alert none
audio_player none
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
ausrc_format s16
auplay_format s16
auenc_format s16
audec_format s16
rtp_ports ${rtpPorts.first}-${rtpPorts.last}
rtcp_mux no
jitter_buffer_delay 2-10
net_interface 127.0.0.1
module_path /usr/lib/baresip/modules
module g711.so
module sndfile.so
module aufile.so
module_tmp account.so
module_app menu.so
module_app ctrl_tcp.so
ctrl_tcp_listen 127.0.0.1:${controlPort}
snd_path ${heard}
ringback_disabled yes
statmode_default off
`;
}

function accountOf({ user, domain, proxyPort, whenCalled }: PhoneSettings): string {
  const mode = whenCalled === 'answer' ? 'auto' : 'manual';
  return `<sip:${user}@${domain}>;regint=0;outbound="sip:127.0.0.1:${proxyPort};transport=udp";answermode=${mode};auth_pass=none;audio_codecs=pcmu\n`;
}

interface Control {
  readonly opened: Promise<void>;
  /** Resolves with what baresip prints; rejects when it refuses. */
  send(command: string, params: string): Promise<string>;
  close(): void;
}

/** JSON in netstrings (`<length>:<json>,`), one connection: commands down, their answers and call events up. */
function openControl(port: number, onEvent: (event: PhoneEvent) => void): Control {
  const waiting = new Map<string, { resolve(printed: string): void; reject(error: Error): void }>();
  const socket: Socket = createConnection({ port, host: '127.0.0.1' });
  let buffer = Buffer.alloc(0);
  let tokens = 0;
  const opened = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  socket.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (let next = readNetstring(buffer); next; next = readNetstring(buffer)) {
      buffer = next.rest;
      take(next.json);
    }
  });
  socket.on('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('baresip closed its control connection'));
    waiting.clear();
  });

  function take(json: Record<string, unknown>): void {
    if (json['event'] === true) {
      onEvent({ at: Date.now(), type: text(json['type']), param: text(json['param']), peer: text(json['peeruri']) });
      return;
    }
    const token = text(json['token']);
    const asked = waiting.get(token);
    waiting.delete(token);
    if (json['ok'] === true) asked?.resolve(text(json['data']));
    else asked?.reject(new Error(`baresip refused: ${text(json['data'])}`));
  }

  return {
    opened,
    send(command, params) {
      const token = String((tokens += 1));
      const json = JSON.stringify({ command, params, token });
      socket.write(`${Buffer.byteLength(json)}:${json},`);
      return new Promise<string>((resolve, reject) => waiting.set(token, { resolve, reject }));
    },
    close: () => socket.destroy(),
  };
}

function readNetstring(buffer: Buffer): { json: Record<string, unknown>; rest: Buffer<ArrayBuffer> } | undefined {
  const colon = buffer.indexOf(':');
  if (colon < 0) return undefined;
  const length = Number(buffer.subarray(0, colon).toString());
  if (!Number.isInteger(length)) throw new Error('baresip sent something that is not a netstring');
  const end = colon + 1 + length;
  if (buffer.length <= end) return undefined;
  const json: unknown = JSON.parse(buffer.subarray(colon + 1, end).toString());
  return { json: isRecord(json) ? json : {}, rest: Buffer.from(buffer.subarray(end + 1)) };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
