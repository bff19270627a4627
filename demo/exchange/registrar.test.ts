import { expect, test } from 'vitest';
import type { SipRequest } from '../sip/message';
import { Registrar } from './registrar';

function registerWith(contacts: string[], expires?: string): SipRequest {
  return {
    kind: 'request',
    method: 'REGISTER',
    uri: 'sip:demo.example',
    headers: [
      ...contacts.map((contact) => ['Contact', contact] as const),
      ...(expires === undefined ? [] : [['Expires', expires] as const]),
    ],
    body: '',
  };
}
const desk = '<sip:desk@a.invalid;transport=ws>';
const home = '<sip:home@b.invalid;transport=ws>';

test('two devices of one account are both reachable, and one leaves without the other', () => {
  const registrar = new Registrar<string>();
  registrar.register('1001', registerWith([desk], '120'), 'first', 0);
  const answer = registrar.register('1001', registerWith([home]), 'second', 10_000);
  expect(answer).toEqual({
    status: 200,
    contacts: ['<sip:home@b.invalid;transport=ws>;expires=300', '<sip:desk@a.invalid;transport=ws>;expires=110'],
  });

  registrar.register('1001', registerWith([`${desk};expires=0`]), 'first', 11_000);
  expect(registrar.contactsOf('1001', 11_000).map((binding) => binding.flow)).toEqual(['second']);
});

test('a device that comes back with a new contact replaces itself', () => {
  const registrar = new Registrar<string>();
  const instance = ';+sip.instance="<urn:uuid:7>";reg-id=1';
  registrar.register('1001', registerWith([desk + instance]), 'old', 0);
  registrar.register('1001', registerWith([home + instance]), 'new', 1);
  expect(registrar.contactsOf('1001', 1).map((binding) => binding.contact.uri)).toEqual([
    'sip:home@b.invalid;transport=ws',
  ]);
});

test('too short an expiry is refused and what was held stays', () => {
  const registrar = new Registrar<string>();
  registrar.register('1001', registerWith([desk], '60'), 'first', 0);
  expect(registrar.register('1001', registerWith([home], '59'), 'first', 0)).toEqual({ status: 423 });
  expect(registrar.contactsOf('1001', 59_999)).toHaveLength(1);
  expect(registrar.contactsOf('1001', 60_000)).toHaveLength(0);
});

test.each([
  ['an expiry that is no number', [desk], 'soon'],
  ['a star beside another contact', ['*', desk], '0'],
  ['a star with an expiry', ['*'], '300'],
])('%s is a bad request', (_, contacts, expires) => {
  expect(new Registrar<string>().register('1001', registerWith(contacts, expires), 'x', 0).status).toBe(400);
});

test('a lost flow takes its contacts with it', () => {
  const registrar = new Registrar<string>();
  registrar.register('1001', registerWith([desk]), 'first', 0);
  registrar.register('1002', registerWith([home]), 'second', 0);
  expect(registrar.forget((flow) => flow === 'first')).toEqual(['1001']);
  expect(registrar.contactsOf('1001', 0)).toEqual([]);
  expect(registrar.contactsOf('1002', 0)).toHaveLength(1);
});
