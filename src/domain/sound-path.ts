// The way that the sound of a call takes, as ICE has chosen it (RFC 8445): words of the W3C's candidate statistics.

export const CANDIDATE_TYPES = ['host', 'srflx', 'prflx', 'relay'] as const;
/** `host`: a device's own address. `srflx`, `prflx`: as seen through a router. `relay`: a TURN server's. */
export type CandidateType = (typeof CANDIDATE_TYPES)[number];
export const PATH_PROTOCOLS = ['udp', 'tcp', 'tls'] as const;

export interface SoundPath {
  readonly local: CandidateType;
  readonly remote: CandidateType;
  /** Of our end; of the way to the relay where there is one. */
  readonly protocol: (typeof PATH_PROTOCOLS)[number];
}
