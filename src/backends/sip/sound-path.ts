// The way of the sound, out of the connection's counters: which pair of candidates ICE has chosen.
// Names: W3C "Identifiers for WebRTC's Statistics API".
import { CANDIDATE_TYPES, PATH_PROTOCOLS, type SoundPath } from '../../domain/sound-path';

export type Entry = Readonly<Record<string, unknown>>;

/** The pair that the transport names; where it names none, one that was nominated: after an ICE restart there are several. */
export function selectedPair(entries: readonly Entry[]): Entry | undefined {
  const selected = entries.find((entry) => entry['type'] === 'transport')?.['selectedCandidatePairId'];
  const pairs = entries.filter((entry) => entry['type'] === 'candidate-pair');
  return pairs.find((pair) => pair['id'] === selected) ?? pairs.find((pair) => pair['nominated'] === true);
}

/** Nothing while one of its ends is not told, or of a kind we do not know. */
export function readPath(entries: readonly Entry[], pair: Entry | undefined): SoundPath | undefined {
  const end = (name: string) => entries.find((entry) => entry['id'] === pair?.[name]);
  const ours = end('localCandidateId');
  const local = one(CANDIDATE_TYPES, ours?.['candidateType']);
  const remote = one(CANDIDATE_TYPES, end('remoteCandidateId')?.['candidateType']);
  const protocol = one(PATH_PROTOCOLS, ours?.['relayProtocol']) ?? one(PATH_PROTOCOLS, ours?.['protocol']);
  return local && remote && protocol && { local, remote, protocol };
}

function one<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((each) => each === value);
}
