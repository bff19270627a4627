// The passwords of a SIP account and its TURN servers in the form: which must be typed (again), and which are to be kept. Pure.
import { unusablePassword, type DigestAlgorithm, type SipSettings } from '../src/backends/sip/settings';
import { secretName } from '../src/settings/schema';
import { checkPassword, sameAccount } from '../src/settings/secret-rules';
import type { AccountForm, KnownAccount } from './account-form';
import { caught, wrong, type FieldErrors } from './field-errors';
import { tidy } from './typed-text';

export function passwordErrors(form: AccountForm, known: KnownAccount, voice: SipSettings | null): FieldErrors {
  const held = known.secrets[secretName.sip(known.id)];
  const before = known.profile?.voice;
  const another = voice !== null && before !== undefined && before !== null && !sameAccount(before, voice);
  const otherKeeping = held !== undefined && form.remember !== (held === 'remembered');
  if (form.password === '' && held !== undefined && !another && !otherKeeping) return {};
  const hashed = form.secretKind === 'password' ? undefined : hashedOf(form, form.secretKind);
  return caught('password', () => {
    const password = checkPassword(secretOf(form));
    const unusable = unusablePassword({ hashed }, { password });
    if (unusable) throw wrong(unusable);
  });
}

export function turnErrors(form: AccountForm, known: KnownAccount): FieldErrors {
  const before = known.profile?.voice?.iceServers ?? [];
  return form.iceServers.reduce<FieldErrors>((errors, row, index) => {
    if (!/^turns?:/.test(tidy(row.urls))) return errors;
    const old = before[index];
    const same = old?.urls === tidy(row.urls) && old.username === row.username.trim();
    const keeping = form.remember ? 'remembered' : 'session'; // all passwords of an account are kept alike
    const held = same && known.secrets[secretName.turn(known.id, index)] === keeping;
    if (row.credential !== '') {
      return { ...errors, ...caught(`iceServers.${index}.credential`, () => checkPassword(row.credential)) };
    }
    if (held) return errors;
    const place = row.username.trim() === '' ? 'username' : 'credential';
    return { ...errors, [`iceServers.${index}.${place}`]: wrong('iceServerCredential', { server: tidy(row.urls) }) };
  }, {});
}

export function newSecrets(form: AccountForm, id: string): { key: string; value: string }[] {
  const value = secretOf(form);
  const own = value === '' ? [] : [{ key: secretName.sip(id), value }];
  const turn = form.iceServers.flatMap(({ credential }, index) =>
    credential === '' ? [] : [{ key: secretName.turn(id, index), value: credential }],
  );
  return [...own, ...turn];
}

export function hashedOf(form: AccountForm, algorithm: DigestAlgorithm): SipSettings['hashed'] {
  return { algorithm, realm: form.realm.trim() || tidy(form.domain) };
}

/** Spaces count in a password; around an HA1 they came with copying. */
function secretOf({ secretKind, password }: AccountForm): string {
  return secretKind === 'password' ? password : password.trim();
}
