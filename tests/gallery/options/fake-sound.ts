// A computer with a headset and loudspeakers, whose person is speaking.
import type { SoundPort } from '../../../options/sound';
import type { Scene } from './scenes';

export function fakeSound(scene: Scene): SoundPort {
  const { permission = 'prompt' } = scene;
  const named = (id: string, label: string) => ({ id, label: permission === 'granted' ? label : '' });
  return {
    watchPermission: (onChange) => onChange(permission),
    openMicrophone: () => Promise.resolve({ label: 'Headset', level: () => 0.62, close: () => undefined }),
    watchDevices: (onChange) =>
      onChange({
        inputs: [named('in', 'Headset microphone'), named('in2', 'Built-in microphone')],
        outputs: [named('out', 'Headset'), named('out2', 'Built-in speakers')],
      }),
    play: () => ({
      level: () => 0.55,
      ended: scene.playing === true ? new Promise<boolean>(() => undefined) : Promise.resolve(true),
      setVolume: () => undefined,
      setSinks: () => undefined,
      stop: () => undefined,
    }),
  };
}
