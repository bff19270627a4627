// What the browser does to the voice before it is sent. Heard at once, in a call and in the test above.
import { useId } from 'preact/hooks';
import type { WordKey } from '../../src/words';
import { useModel } from '../model-context';
import type { Processing } from '../sound';
import { useSaving } from '../use-saving';
import { CheckField } from './field';
import { SavedNote } from './saved-note';

const SWITCHES: readonly [name: keyof Processing, label: WordKey, hint: WordKey][] = [
  ['echoCancellation', 'sound_echo', 'sound_echoHint'],
  ['noiseSuppression', 'sound_noise', 'sound_noiseHint'],
  ['autoGainControl', 'sound_gain', 'sound_gainHint'],
];

export function ProcessingFields() {
  const { words, settings, change } = useModel();
  const id = useId();
  const [saving, save] = useSaving();
  const { processing } = settings.value.devices;
  const set = (name: keyof Processing, on: boolean): void =>
    void save(() =>
      change((now) => ({
        ...now,
        devices: { ...now.devices, processing: { ...now.devices.processing, [name]: on } },
      })),
    );
  return (
    <div class="check-card" role="group" aria-labelledby={id}>
      <h3 id={id}>{words('sound_processing')}</h3>
      {SWITCHES.map(([name, label, hint]) => (
        <CheckField
          key={name}
          label={words(label)}
          hint={words(hint)}
          checked={processing[name]}
          onChange={(on) => set(name, on)}
        />
      ))}
      {typeof saving === 'object' && <SavedNote saving={saving} />}
    </div>
  );
}
