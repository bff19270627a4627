// A button that sends one command: grey where it may not be used now, and then it says why.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { can } from '../../src/domain/can';
import type { Command } from '../../src/domain/commands';
import { PhoneError } from '../../src/domain/phone-error';
import { sentence } from '../../src/words';
import type { Place } from '../store';
import { busyWith } from '../working';
import { usePhone } from './phone-context';

interface Props {
  command: Command;
  place: Place;
  class: string;
  children: ComponentChildren;
  /** The single letter that does the same. */
  shortcut?: string;
  /** What the word alone does not say, such as which call; a reason why not takes its place. */
  tip?: string;
}
export function CommandButton({ command, place, children, shortcut, tip, class: look }: Props) {
  const { state, words, working, perform, refuse } = usePhone();
  const reasonId = useId();
  const may = state.value ? can(state.value, command) : { ok: false, reason: 'engineUnavailable' as const };
  const reason = may.ok ? undefined : sentence(words.value, 'error', may.reason);
  function press(): void {
    if (may.ok) void perform(command, place);
    else refuse(new PhoneError(may.reason, 'not now'), command, place);
  }
  return (
    <button
      type="button"
      class={look}
      onClick={press}
      {...busyWith(working.value, command)}
      {...(tip !== undefined && { title: tip })}
      {...(shortcut !== undefined && { 'aria-keyshortcuts': shortcut, title: shortcut })}
      {...(reason !== undefined && { 'aria-disabled': true, title: reason, 'aria-describedby': reasonId })}
    >
      {children}
      {reason !== undefined && (
        <span class="unseen" id={reasonId} aria-hidden="true">
          {reason}
        </span>
      )}
    </button>
  );
}
