// Permission, choice and test of the microphone. It is opened on a click only, and closed when the test ends, or when the page is
// hidden or goes.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { toPhoneError, type PhoneError } from '../../src/domain/phone-error';
import { withDevice } from '../../src/settings/schema';
import { useModel } from '../model-context';
import type { OpenMicrophone, SoundDevice } from '../sound';
import { useDevices, usePermission } from '../use-sound';
import { DeviceSelect } from './device-select';
import { ErrorText } from './error-text';
import { LevelMeter } from './level-meter';
import { MicrophoneBlocked } from './microphone-blocked';

export function MicrophoneCheck() {
  const { words, settings, change } = useModel();
  const permission = usePermission();
  const devices = useDevices(permission);
  const test = useTest();
  const { microphone: chosen, processing } = settings.value.devices;
  const plugged = devices.inputs.map(({ id }) => id).join();
  const heard = JSON.stringify([chosen, processing, plugged]);
  useEffect(() => {
    if (test.microphone) void test.open(); // another one, or the same with other switches
  }, [heard]);
  if (permission === 'denied') return <MicrophoneBlocked />;

  const choose = (device: SoundDevice): Promise<void> =>
    test.run(async () => change((now) => withDevice(now, 'microphone', device)));
  return (
    <div class="check-card">
      {permission === 'granted' ? (
        <>
          <DeviceSelect
            role="microphone"
            label={words('mic_choose')}
            devices={devices.inputs}
            onChange={(device) => void choose(device)}
          />
          <div class="row">
            {test.microphone ? (
              <button type="button" onClick={test.close}>
                {words('mic_stopTest')}
              </button>
            ) : (
              <button type="button" onClick={() => void test.open()}>
                {words('mic_test')}
              </button>
            )}
            <span class="good">✓ {words('mic_allowed')}</span>
          </div>
        </>
      ) : (
        <div class="row">
          <button type="button" class="primary" disabled={test.asking} onClick={() => void test.open()}>
            {words('allowMicrophone')}
          </button>
          <span class="muted">{words('mic_notAskedYet')}</span>
        </div>
      )}
      <div role="status">
        {test.asking && permission === 'prompt' && <p>{words('mic_asking')}</p>}
        {test.microphone && <p>{words(test.heard ? 'mic_heard' : 'mic_speak')}</p>}
        {test.error && <ErrorText error={test.error} />}
      </div>
      {test.microphone && <LevelMeter label="mic_level" source={test.microphone} onVoice={test.onVoice} />}
    </div>
  );
}

function useTest() {
  const { sound, settings } = useModel();
  const [microphone, setMicrophone] = useState<OpenMicrophone | null>(null);
  const [asking, setAsking] = useState(false);
  const [heard, setHeard] = useState(false);
  const [error, setError] = useState<PhoneError | undefined>();
  const gone = useRef(false);
  // Layout effects: the others of a component that goes at once may never have begun.
  useLayoutEffect(() => () => microphone?.close(), [microphone]); // also when another takes its place
  useLayoutEffect(() => () => void (gone.current = true), []);
  useEffect(() => {
    const end = new AbortController();
    const closeIfHidden = (): void => {
      if (document.hidden) setMicrophone(null);
    };
    document.addEventListener('visibilitychange', closeIfHidden, { signal: end.signal });
    return () => end.abort();
  }, []);

  const run = async (work: () => Promise<void>): Promise<void> => {
    setError(undefined);
    try {
      await work();
    } catch (thrown) {
      setError(toPhoneError(thrown));
    }
  };
  const open = async (): Promise<void> => {
    setAsking(true);
    setHeard(false);
    await run(async () => {
      const { microphone: deviceId, processing } = settings.value.devices;
      const opened = await sound.openMicrophone(deviceId, processing);
      if (gone.current || document.hidden)
        opened.close(); // the person left while the browser asked
      else setMicrophone(opened);
    });
    setAsking(false);
  };
  const onVoice = useCallback(() => setHeard(true), []);
  return { microphone, asking, heard, error, run, open, onVoice, close: () => setMicrophone(null) };
}
