// What the phone asks of any back end. Implemented by localproxy/, wellcloud/ and sip/.
import type { Command } from '../domain/commands';
import type { DomainEvent } from '../domain/phone';
import type { MonotonicMs, WallMs } from '../domain/time';

export interface Backend {
  /** Resolves once the server (or, for local matters, the phone) took the command; that it took effect is an event. Rejects with PhoneError. */
  perform(command: Command): Promise<void>;
}

/** The world, as a back end may use it: everything that a test must be able to hold in its hand. */
export interface World {
  /** Events of one call keep the server's order. */
  emit(event: DomainEvent): void;
  /** Ends the back end: its calls are cleared, its links closed. */
  readonly signal: AbortSignal;
  monotonic(): MonotonicMs;
  wall(): WallMs;
  /** 0 ≤ x < 1. */
  random(): number;
  readonly media: Media;
  /** For the log; English, without secrets and full numbers. */
  log(level: 'info' | 'warning', text: string): void;
}

/** Sound, as a back end of `media: 'browser'` needs it. */
export interface Media {
  /**
   * Opens the chosen microphone. Each stream is the caller's: it stops the tracks.
   * @throws PhoneError microphonePrompt, microphoneDenied, microphoneMissing, microphoneBusy
   */
  openMicrophone(): Promise<MediaStream>;
  /** Told when another microphone is to be used, or the same in another way: see `isCurrent`. */
  onMicrophoneChange(listener: () => void, signal: AbortSignal): void;
  /** Whether a stream is what `openMicrophone` would open now; one that is not is to be opened anew. */
  isCurrent(microphone: MediaStream): boolean;
  /** Plays the far end of a call on the chosen speaker; `null` ends it. */
  playRemote(callId: string, stream: MediaStream | null): void;
  /** Listens to a microphone through a copy of its track, which hears also what a shut track does not send. */
  openMeter(track: MediaStreamTrack): SoundMeter;
  /** Opens a place where far ends talk together; they are played by `playRemote` all the while. */
  openMix(): Mix;
}

export interface SoundMeter {
  /** How loud it was in the last second: RMS, 0 to 1. */
  level(): number;
  /** Stops the copy at once. */
  close(): void;
}

/** A conference in this browser: each party is sent our microphone and all other parties, never itself. */
export interface Mix {
  /** @param remote what the party says, if anything. */
  seat(remote: MediaStream | undefined): Seat;
  /** Once all have left. */
  close(): void;
}
export interface Seat {
  /** What the party is to be sent. */
  readonly track: MediaStreamTrack;
  /** The microphone that this party hears from now on; shut, it is shut for this party alone. */
  speak(microphone: MediaStreamTrack): void;
  /** The others and this party do not hear each other meanwhile. */
  setAside(aside: boolean): void;
  leave(): void;
}

/** Returns at once; opens the link and reopens it until `signal` aborts, telling so by events. */
export type OpenBackend<S> = (settings: S, world: World) => Backend;
