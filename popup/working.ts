// Commands that are on their way for longer than one waits without a sign: their buttons say so.
import { signal, type ReadonlySignal } from '@preact/signals';
import type { Command } from '../src/domain/commands';

/** What is answered sooner shows by itself; after 300 ms a press without a sign seems lost. */
const UNSEEN_MS = 250;

export interface Working {
  readonly commands: ReadonlySignal<readonly Command[]>;
  /** @returns what `answer` brings. */
  during<T>(command: Command, answer: Promise<T>): Promise<T>;
}

export function watchWorking(): Working {
  const commands = signal<readonly Command[]>([]);
  return {
    commands,
    async during(command, answer) {
      const timer = setTimeout(() => (commands.value = [...commands.value, command]), UNSEEN_MS);
      try {
        return await answer;
      } finally {
        clearTimeout(timer);
        if (commands.value.includes(command)) commands.value = commands.value.filter((each) => each !== command);
      }
    },
  };
}

/**
 * What the button of a command says of it; how that looks: style/base.css.
 * @param which the command, or its types where the command holds what is only typed in.
 */
export function busyWith(
  working: readonly Command[],
  which: Command | readonly Command['type'][] | undefined,
): { 'aria-busy'?: true } {
  if (which === undefined) return {};
  const is = (each: Command) => ('type' in which ? isSame(each, which) : which.includes(each.type));
  return working.some(is) ? { 'aria-busy': true } : {};
}

function isSame(one: Command, other: Command): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
