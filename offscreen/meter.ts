// How loud it is at a microphone, whether its track is shut or open. Asked once a second; has no timer of its own.
import type { SoundMeter } from '../src/backends/backend';

/** The most that an analyser keeps: 0.7 s of 48 kHz, enough of each second. */
const SAMPLES = 32_768;

/** The microphone stays in use, and the browser's sign for it lit, until the meter is closed. */
export function openMeter(track: MediaStreamTrack): SoundMeter {
  const copy = track.clone();
  copy.enabled = true; // a copy is born as shut as its track
  try {
    return listenTo(copy);
  } catch (error) {
    copy.stop(); // no sound device: the microphone must not stay open for nothing
    throw error;
  }
}

function listenTo(copy: MediaStreamTrack): SoundMeter {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = SAMPLES;
  context.createMediaStreamSource(new MediaStream([copy])).connect(analyser);
  const samples = new Float32Array(SAMPLES);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / SAMPLES);
    },
    close() {
      copy.stop();
      void context.close();
    },
  };
}
