// A conference room: each party hears the sum of the others and never itself.
import { frameSamples, onBeat } from './pacer';
import { Port } from './port';
import { mix, silence, type Sound } from './sounds';

const nothing = silence(20);
const mostFramesWaiting = 5; // 100 ms: what comes faster than it is played is old

export class Room {
  private readonly seats = new Set<Seat>();
  private stop: (() => void) | undefined;

  enter(): Port {
    const seat: Seat = new Seat(() => this.leave(seat));
    this.seats.add(seat);
    this.stop ??= onBeat(() => this.beat());
    return seat;
  }

  private leave(seat: Seat): void {
    this.seats.delete(seat);
    if (this.seats.size > 0) return;
    this.stop?.();
    this.stop = undefined;
  }

  private beat(): void {
    const spoken = new Map([...this.seats].map((seat) => [seat, seat.take()]));
    for (const seat of this.seats) {
      const others = [...spoken].filter(([other]) => other !== seat).map(([, sound]) => sound);
      seat.tell(mix(others, frameSamples));
    }
  }
}

class Seat extends Port {
  private waiting: Sound[] = [];
  constructor(private readonly leave: () => void) {
    super();
  }
  hear(sound: Sound): void {
    this.countHeard(sound);
    this.waiting.push(sound);
    if (this.waiting.length > mostFramesWaiting) this.waiting.shift();
  }
  hearKey(): void {}
  take(): Sound {
    return this.waiting.shift() ?? nothing;
  }
  tell(sound: Sound): void {
    this.say(sound);
  }
  close(): void {
    this.leave();
    this.listener = undefined;
  }
}
