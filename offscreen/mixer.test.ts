import { beforeEach, expect, test, vi } from 'vitest';
import { openMix } from './mixer';

/** Web Audio as far as who is connected to whom; a node is named by the stream it stands for. */
class Node {
  readonly to = new Set<Node>();
  constructor(readonly name: string) {}
  connect(other: Node): void {
    this.to.add(other);
  }
  disconnect(other?: Node): void {
    if (!other) return this.to.clear();
    if (!this.to.delete(other)) throw new DOMException('not connected', 'InvalidAccessError');
  }
}
class Context {
  static last: Context;
  readonly nodes: Node[] = [];
  readonly sent: Sent[] = [];
  closed = false;
  constructor() {
    Context.last = this;
  }
  createMediaStreamSource(stream: Stream): Node {
    const node = new Node(stream.tracks[0] ?? '');
    this.nodes.push(node);
    return node;
  }
  async resume(): Promise<void> {}
  async close(): Promise<void> {
    this.closed = true;
  }
}
class Sent extends Node {
  readonly track = { stopped: false, stop: () => void (this.track.stopped = true) };
  readonly stream = { getAudioTracks: () => [this.track] };
  constructor(context: Context) {
    super('sent');
    context.sent.push(this);
  }
}
class Stream {
  constructor(readonly tracks: string[]) {}
  getAudioTracks(): string[] {
    return this.tracks;
  }
}

beforeEach(() => {
  vi.stubGlobal('MediaStream', Stream);
  vi.stubGlobal('MediaStreamAudioDestinationNode', Sent);
});

const open = () => openMix(() => new Context() as unknown as AudioContext);
const voice = (name: string) => new Stream([name]) as unknown as MediaStream;
const track = (name: string) => name as unknown as MediaStreamTrack;
/** What each seat is sent, in the order they were taken. */
const heard = () =>
  Context.last.sent.map((sent) =>
    Context.last.nodes
      .filter(({ to }) => to.has(sent))
      .map(({ name }) => name)
      .toSorted()
      .join(' '),
  );

/** Our microphone stands in each call by itself. */
function sit(mix: ReturnType<typeof open>, name: string) {
  const seat = mix.seat(voice(name));
  seat.speak(track(`mic-${name}`));
  return seat;
}

test('each party hears us and all the others, and never itself', () => {
  const mix = open();
  for (const name of ['a', 'b', 'c']) sit(mix, name);

  expect(heard()).toEqual(['b c mic-a', 'a c mic-b', 'a b mic-c']);
});

test('whoever leaves, first or last, neither hears nor is heard, and the others talk on', () => {
  for (const [gone, left] of [
    [0, ['', 'c mic-b', 'b mic-c']],
    [1, ['c mic-a', '', 'a mic-c']],
    [2, ['b mic-a', 'a mic-b', '']],
  ] as const) {
    const mix = open();
    const seats = ['a', 'b', 'c'].map((name) => sit(mix, name));

    seats[gone]?.leave();

    expect(heard()).toEqual(left);
    expect(Context.last.sent[gone]?.track.stopped).toBe(true);
  }
});

test('a party set aside hears us alone; afterwards all is as before', () => {
  const mix = open();
  const [, second] = ['a', 'b', 'c'].map((name) => sit(mix, name));

  second?.setAside(true);
  second?.setAside(true);
  expect(heard()).toEqual(['c mic-a', 'mic-b', 'a mic-c']);

  second?.setAside(false);
  expect(heard()).toEqual(['b c mic-a', 'a c mic-b', 'a b mic-c']);
});

test('another microphone takes the place of the one that was lost', () => {
  const mix = open();
  const seat = sit(mix, 'a');
  sit(mix, 'b');

  seat.speak(track('new'));

  expect(heard()).toEqual(['b new', 'a mic-b']);
});

test('a party that sends nothing hears the others all the same', () => {
  const mix = open();
  sit(mix, 'a');
  mix.seat(undefined).speak(track('mic-b'));

  expect(heard()).toEqual(['mic-a', 'a mic-b']);
});

test('a mix that is closed holds no sound device any more', () => {
  const mix = open();
  sit(mix, 'a').leave();

  mix.close();

  expect(Context.last.closed).toBe(true);
});
