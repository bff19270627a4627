// Microphone and speaker, with the same tests as in the wizard.
import { MicrophoneCheck } from '../components/microphone-check';
import { SpeakerCheck } from '../components/speaker-check';

export function SoundSection() {
  return (
    <>
      <MicrophoneCheck />
      <SpeakerCheck />
    </>
  );
}
