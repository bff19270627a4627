// The far ends played by the exchange: what each says and how it minds what it hears.
import type { Service } from './numbers';
import { frameSamples, onBeat } from './pacer';
import { Port } from './port';
import type { Room } from './room';
import { endlessTone, inTurn, silence, speech, tone, type Sound } from './sounds';

const quiet = silence(20);
const ringing = inTurn(tone(450, 1000, 6000), silence(4000)); // ring-back as in China: 1 s on, 4 s off
const waiting = inTurn(tone(425, 150, 1500), silence(100), tone(425, 150, 1500), silence(2600)); // for those on hold
const music = inTurn(...[523, 659, 784, 1047, 784, 659].map((hertz) => tone(hertz, 400, 4000))); // of a customer who holds
const greeting = speech(14);
const remark = speech(4);
const twoTone = inTurn(tone(600, 500, 6000), tone(800, 500, 6000));

/** @param roomOf the room behind a number. */
export function openVoice(
  { voice, hertz = 440, number = '' }: Pick<Service, 'voice' | 'hertz'> & { number?: string },
  roomOf: (number: string) => Room,
): Port {
  switch (voice) {
    case 'echo':
      return new EchoVoice();
    case 'room':
      return roomOf(number).enter();
    case 'customer':
      return new CustomerVoice();
    case 'keypad':
      return new KeypadVoice();
    case 'tone':
      return new PlayingVoice(endlessTone(hertz));
    case 'ringback':
      return new PlayingVoice(ringing);
    case 'emergency':
      return new PlayingVoice(twoTone);
    case 'waiting':
      return new PlayingVoice(waiting);
    case 'music':
      return new PlayingVoice(music);
    case 'beep':
      return new ScriptVoice(inTurn(silence(200), tone(1000, 400)));
    case 'silence':
      return new ScriptVoice(quiet);
  }
}

class EchoVoice extends Port {
  hear(sound: Sound): void {
    this.countHeard(sound);
    this.say(sound);
  }
  hearKey(): void {}
  close(): void {
    this.listener = undefined;
  }
}

/** Says one frame at every beat while someone listens. */
abstract class BeatingVoice extends Port {
  private readonly stop = onBeat(() => {
    if (this.listener?.ready()) this.say(this.nextFrame());
  });
  protected abstract nextFrame(): Sound;

  hear(sound: Sound): void {
    this.countHeard(sound);
  }
  hearKey(_key: string): void {}
  close(): void {
    this.stop();
    this.listener = undefined;
  }
}

/** The same sound over and over. */
class PlayingVoice extends BeatingVoice {
  private at = 0;
  constructor(private readonly sound: Sound) {
    super();
  }
  protected nextFrame(): Sound {
    const frame = this.sound.subarray(this.at, this.at + frameSamples);
    this.at = (this.at + frameSamples) % this.sound.length;
    return frame;
  }
}

/** Says what stands in its script, then is silent. */
class ScriptVoice extends BeatingVoice {
  constructor(private script: Sound) {
    super();
  }
  protected add(sound: Sound): void {
    this.script = inTurn(this.script, sound);
  }
  protected nextFrame(): Sound {
    if (this.script.length < frameSamples) return quiet;
    const frame = this.script.subarray(0, frameSamples);
    this.script = this.script.subarray(frameSamples);
    return frame;
  }
}

/** Beeps for each key, higher for higher keys. What was pressed stands in the counters of who pressed it. */
class KeypadVoice extends ScriptVoice {
  constructor() {
    super(inTurn(silence(200), speech(5)));
  }
  override hearKey(key: string): void {
    this.add(inTurn(tone(600 + 60 * '0123456789*#ABCD'.indexOf(key), 180), silence(60)));
  }
}

/** Greets, then repeats what it hears at half the loudness and puts in a remark every 8 s. */
class CustomerVoice extends ScriptVoice {
  private readonly heardLately: Sound[] = [];
  private beats = 0;
  constructor() {
    super(inTurn(silence(200), greeting));
  }
  override hear(sound: Sound): void {
    super.hear(sound);
    this.heardLately.push(sound);
    if (this.heardLately.length > 10) this.heardLately.shift();
  }
  protected override nextFrame(): Sound {
    if (++this.beats % 400 === 0) this.add(remark);
    const own = super.nextFrame();
    const echo = this.heardLately.shift();
    return own === quiet && echo ? echo.map((sample) => sample >> 1) : own;
  }
}
