// What happens with a number once the agent pointed at it: the chip's conversation, from the offer to the answer.
// Each wish to dial has one id; the question of the risk gate is answered under the same number.
import type { PageSettings } from '../src/messaging/contract';
import type { Chip, ChipButton, ChipContent, ChipPress } from './chip';
import { copyText } from './clipboard';
import { newCommandId, type DialPort } from './dial-port';
import type { Box } from './placement';

/** A number on the page, as it was when the agent pressed on it. */
export interface Target {
  number: string; // what the worker is asked to dial: digits with `;ext=`, or a link as it stands
  dial?: string; // the bare number, where it can be remembered as none
  shown: string;
  anchor(): Box | undefined; // where it stands now
}

export interface Dialling {
  /** Opens the chip beside the number. */
  offer(target: Target, focus: boolean): void;
  /** Dials without an offer. */
  dial(target: Target): Promise<void>;
  press(button: ChipPress): Promise<void>;
  /** What the chip is open for. */
  current(): Target | undefined;
  /** Whether the chip may be closed by moving the pointer away. */
  isIdle(): boolean;
  close(): void;
}

export interface DiallingParts {
  chip: Chip;
  port: DialPort;
  settings(): PageSettings;
  /** Told once it is remembered. */
  changed(what: 'siteOff' | 'trustSite' | 'notANumber', dial?: string): void;
}

const saidMs = 3_000; // how long "Calling …" stays
const refusedMs = 8_000;

export function createDialling({ chip, port, settings, changed }: DiallingParts): Dialling {
  let current: Target | undefined;
  let stage: 'offer' | 'question' | 'busy' | 'said' = 'offer';
  let closing: ReturnType<typeof setTimeout> | undefined;
  let stood: Box | undefined; // where the number was last seen: the page may draw it anew while the chip is open

  const show = (target: Target, content: Omit<ChipContent, 'number'>, focus = false) => {
    clearTimeout(closing);
    const anchor = target.anchor() ?? (current === target ? stood : undefined);
    current = target;
    stood = anchor;
    if (anchor === undefined) return close();
    chip.show({ number: target.shown, ...content }, anchor, focus);
  };

  const offer = (target: Target, focus: boolean) => {
    const { words, trusted, rememberable } = settings();
    stage = 'offer';
    const names: ChipButton[] = ['call', 'copy'];
    if (rememberable) {
      if (target.dial !== undefined) names.push('notANumber');
      names.push('offHere');
      if (!trusted) names.push('trustHere');
    }
    show(target, { buttons: names.map((name) => ({ name, label: words[name] })) }, focus);
  };

  const close = () => {
    clearTimeout(closing);
    current = undefined;
    stood = undefined;
    stage = 'offer';
    chip.close();
  };

  const say = (target: Target, said: string, tone: 'alarm' | 'quiet', forMs: number) => {
    stage = 'said';
    show(target, { said, tone, buttons: [] });
    closing = setTimeout(close, forMs);
  };

  const dial = async (target: Target, confirmed = false) => {
    if (stage === 'busy' && current === target) return; // one wish, one call
    const { words } = settings();
    stage = 'busy';
    show(target, { said: words.calling.replace('{number}', target.shown), tone: 'quiet', buttons: [] });
    const answer = await port.dial(target.number, newCommandId(), confirmed);
    if (current !== target) return; // the agent went on to another number
    if (answer.ok) return say(target, words.calling.replace('{number}', target.shown), 'quiet', saidMs);
    const sentence = answer.sentence ?? words.noAnswer;
    if (answer.code === 'needsConfirmation' && !confirmed) return ask(target, sentence);
    say(target, sentence, 'alarm', refusedMs);
  };

  const ask = (target: Target, question: string) => {
    const { words } = settings();
    stage = 'question';
    const buttons = [
      { name: 'call', label: words.call },
      { name: 'cancel', label: words.cancel },
    ] as const;
    show(target, { said: question, tone: 'alarm', buttons }, true);
  };

  const remember = async (what: 'siteOff' | 'trustSite' | 'notANumber', target: Target) => {
    const place = target.anchor() ?? stood;
    close();
    if (await port.remember(what, what === 'notANumber' ? target.dial : undefined)) return changed(what, target.dial);
    if (current !== undefined) return; // the agent went on to another number
    say({ ...target, shown: target.shown, anchor: () => place }, settings().words.notSaved, 'alarm', refusedMs);
  };

  const press = async (button: ChipPress) => {
    const target = current;
    if (target === undefined) return;
    switch (button) {
      case 'call':
        return dial(target, stage === 'question');
      case 'copy': {
        const copied = await copyText(target.dial ?? target.shown);
        if (current !== target) return;
        if (copied) return say(target, settings().words.copied, 'quiet', saidMs / 2);
        return say(target, settings().words.copyFailed, 'alarm', refusedMs);
      }
      case 'notANumber':
        return remember('notANumber', target);
      case 'offHere':
        return remember('siteOff', target);
      case 'trustHere':
        return remember('trustSite', target);
      case 'cancel':
        return close();
      case 'covered':
        return say(target, settings().words.covered, 'alarm', refusedMs);
    }
  };

  return {
    offer,
    dial: (target) => dial(target),
    press,
    close,
    current: () => current,
    isIdle: () => stage === 'offer' && !chip.hasFocus(),
  };
}
