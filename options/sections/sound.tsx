// Microphone and speaker, with the same tests as in the wizard, and what is done to the voice.
import { MicrophoneCheck } from '../components/microphone-check';
import { ProcessingFields } from '../components/processing-fields';
import { SpeakerCheck } from '../components/speaker-check';

export function SoundSection() {
  return (
    <>
      <MicrophoneCheck />
      <ProcessingFields />
      <SpeakerCheck />
    </>
  );
}
