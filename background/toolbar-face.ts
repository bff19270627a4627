// What the toolbar button shows of a state: shape, colour and words. Pure.
import { isRinging } from '../src/domain/can';
import { liveCalls } from '../src/domain/calls';
import type { PhoneState } from '../src/domain/phone';
import type { WordKey } from '../src/words';

export interface ToolbarFace {
  readonly icon: 'idle' | 'ready' | 'ringing' | 'talking' | 'offline';
  readonly badge: string;
  readonly colour: string;
  readonly title: WordKey;
}
const AMBER = '#b45309';
const GREEN = '#15803d';
const RED = '#b91c1c';
const GREY = '#4b5563';
const VIOLET = '#6d28d9';
const BLUE = '#1d4ed8';

export function toolbarFace(state: PhoneState): ToolbarFace {
  const live = liveCalls(state.calls);
  if (live.some(isRinging)) return { icon: 'ringing', badge: '!', colour: AMBER, title: 'title_ringing' };
  if (live.length > 0) {
    const muted = live.some((call) => call.state === 'connected' && call.muted);
    const held = live.every((call) => call.state === 'held');
    const badge = muted ? '×' : held ? 'II' : live.length > 1 ? String(live.length) : '';
    return { icon: 'talking', badge, colour: muted ? RED : held ? AMBER : GREEN, title: 'title_talking' };
  }
  if (!state.profile) return { icon: 'idle', badge: '', colour: AMBER, title: 'title_idle' };
  if (state.profile.agent && state.agent.state === 'loggedOff') {
    return { icon: 'offline', badge: '–', colour: GREY, title: 'title_loggedOff' };
  }
  const links = Object.values(state.links);
  const offline = { icon: 'offline', badge: '–', colour: RED } as const;
  if (links.length === 0 || links.some((link) => link.state !== 'open'))
    return { ...offline, title: 'title_unreachable' };
  const media = Object.values(state.capabilities).map((capabilities) => capabilities.media);
  const speaksElsewhere = media.length > 0 && !media.includes('browser');
  if (!speaksElsewhere && state.microphone !== 'granted') return { ...offline, title: 'title_noMicrophone' };
  if (state.line.doNotDisturb) return { icon: 'ready', badge: 'DND', colour: AMBER, title: 'title_doNotDisturb' };
  return {
    icon: 'ready',
    badge: '',
    colour: GREEN,
    title: 'title_reachable',
    ...(state.profile.agent && ofAgent(state)),
  };
}

/** By shape as well as by colour. */
function ofAgent({ agent }: PhoneState): Partial<ToolbarFace> {
  switch (agent.state) {
    case 'notReady':
      return { badge: '■', colour: AMBER, title: 'title_agentNotReady' };
    case 'workingAfterCall':
      return { badge: '…', colour: VIOLET, title: 'title_agentWrapUp' };
    case 'allocated':
      return { badge: '→', colour: BLUE, title: 'title_agentAllocated' };
    case 'unknown':
      return { badge: '?', colour: GREY, title: 'title_agentUnknown' };
    default:
      return {};
  }
}
