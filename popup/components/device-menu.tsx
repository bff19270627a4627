// Another microphone or speaker in the middle of a call; the far end notices nothing.
import { useId, useState } from 'preact/hooks';
import { sentence } from '../../src/words';
import type { DeviceUse } from '../../src/domain/devices';
import { toPhoneError, type PhoneError } from '../../src/domain/phone-error';
import { supportCode } from '../view-model/notices';
import { usePhone } from './phone-context';

export function DeviceMenu() {
  const { state, words } = usePhone();
  const [error, setError] = useState<PhoneError>();
  const devices = state.value?.devices;
  return (
    <div class="panel devices" role="group" aria-label={words.value('microphoneAndSpeaker')}>
      {devices && <DeviceField role="microphone" use={devices.microphone} onError={setError} />}
      {devices && <DeviceField role="speaker" use={devices.speaker} onError={setError} />}
      <div aria-live="polite">
        {error && (
          <p class="device-error">
            {sentence(words.value, 'error', error.code, error.data)} <small>{supportCode(error.code)}</small>
          </p>
        )}
      </div>
    </div>
  );
}

interface FieldProps {
  readonly role: 'microphone' | 'speaker';
  readonly use: DeviceUse;
  readonly onError: (error: PhoneError | undefined) => void;
}

function DeviceField({ role, use, onError }: FieldProps) {
  const { port, words } = usePhone();
  const id = useId();
  const { gone, present, order } = use;
  const [using] = order;
  const systemIs = using.id === '' && using.label !== '' ? ` (${using.label})` : '';
  const shown = present.some((each) => each.id === using.id) ? using.id : ''; // Windows has two choices of the system
  const choices = [{ id: '', label: words.value('device_system') + systemIs }, ...present];
  const choose = async (chosen: string): Promise<void> => {
    onError(undefined);
    const device = present.find((each) => each.id === chosen) ?? { id: '', label: '' };
    await port.chooseDevice(role, device).catch((thrown: unknown) => onError(toPhoneError(thrown)));
  };
  return (
    <>
      <label for={id}>{words.value(`device_${role}`)}</label>
      <select
        id={id}
        class="field"
        value={shown}
        onChange={(event) => void choose(event.currentTarget.value)}
        {...(gone && { 'aria-describedby': `${id}-gone` })}
      >
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id} selected={choice.id === shown}>
            {choice.label}
          </option>
        ))}
      </select>
      {gone && (
        <p class="hint" id={`${id}-gone`}>
          {words.value('device_away', { device: gone.label || words.value('device_chosen') })}
        </p>
      )}
    </>
  );
}
