// A broker at the other end of no wire: it connects and subscribes whoever asks, and says what it is told to, at once.

const ANSWERS = {
  CONNECT: 'CONNECTED\nversion:1.1\nheart-beat:0,0\n\n\0',
  SUBSCRIBE: 'RECEIPT\nreceipt-id:subscribed\n\n\0',
};

export class FakeSocket {
  static newest: FakeSocket | undefined;
  binaryType = 'blob';
  readyState = 0;
  onopen: ((event: unknown) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: unknown) => void) | null = null;
  onerror: ((event: unknown) => void) | null = null;

  constructor(readonly url: string) {
    FakeSocket.newest = this;
    queueMicrotask(() => {
      this.readyState = 1;
      this.onopen?.({});
    });
  }
  send(frame: string): void {
    const answer = Object.entries(ANSWERS).find(([command]) => frame.startsWith(`${command}\n`))?.[1];
    if (answer !== undefined) queueMicrotask(() => this.say(answer));
  }
  say(data: string | ArrayBuffer): void {
    if (this.readyState === 1) this.onmessage?.({ data });
  }
  close(): void {
    this.readyState = 3;
    this.onclose?.({ code: 1006, reason: '' });
  }
}

/** @returns what brings the real ones back. */
export function useFakeSockets(): () => void {
  const real = globalThis.WebSocket;
  globalThis.WebSocket = FakeSocket as unknown as typeof WebSocket; // as much of one as the event link uses
  return () => void (globalThis.WebSocket = real);
}
