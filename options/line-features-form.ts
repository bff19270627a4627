// What the server offers for the line, as a person fills it in: voicemail, forwarding codes, the answer to callers while
// one is not to be disturbed. Texts ↔ SipSettings. Pure.
import type { SipSettings } from '../src/backends/sip/settings';
import { FORWARD_KINDS, type ForwardKind } from '../src/domain/line';

export interface LineFeaturesForm {
  readonly doNotDisturbStatus: SipSettings['doNotDisturbStatus'];
  readonly voicemailNumber: string;
  readonly voicemailSubscribe: boolean;
  readonly codes: Readonly<Record<ForwardKind, { readonly set: string; readonly cancel: string }>>;
}

export function lineFeaturesForm(voice: SipSettings | null | undefined): LineFeaturesForm {
  const codes = FORWARD_KINDS.map((kind) => [kind, voice?.forwarding[kind] ?? { set: '', cancel: '' }] as const);
  return {
    doNotDisturbStatus: voice?.doNotDisturbStatus ?? 486,
    voicemailNumber: voice?.voicemail.number ?? '',
    voicemailSubscribe: voice?.voicemail.subscribe ?? false,
    codes: Object.fromEntries(codes) as LineFeaturesForm['codes'], // one for each kind
  };
}

/** A code of which one half is missing is kept as it is, so that the check names the half. */
export function lineFeaturesOf(
  form: LineFeaturesForm,
): Pick<SipSettings, 'doNotDisturbStatus' | 'voicemail' | 'forwarding'> {
  const number = tidy(form.voicemailNumber);
  const codes = FORWARD_KINDS.flatMap((kind) => {
    const code = { set: tidy(form.codes[kind].set), cancel: tidy(form.codes[kind].cancel) };
    return code.set === '' && code.cancel === '' ? [] : [[kind, code] as const];
  });
  return {
    doNotDisturbStatus: form.doNotDisturbStatus,
    voicemail: { subscribe: form.voicemailSubscribe, ...(number !== '' && { number }) },
    forwarding: Object.fromEntries(codes),
  };
}

/** Full-width digits and signs, as Chinese input methods type them, are meant as plain ones. */
function tidy(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '');
}
