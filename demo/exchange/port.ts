// Where one party's sound enters and leaves the exchange: a WebRTC leg or a voice made here. Ports are joined by the studio.
import { sampleRate } from './pacer';
import { inTurn, type Sound } from './sounds';

const framesKept = 50;

export interface Ear {
  /** Whether sound gets there now; a voice made here waits with what it has to say until then. */
  ready(): boolean;
  hear(sound: Sound): void;
  /** A key of the keypad: 0-9 A-D * #. */
  hearKey(key: string): void;
}

/** What went one way through a port. Energy: (sample / 32768)² × seconds; a browser's totalAudioEnergy counts peaks and is more. */
export interface Flowed {
  packets: number;
  seconds: number;
  energy: number;
}
export interface PortCounters {
  heard: Flowed; // by this party
  said: Flowed; // by this party
  keys: string; // pressed by this party, in order
}

/** `hear…` is what the others say to this party; `say…` goes to whoever listens at the moment. */
export abstract class Port implements Ear {
  listener: Ear | undefined;
  private readonly heard: Flowed = { packets: 0, seconds: 0, energy: 0 };
  private readonly said: Flowed = { packets: 0, seconds: 0, energy: 0 };
  private keys = '';
  private readonly lately: Sound[] = [];

  ready(): boolean {
    return true;
  }
  abstract hear(sound: Sound): void;
  abstract hearKey(key: string): void;
  abstract close(): void;

  /** The last second that this party heard; of a party that hears nothing any more, its last one. */
  lastHeard(): Sound {
    return inTurn(...this.lately);
  }

  counters(): PortCounters {
    return { heard: { ...this.heard }, said: { ...this.said }, keys: this.keys };
  }

  /** This party pressed a key. */
  pressKey(key: string): void {
    this.keys += key;
    this.listener?.hearKey(key);
  }

  protected say(sound: Sound): void {
    count(this.said, sound);
    this.listener?.hear(sound);
  }

  protected countHeard(sound: Sound): void {
    count(this.heard, sound);
    this.lately.push(sound);
    if (this.lately.length > framesKept) this.lately.shift();
  }
}

function count(flowed: Flowed, sound: Sound): void {
  let squares = 0;
  for (const sample of sound) squares += (sample / 32_768) ** 2;
  flowed.packets++;
  flowed.seconds += sound.length / sampleRate;
  flowed.energy += squares / sampleRate;
}
