import { expect, test } from 'vitest';
import { readCaller } from './party';

const caller = (user: string, displayName = '', asserted: string[] = []) => readCaller({ user, displayName, asserted });

test('number and name as the caller says them', () => {
  expect(caller('+8613812345678', '王小明')).toEqual({ number: '+8613812345678', name: '王小明' });
  expect(caller('1002', '1002')).toEqual({ number: '1002' });
});

test('what the network vouches for goes before what the caller says', () => {
  expect(caller('anonymous', 'Your bank', ['"Li Hua" <sip:+861012345678@carrier.example>'])).toEqual({
    number: '+861012345678',
    name: 'Li Hua',
  });
  expect(caller('anonymous', '', ['<tel:+861012345678;phone-context=x>'])).toEqual({ number: '+861012345678' });
});

test('an anonymous caller has no number', () => {
  expect(caller('anonymous')).toEqual({ number: '' });
});

test('a hostile name is text, without marks that turn it round, and short', () => {
  expect(caller('1', '<img src=x onerror=alert(1)>').name).toBe('<img src=x onerror=alert(1)>');
  expect(caller('1', 'Ba\u202enk\u0000\u200b\r\n Inc').name).toBe('Bank Inc');
  expect([...(caller('1', '😀'.repeat(40_000)).name ?? '')]).toHaveLength(64);
  expect(caller('%2B86%20138\u202e').number).toBe('+86 138');
});
