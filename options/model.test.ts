import { expect, test } from 'vitest';
import type { OptionsPort } from './port';
import type { SoundPort } from './sound';
import { accountForm, readAccountForm } from './account-form';
import { accountToEdit, openModel } from './model';

/** A worker that keeps settings and says which secrets it was told to forget. */
function open() {
  const secrets: Record<string, 'session' | 'remembered'> = {};
  let document: unknown = { version: 1 };
  const port: Pick<OptionsPort, 'settings' | 'save' | 'putSecret' | 'follow'> = {
    settings: async () => ({ document, secrets: { ...secrets }, policy: {}, locked: [] }),
    save: async (next) => void (document = next),
    putSecret: async (key, value, remember) => {
      if (value === null) delete secrets[key];
      else secrets[key] = remember ? 'remembered' : 'session';
    },
    follow: () => undefined,
  };
  const model = openModel(port as OptionsPort, {} as SoundPort, new AbortController().signal); // the rest is not asked here
  const save = async (iceServers: string[], remember = true) => {
    const known = accountToEdit(model);
    const rows = iceServers.map((urls) => ({ urls, username: 'u', credential: 'c' }));
    const account = { servers: ['wss://pbx.example.com'], domain: 'pbx.example.com', user: '1', password: 'p' };
    const read = readAccountForm({ ...accountForm(known), ...account, remember, iceServers: rows }, known);
    if (!read.ok) throw new Error(JSON.stringify(read.errors));
    await model.saveAccount(read.profile, read.secrets, remember);
  };
  return { model, secrets, save };
}

test('the password of a TURN server goes with its row', async () => {
  const { model, secrets, save } = open();
  await model.load();
  await save(['turn:a.example.com', 'turn:b.example.com']);
  expect(Object.keys(secrets)).toEqual(['sip:main', 'turn:main:0', 'turn:main:1']);

  await save(['turn:b.example.com']);
  expect(Object.keys(secrets)).toEqual(['sip:main', 'turn:main:0']);
});

test('another way of keeping holds for all passwords of the account, and forgetting too', async () => {
  const { model, secrets, save } = open();
  await model.load();
  await save(['turn:a.example.com'], true);
  await save(['turn:a.example.com'], false);
  expect(secrets).toEqual({ 'sip:main': 'session', 'turn:main:0': 'session' });

  secrets['sip:other'] = 'remembered';
  await model.forgetSecrets('main');
  expect(secrets).toEqual({ 'sip:other': 'remembered' });
});
