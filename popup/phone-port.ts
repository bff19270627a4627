// What the view needs of the world around it; the extension gives it by messages, the gallery by plain states.
import type { Command } from '../src/domain/commands';
import type { Device, DeviceRole } from '../src/domain/devices';
import type { Snapshot } from '../src/domain/phone';
import type { AgentLogInParams, HistoryRecord } from '../src/messaging/contract';
import type { Language } from '../src/words';

export interface PhonePort {
  /** Tells each newer snapshot, and `undefined` while nobody can be heard. */
  follow(onSnapshot: (snapshot: Snapshot | undefined) => void, signal: AbortSignal): void;
  /** @throws PhoneError the refusal. `confirmed`: the agent has answered the question of a `needsConfirmation`. */
  perform(command: Command, confirmed: boolean): Promise<void>;
  /** @throws PhoneError the refusal; `agentLoggedInHere` and `agentLoggedInElsewhere` mean: ask, then `force`. */
  logIn(asked: AgentLogInParams): Promise<void>;
  /** Whether a secret of this name is held, so that none need be typed. */
  passwordKept(name: string): Promise<boolean>;
  dismiss(noticeId: string): Promise<void>;
  /** Ended calls, the newest first. */
  recent(limit: number): Promise<readonly HistoryRecord[]>;
  /** What the view begins with, without waiting for anyone. */
  readonly firstLanguage: Language;
  language(): Promise<Language>;
  /** @param device with an empty id: the system's choice. @throws PhoneError */
  chooseDevice(role: DeviceRole, device: Device): Promise<void>;
  openOptions(section?: 'microphone'): void;
  /** Absent where the view is the side panel already. */
  openSidePanel?(): void;
}
