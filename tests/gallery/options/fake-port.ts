// A phone that keeps settings in memory and is in whatever state the scene asks for.
import type { OptionsPort } from '../../../options/port';
import { NO_PHONE, reducePhone, type Snapshot } from '../../../src/domain/phone';
import { PhoneError } from '../../../src/domain/phone-error';
import { checkSettings } from '../../../src/settings/check';
import { readSettingsFile, writeSettingsFile } from '../../../src/settings/import-export';
import { SETTINGS_VERSION, type Settings } from '../../../src/settings/schema';
import type { Language } from '../../../src/words';
import type { Scene } from './scenes';

const voice = { kind: 'sip', servers: ['wss://pbx.example.com:7443/'], domain: 'pbx.example.com', user: '1001' };
const main = { id: 'main', name: '1001@pbx.example.com', voice: { ...voice, displayName: 'Desk 4' } };
const agent = {
  ...{ kind: 'wellcloud', server: 'https://cc.example.com:5088', domain: 'cc.example.com', agent: '5001' },
  ...{ extension: '8001', loginMode: 'ask', prefix: '9', reasons: [{ code: '1', label: 'Lunch' }] },
};
const desk = { id: 'main', name: '5001@cc.example.com', agent };
const both = { ...desk, voice: { ...voice, user: '8001' } };
const hotline = { id: 'hotline', name: 'Hotline', voice: { ...voice, user: '7000' } };

export function fakePort(scene: Scene, language: Language): OptionsPort {
  const { account = 'none', events = [] } = scene;
  const profiles = { none: [], stored: [main], several: [main, hotline], desk: [desk], both: [both] }[account];
  let document: Settings = checkSettings({
    version: SETTINGS_VERSION,
    language,
    profiles,
    activeProfile: profiles[0]?.id ?? null,
    devices: scene.gone === true ? { ring: 'gone', chosen: { ring: [{ id: 'gone', label: 'Desk speaker' }] } } : {},
    linking:
      account === 'none'
        ? {}
        : { trustedSites: ['https://crm.example.com'], notNumbers: { 'https://crm.example.com': ['20260101'] } },
  });
  let secrets: Record<string, 'session' | 'remembered'> = account === 'none' ? {} : { 'sip:main': 'remembered' };
  let calling = false;
  let tell: (snapshot: Snapshot) => void = () => undefined;
  const snapshot = (revision: number): Snapshot => {
    const shown =
      calling || scene.hash === ''
        ? events
        : events.filter(({ type }) => ['linkChanged', 'headsetsChanged', 'agentStateChanged'].includes(type));
    return { epoch: 'gallery', revision, now: 65_000, state: shown.reduce(reducePhone, NO_PHONE) };
  };

  return {
    version: '0.1.0',
    settings: () => Promise.resolve({ document, secrets, policy: {}, locked: [] }),
    save: async (next) => void (document = checkSettings(next)),
    importFile: async (text) => void (document = readSettingsFile(text)),
    exportFile: () => Promise.resolve(writeSettingsFile(document)),
    putSecret: async (key, value, remember) => {
      const others = Object.fromEntries(Object.entries(secrets).filter(([name]) => name !== key));
      secrets = value === null ? others : { ...others, [key]: remember ? 'remembered' : 'session' };
    },
    logIn: async () => {
      if (scene.login === 'elsewhere')
        throw new PhoneError('agentLoggedInElsewhere', 'x', { data: { agent: '5001', extension: '8002' } });
      if (scene.login === 'wrong') throw new PhoneError('wrongCredentials', 'x');
    },
    perform: async () => {
      calling = true;
      tell(snapshot(2));
    },
    follow(onSnapshot) {
      tell = onSnapshot;
      onSnapshot(snapshot(1));
    },
    headsets: {
      supported: true,
      pair: () => Promise.resolve(),
      forget: () => Promise.resolve(),
      look: () => Promise.resolve(),
    },
    openSiteSettings: () => Promise.resolve(),
    log: () => Promise.resolve([]),
  };
}
