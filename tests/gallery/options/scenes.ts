// The moments of the options page that are drawn: what the phone is like, where one is, and what the person has done.
import type { DomainEvent } from '../../../src/domain/phone';

export interface Scene {
  readonly hash: string;
  readonly permission?: PermissionState;
  readonly account?: 'none' | 'stored' | 'several' | 'desk' | 'both';
  readonly login?: 'wrong' | 'elsewhere';
  readonly events?: readonly DomainEvent[];
  /** In order: texts for fields, buttons and files, by the English name. */
  readonly steps?: readonly Step[];
  readonly wholePage?: boolean;
  /** Test sounds never end. */
  readonly playing?: boolean;
  /** What was chosen once is not plugged in. */
  readonly gone?: boolean;
}
export type Step =
  | { readonly fill: string; readonly with: string }
  | { readonly click: string }
  | { readonly open: 'advanced' }
  | { readonly file: string }
  | { readonly leave: true };

type LinkTo = Extract<DomainEvent, { type: 'linkChanged' }>['to'];
const link = (to: LinkTo): DomainEvent => ({ type: 'linkChanged', link: 'sip', to, at: 0 });
const open = link({ state: 'open', server: 'wss://pbx.example.com:7443/' });
const call = { callId: 'c1', link: 'sip', remote: { number: '9196' }, at: 0, wallAt: 0 } as const;
const connected: readonly DomainEvent[] = [
  open,
  { type: 'delivered', direction: 'outbound', ...call },
  { type: 'established', callId: 'c1', at: 3_000 },
];
const headsets: DomainEvent = {
  type: 'headsetsChanged',
  headsets: [
    { name: 'Jabra Evolve2 65', model: '0b0e:2e56', state: 'ready', pressed: { button: 'mute', at: 1 } },
    { name: 'Poly Voyager Focus 2', model: '047f:0001', state: 'busy' },
    { name: 'USB Audio Device', model: '0d8c:0014', state: 'noButtons' },
    { name: 'EPOS IMPACT 860', model: '1395:0003', state: 'ready' },
  ],
};
const ACCOUNT: readonly Step[] = [
  { fill: 'Server address', with: 'wss://pbx.example.com:7443' },
  { fill: 'Line number or user name', with: '1001' },
  { fill: 'Password', with: 'correct horse' },
];

export const SCENES = {
  'wizard-1-microphone': { hash: '#welcome' },
  'wizard-1-microphone-live': { hash: '#welcome', permission: 'granted', steps: [{ click: 'Test the microphone' }] },
  'wizard-1-microphone-blocked': { hash: '#welcome', permission: 'denied' },
  'wizard-2-speaker': {
    hash: '#welcome/speaker',
    permission: 'granted',
    steps: [{ click: 'Play the test sound' }, { click: 'I heard nothing' }],
  },
  'wizard-3-account': { hash: '#welcome/account', permission: 'granted', steps: ACCOUNT },
  'wizard-3-account-empty': { hash: '#welcome/account', permission: 'granted', steps: [{ click: 'Continue' }] },
  'wizard-3-account-suggestion': {
    hash: '#welcome/account',
    permission: 'granted',
    steps: [{ fill: 'Server address', with: 'pbx.example.com' }, { leave: true }],
  },
  'wizard-3-account-unencrypted': {
    hash: '#welcome/account',
    permission: 'granted',
    steps: [{ fill: 'Server address', with: 'ws://10.0.0.5:8080' }, { leave: true }],
  },
  'wizard-3-account-advanced': {
    hash: '#welcome/account',
    permission: 'granted',
    wholePage: true,
    steps: [
      ...ACCOUNT,
      { open: 'advanced' },
      { fill: 'Registration lasts (seconds)', with: '5' },
      { click: '+ Add a STUN or TURN server' },
      { fill: 'Address', with: 'turn:turn.example.com:3478' },
      { click: '+ Add a header' },
      { fill: 'Header name', with: 'Via' },
      { click: 'Continue' },
    ],
  },
  'wizard-3-call-centre': {
    hash: '#welcome/account',
    permission: 'granted',
    wholePage: true,
    steps: [
      { click: 'Call centre (wellCloud), desk phone' },
      { fill: 'Call centre server', with: 'http://10.0.0.5:5088' },
      { open: 'advanced' },
      { click: '+ Add a reason' },
      { fill: 'Internal numbers', with: '8xxx, ^9' },
      { click: 'Continue' },
    ],
  },
  'wizard-3-both': {
    hash: '#welcome/account',
    permission: 'granted',
    wholePage: true,
    steps: [{ click: 'Call centre (wellCloud), voice in this browser' }],
  },
  'wizard-4-call-centre': {
    hash: '#welcome/call',
    permission: 'granted',
    account: 'desk',
    login: 'elsewhere',
    wholePage: true,
    steps: [{ click: 'Log in' }],
  },
  'settings-call-centre': {
    hash: '#account',
    permission: 'granted',
    account: 'both',
    events: [
      open,
      { type: 'linkChanged', link: 'wellcloud', to: { state: 'open', server: 'cc.example.com' }, at: 0 },
      { type: 'agentStateChanged', state: 'notReady', at: 0 },
    ],
  },
  'wizard-4-call-registering': {
    hash: '#welcome/call',
    permission: 'granted',
    account: 'stored',
    events: [link({ state: 'opening' })],
  },
  'wizard-4-call-refused': {
    hash: '#welcome/call',
    permission: 'granted',
    account: 'stored',
    events: [link({ state: 'refused', cause: 'wrongCredentials', server: 'wss://pbx.example.com:7443/' })],
  },
  'wizard-4-call-connected': {
    hash: '#welcome/call',
    permission: 'granted',
    account: 'stored',
    events: connected,
    steps: [{ fill: 'Number to call', with: '9196' }, { click: 'Call' }],
  },
  settings: { hash: '', permission: 'granted', account: 'stored', events: [open], wholePage: true },
  'settings-sound': {
    hash: '#microphone',
    permission: 'granted',
    account: 'stored',
    events: [open],
    playing: true,
    steps: [{ click: 'Test the microphone' }, { click: 'Play the test sound' }],
  },
  'settings-ring': {
    hash: '#ringing',
    permission: 'granted',
    account: 'stored',
    events: [open],
    playing: true,
    gone: true,
    steps: [{ click: 'Test the ring' }],
  },
  'settings-done': { hash: '#done', permission: 'granted', account: 'stored', events: [open] },
  'settings-in-call': { hash: '', permission: 'granted', account: 'several', events: connected },
  'settings-headsets': { hash: '#headset', permission: 'granted', account: 'stored', events: [open, headsets] },
  'settings-import-wrong': {
    hash: '#file',
    account: 'stored',
    events: [open],
    steps: [{ file: '{"version":1,"country":"China","colour":1}' }],
  },
  'settings-import-ready': {
    hash: '#file',
    account: 'stored',
    events: [open],
    steps: [
      {
        file: '{"version":1,"profiles":[{"id":"a","name":"Hotline","voice":{"kind":"sip","servers":["wss://pbx.example.com"],"domain":"pbx.example.com","user":"7000"}}],"activeProfile":"a"}',
      },
    ],
  },
  'settings-site-wrong': {
    hash: '#linking',
    account: 'stored',
    events: [open],
    steps: [{ fill: 'Site to trust', with: 'crm.example.com/deals' }, { click: 'Add' }],
  },
} as const satisfies Record<string, Scene>;
export type SceneName = keyof typeof SCENES;

export function isScene(name: string): name is SceneName {
  return Object.hasOwn(SCENES, name);
}
