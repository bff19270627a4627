// How an incoming call is told: how loud, where, and with a notification or not.
import { useId } from 'preact/hooks';
import { withDevice } from '../../src/settings/schema';
import { DeviceSelect } from '../components/device-select';
import { CheckField } from '../components/field';
import { SavedNote } from '../components/saved-note';
import { useModel } from '../model-context';
import { useSaving } from '../use-saving';
import { useDevices, usePermission } from '../use-sound';

export function RingingSection() {
  const { words, settings, change, sound } = useModel();
  const id = useId();
  const devices = useDevices(usePermission());
  const [saving, save] = useSaving();
  const [testing, test] = useSaving();
  const { ringing, devices: chosen } = settings.value;
  const setVolume = (volume: number): void =>
    void save(() => change((now) => ({ ...now, ringing: { ...now.ringing, volume } })));
  return (
    <>
      <div class="field">
        <label for={id}>{words('ringing_volume')}</label>
        <div class="input-row">
          <input
            id={id}
            type="range"
            min={0}
            max={100}
            step={5}
            value={Math.round(ringing.volume * 100)}
            aria-valuetext={`${Math.round(ringing.volume * 100)} %`}
            onChange={(event) => setVolume(Number(event.currentTarget.value) / 100)}
          />
          <output for={id}>{Math.round(ringing.volume * 100)} %</output>
          <button
            type="button"
            disabled={testing === 'saving'}
            onClick={() => void test(() => sound.playTone('ring', chosen.ring, ringing.volume))}
          >
            {words('ringing_test')}
          </button>
        </div>
        {typeof testing === 'object' && <p class="error">{words('speaker_failed')}</p>}
      </div>
      <DeviceSelect
        label={words('ringing_device')}
        chosen={chosen.ring}
        devices={devices.outputs}
        onChange={(device) => void save(() => change((now) => withDevice(now, 'ring', device)))}
      />
      <CheckField
        label={words('ringing_notifications')}
        checked={ringing.notifications}
        onChange={(notifications) =>
          void save(() => change((now) => ({ ...now, ringing: { ...now.ringing, notifications } })))
        }
      />
      <SavedNote saving={saving} />
    </>
  );
}
