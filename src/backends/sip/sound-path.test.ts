import { expect, test } from 'vitest';
import { readPath, selectedPair, type Entry } from './sound-path';

const entries: readonly Entry[] = [
  { id: 'old', type: 'candidate-pair', nominated: true, localCandidateId: 'host', remoteCandidateId: 'there' },
  { id: 'new', type: 'candidate-pair', nominated: true, localCandidateId: 'relay', remoteCandidateId: 'there' },
  { id: 'host', type: 'local-candidate', candidateType: 'host', protocol: 'udp' },
  { id: 'relay', type: 'local-candidate', candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls' },
  { id: 'there', type: 'remote-candidate', candidateType: 'prflx', protocol: 'udp' },
];
const transport = (selectedCandidatePairId: string) => ({ id: 't', type: 'transport', selectedCandidatePairId });
const pathOf = (list: readonly Entry[]) => readPath(list, selectedPair(list));

test('the way is that of the pair in use, also when an earlier one was nominated too', () => {
  expect(pathOf([...entries, transport('new')])).toEqual({ local: 'relay', remote: 'prflx', protocol: 'tls' });
  expect(pathOf([...entries, transport('old')])).toEqual({ local: 'host', remote: 'prflx', protocol: 'udp' });
});

test('without a transport the nominated pair counts', () => {
  expect(pathOf(entries)).toEqual({ local: 'host', remote: 'prflx', protocol: 'udp' });
});

test('before ICE has chosen, or with words we do not know, no way is told', () => {
  expect(pathOf(entries.filter(({ type }) => type !== 'candidate-pair'))).toBeUndefined();
  expect(pathOf(entries.filter(({ id }) => id !== 'there'))).toBeUndefined();
  expect(pathOf([...entries.filter(({ id }) => id !== 'host'), { id: 'host', candidateType: 7 }])).toBeUndefined();
});
