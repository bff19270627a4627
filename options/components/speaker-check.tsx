// Choice and test of the speaker: a person says whether it was heard; the browser cannot know.
import { useState } from 'preact/hooks';
import { withDevice } from '../../src/settings/schema';
import { useModel } from '../model-context';
import { usePlaying } from '../use-playing';
import { useDevices, usePermission } from '../use-sound';
import { useSaving } from '../use-saving';
import { DeviceSelect } from './device-select';
import { LevelMeter } from './level-meter';
import { SavedNote } from './saved-note';

/** As loud as a voice in a call. */
const TEST_VOLUME = 0.8;
type Verdict = 'none' | 'playing' | 'played' | 'heard' | 'notHeard' | 'failed';

export function SpeakerCheck() {
  const { words, settings, change, sound, speakerHeard } = useModel();
  const devices = useDevices(usePermission());
  const [verdict, setVerdict] = useState<Verdict>('none');
  const judge = (next: Verdict): void => {
    setVerdict(next);
    if (next !== 'playing' && next !== 'played') speakerHeard.value = next === 'heard';
  };
  const [saving, save] = useSaving();
  const { playing, play } = usePlaying();
  const chosen = settings.value.devices.speaker;
  const test = async (): Promise<void> => {
    judge('playing');
    // Whatever the reason, the way out is the same: another device.
    judge((await play(() => sound.play('test', chosen, TEST_VOLUME))) ? 'played' : 'failed');
  };
  return (
    <div class="check-card">
      <DeviceSelect
        role="speaker"
        label={words('speaker_choose')}
        devices={devices.outputs}
        onChange={(device) => void save(() => change((now) => withDevice(now, 'speaker', device)))}
      />
      {typeof saving === 'object' && <SavedNote saving={saving} />}
      <div class="row">
        <button type="button" class="primary" disabled={verdict === 'playing'} onClick={() => void test()}>
          {words(verdict === 'playing' ? 'speaker_playing' : 'speaker_play')}
        </button>
        {verdict === 'played' && (
          <>
            <button type="button" onClick={() => judge('heard')}>
              {words('speaker_heard')}
            </button>
            <button type="button" class="quiet" onClick={() => judge('notHeard')}>
              {words('speaker_notHeard')}
            </button>
          </>
        )}
      </div>
      {playing && <LevelMeter label="sound_played" source={playing} />}
      <div role="status">
        {verdict === 'heard' && <p class="good">✓ {words('speaker_good')}</p>}
        {verdict === 'notHeard' && <p>{words('speaker_tips')}</p>}
        {verdict === 'failed' && <p class="error">{words('speaker_failed')}</p>}
      </div>
    </div>
  );
}
