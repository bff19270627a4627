// How an incoming call is told: which ring, how loud, where, and with a notification or not.
import { useId, useState } from 'preact/hooks';
import { RING_TONES, type RingTone } from '../../src/domain/ring-tones';
import { withDevice, type Settings } from '../../src/settings/schema';
import { AutoAnswer } from '../components/auto-answer';
import { DeviceSelect } from '../components/device-select';
import { CheckField, SelectField } from '../components/field';
import { LevelMeter } from '../components/level-meter';
import { SavedNote } from '../components/saved-note';
import { useModel } from '../model-context';
import { usePlaying } from '../use-playing';
import { useSaving } from '../use-saving';
import { useDevices, usePermission } from '../use-sound';

export function RingingSection() {
  const { words, settings, change, sound } = useModel();
  const id = useId();
  const devices = useDevices(usePermission());
  const [saving, save] = useSaving();
  const { playing, play } = usePlaying();
  const [failed, setFailed] = useState(false);
  const { ringing, devices: chosen } = settings.value;
  const [dragged, drag] = useState<number>(); // while the knob moves, nothing is stored yet
  const volume = dragged ?? ringing.volume;
  const set = (part: Partial<Settings['ringing']>): Promise<unknown> =>
    save(() => change((now) => ({ ...now, ringing: { ...now.ringing, ...part } })));
  const percent = Math.round(volume * 100);
  const test = async (tone: RingTone): Promise<void> => {
    setFailed(!(await play(() => sound.play(tone, chosen.ring, volume))));
  };
  return (
    <>
      <SelectField
        label={words('ringing_tone')}
        value={ringing.tone}
        choices={RING_TONES.map((tone) => ({ value: tone, label: words(`ringing_tone_${tone}`) }))}
        onChange={(value) => {
          const tone = RING_TONES.find((each) => each === value) ?? ringing.tone;
          void set({ tone });
          if (playing) void test(tone);
        }}
      />
      <div class="field">
        <label for={id}>{words('ringing_volume')}</label>
        <div class="input-row">
          <input
            id={id}
            type="range"
            min={0}
            max={100}
            step={5}
            value={percent}
            aria-valuetext={`${percent} %`}
            onInput={(event) => {
              const next = Number(event.currentTarget.value) / 100;
              drag(next);
              playing?.setVolume(next);
            }}
            onChange={(event) =>
              void set({ volume: Number(event.currentTarget.value) / 100 }).then(() => drag(undefined))
            }
          />
          <output for={id}>{percent} %</output>
        </div>
      </div>
      <DeviceSelect
        role="ring"
        label={words('ringing_device')}
        devices={devices.outputs}
        onChange={(device) => {
          void save(() => change((now) => withDevice(now, 'ring', device)));
          playing?.setSinks([device.id]);
        }}
      />
      <div class="row">
        <button type="button" onClick={() => (playing ? playing.stop() : void test(ringing.tone))}>
          {words(playing ? 'ringing_stopTest' : 'ringing_test')}
        </button>
      </div>
      {playing && <LevelMeter label="sound_played" source={playing} />}
      {failed && <p class="error">{words('speaker_failed')}</p>}
      <CheckField
        label={words('ringing_notifications')}
        checked={ringing.notifications}
        onChange={(notifications) => void set({ notifications })}
      />
      <SavedNote saving={saving} />
      <AutoAnswer />
    </>
  );
}
