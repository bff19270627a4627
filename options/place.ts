// Where on the options page one is, as the address says it: `#welcome`, `#welcome/account`, `#microphone`, `#done`. Pure.

export const STEPS = ['microphone', 'speaker', 'account', 'call'] as const;
export type Step = (typeof STEPS)[number];
export const SECTIONS = [
  'account',
  'microphone',
  'headset',
  'linking',
  'ringing',
  'language',
  'file',
  'about',
] as const;
export type Section = (typeof SECTIONS)[number];
export type Place =
  | { readonly kind: 'wizard'; readonly step: Step }
  | { readonly kind: 'settings'; readonly section: Section | undefined; readonly done: boolean };

export function readPlace(hash: string): Place {
  const [first = '', second = ''] = hash.replace(/^#/, '').split('/');
  if (first === 'welcome') return { kind: 'wizard', step: STEPS.find((step) => step === second) ?? 'microphone' };
  return { kind: 'settings', section: SECTIONS.find((section) => section === first), done: first === 'done' };
}

export function stepHash(step: Step): string {
  return `#welcome/${step}`;
}
