// What the live region says when the state changes: the same events that eyes see on the board.
import { isLive, type Call } from '../../src/domain/calls';
import { isRinging } from '../../src/domain/can';
import type { PhoneState } from '../../src/domain/phone';
import { endSentence, type Words } from '../../src/words';
import { agentFace } from './agent';
import { partyLabel, soundLostSince, transferText, warningsOf } from './cards';
import { reachOf } from './reach';
import { say } from './text';

/** Sentences in the agent's language, the oldest first. Nothing is said of what was so already when the view opened. */
export function announcementsOf(before: PhoneState | undefined, now: PhoneState, words: Words): string[] {
  if (!before) return [];
  const said = Object.values(now.calls.byId).map((call) => {
    const old = Object.hasOwn(before.calls.byId, call.id) ? before.calls.byId[call.id] : undefined;
    return announceCall(old, call, now, words);
  });
  const all = [
    ...said,
    announceRest(before, now, words),
    announceAgent(before, now, words),
    announceReach(before, now, words),
  ];
  return [...new Set(all.filter((text) => text !== undefined))]; // what is so of every party of a conference: once
}

function announceCall(old: Call | undefined, call: Call, state: PhoneState, words: Words): string | undefined {
  const party = partyLabel(call.remote, words);
  if (!isLive(call)) {
    if (old?.state === 'cleared') return undefined;
    const ended = words('announce_ended', { party, cause: endSentence(words, call.cause, call.direction) });
    const about = call.cause === 'transferred' ? undefined : state.calls.byId[call.consultFor ?? ''];
    if (about?.state !== 'held' || call.clearedBy === 'local') return ended; // who cancels gets it back
    return `${ended.replace(/[.。]$/, '')}. ${words('ended_stillHeld', { party: partyLabel(about.remote, words) })}`;
  }
  if (!old || (isRinging(call) && old.state !== 'alerting')) {
    if (!isRinging(call)) return undefined;
    const waiting = Object.values(state.calls.byId).some((other) => isLive(other) && !isRinging(other));
    const incoming = words(waiting ? 'announce_waiting' : 'announce_incoming', { party });
    return call.autoAnswer?.phase === 'waiting'
      ? `${incoming}. ${words('announce_answersItself', { party })}`
      : incoming;
  }
  if (call.state === 'connected' && (old.state === 'initiated' || old.state === 'alerting')) {
    return words('announce_connected', { party });
  }
  if (call.state === 'held' && old.state === 'connected') return words('announce_held', { party });
  if (call.state === 'connected' && old.state === 'held') return words('announce_resumed', { party });
  if (!isLive(old)) return undefined;
  if (call.conference !== old.conference) {
    return words(call.conference === undefined ? 'announce_conferenceOver' : 'announce_joined', { party });
  }
  if (call.autoAnswer?.phase === 'waiting' && !old.autoAnswer) return words('announce_answersItself', { party });
  if (call.muted !== old.muted) return words(call.muted ? 'announce_muted' : 'announce_unmuted');
  if (call.heldByRemote && !old.heldByRemote) return words('announce_heldByRemote', { party });
  const [soundless, wasSoundless] = [call, old].map((one) => soundLostSince(one) !== undefined);
  if (soundless !== wasSoundless && call.heldByRemote === old.heldByRemote) {
    return words(soundless ? 'announce_soundLost' : 'announce_soundBack', { party });
  }
  const recorded = call.details?.recording;
  const wasRecorded = old.details?.recording;
  if (recorded !== undefined && wasRecorded !== undefined && recorded !== wasRecorded) {
    return words(recorded ? 'announce_recording' : 'announce_recordingPaused');
  }
  const progress = call.transfer?.progress;
  if (call.transfer && progress !== old.transfer?.progress) {
    return say(words, transferText(call.transfer));
  }
  const known = warningsOf(old);
  const fresh = warningsOf(call).filter((warning) => !known.includes(warning));
  return fresh.length > 0 ? fresh.map((warning) => words(`mark_${warning}`)).join(' ') : undefined;
}

function announceRest(before: PhoneState, now: PhoneState, words: Words): string | undefined {
  if (before.line.doNotDisturb === now.line.doNotDisturb) return undefined;
  return words(now.line.doNotDisturb ? 'announce_doNotDisturbOn' : 'announce_doNotDisturbOff');
}

function announceAgent(before: PhoneState, now: PhoneState, words: Words): string | undefined {
  const [was, is] = [agentText(before, words), agentText(now, words)];
  return was === undefined || is === undefined || was === is ? undefined : words('announce_agent', { state: is });
}

function agentText(state: PhoneState, words: Words): string | undefined {
  if (!state.profile?.agent) return undefined;
  const face = agentFace(state);
  if (!face) return words('agent_loggedOff');
  const plain = say(words, face.text);
  const text = face.reason === undefined ? plain : words('agent_withReason', { state: plain, reason: face.reason });
  return face.pending ? `${text}. ${say(words, face.pending)}` : text;
}

function announceReach(before: PhoneState, now: PhoneState, words: Words): string | undefined {
  const offDesk = [before, now].some(({ profile, agent }) => profile?.agent && agent.state === 'loggedOff');
  if (offDesk) return undefined; // the agent's state says it
  const was = isReachable(before);
  const is = isReachable(now);
  if (was === is || !before.profile || !now.profile) return undefined;
  if (!is) return words('announce_unreachable');
  const agent = now.agent.state === 'ready' ? undefined : agentText(now, words); // who is not ready gets no calls
  return agent === undefined ? words('announce_reachable') : words('announce_agent', { state: agent });
}

function isReachable(state: PhoneState): boolean {
  const { tone, title } = reachOf(state);
  if (title.key === 'reach_mute') return true; // calls ring all the same
  return !['warning', 'fault', 'offline', 'connecting'].includes(tone);
}
