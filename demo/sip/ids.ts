// Random names of SIP: tags, branches, Call-IDs, nonces.
import { randomBytes } from 'node:crypto';

const random = (bytes: number) => randomBytes(bytes).toString('hex');

export const newTag = () => random(8);
export const newCallId = () => random(16);
export const newNonce = () => random(16);
/** Begins with the magic cookie that tells RFC 3261 elements from older ones (§8.1.1.7). */
export const newBranch = () => `z9hG4bK${random(10)}`;
