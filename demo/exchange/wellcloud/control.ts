// The part of the control door that steers the wellCloud door: work, troubles, and a look at the agents.
// GET /wellcloud · POST /wellcloud/queue-call /allocate /faults /answer-next /drop-sockets /send-raw /send-error /send-lie
// /expire-sessions
import { likeThose, optionalText, text, whole, type Fields } from '../fields';
import { NO_AGENT_FAULTS } from './agents';
import type { WellcloudDoor } from './door';
import { NO_DOOR_FAULTS, WRONG_ANSWERS } from './faults';

/** @returns the answer. @throws Error with a sentence for the caller. */
export function performWellcloud(door: WellcloudDoor, what: string, fields: Fields): unknown {
  switch (what) {
    case 'GET /wellcloud':
      return { loggedOn: door.loggedOn(), faults: door.faults, dialledExtensions: door.dialledExtensions() };
    case 'POST /wellcloud/queue-call': {
      const [queue, data] = [optionalText(fields, 'queue'), readTexts(fields['data'])];
      const facts = { ...(queue !== undefined && { queue }), ...(data && { data }) };
      return { callId: door.queueCall(text(fields, 'to'), text(fields, 'from'), facts) };
    }
    case 'POST /wellcloud/allocate': {
      const data = readTexts(fields['data']);
      const task = { queue: text(fields, 'queue'), number: text(fields, 'number'), fails: fields['fails'] === true };
      const dialMs = fields['dialMs'] === undefined ? {} : { dialMs: whole(fields, 'dialMs', 0, 150_000) };
      return { agentId: door.allocate({ ...task, ...dialMs, ...(data && { data }) }) ?? null };
    }
    case 'POST /wellcloud/faults':
      Object.assign(door.faults, likeThose(fields, { ...NO_AGENT_FAULTS, ...NO_DOOR_FAULTS }));
      return {};
    case 'POST /wellcloud/answer-next': {
      const answer = WRONG_ANSWERS.find((known) => known === fields['answer']);
      if (!answer) throw new Error(`answer must be one of ${WRONG_ANSWERS.join(', ')}`);
      const path = optionalText(fields, 'path');
      door.answerNext(path === undefined ? { answer } : { answer, path });
      return {};
    }
    case 'POST /wellcloud/drop-sockets':
      door.dropSockets();
      return {};
    case 'POST /wellcloud/send-raw':
      door.sendRaw(text(fields, 'text'));
      return {};
    case 'POST /wellcloud/send-error':
      door.sendError();
      return {};
    case 'POST /wellcloud/send-lie':
      door.sendLie();
      return {};
    case 'POST /wellcloud/expire-sessions':
      door.expireSessions();
      return {};
    default:
      throw new Error(`nothing at ${what}`);
  }
}

function readTexts(value: unknown): Record<string, string> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)]));
}
