import { expect, test } from 'vitest';
import { ROUTES } from './contract';

const sentBy = (kind: string) =>
  Object.entries(ROUTES).flatMap(([name, { from }]) => (from.some((sender) => sender === kind) ? [name] : []));

test('a page may ask to dial and for what its finder needs; all else is for others', () => {
  expect(sentBy('content')).toEqual(['phone.perform', 'page.settings', 'page.finder', 'page.remember']);
});

test('logins, passwords, settings and the history are for our own views alone', () => {
  const own = Object.entries(ROUTES).filter(([name]) => /^(agent|secret|settings|history)\./.test(name));

  expect(own.map(([name]) => name)).toContain('agent.logIn');
  expect(own.filter(([, { from }]) => from.join() !== 'view')).toEqual([]);
});
