// One thing that is being saved: at work, done or refused.
import { useState } from 'preact/hooks';
import { toPhoneError, type PhoneError } from '../src/domain/phone-error';

export type Saving = 'idle' | 'saving' | 'saved' | PhoneError;

/** @returns the state, and what runs a piece of work; it resolves with the error, if there was one. */
export function useSaving(): [Saving, (work: () => Promise<unknown>) => Promise<PhoneError | undefined>, () => void] {
  const [saving, setSaving] = useState<Saving>('idle');
  const run = async (work: () => Promise<unknown>): Promise<PhoneError | undefined> => {
    setSaving('saving');
    try {
      await work();
      setSaving('saved');
      return undefined;
    } catch (thrown) {
      const error = toPhoneError(thrown);
      setSaving(error);
      return error;
    }
  };
  return [saving, run, () => setSaving('idle')];
}
