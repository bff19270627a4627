// The control for the agent's state: one press unfolds what may be chosen, each with its reason; arrow keys go through it.
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { PhoneError } from '../../src/domain/phone-error';
import { sentence } from '../../src/words';
import type { AgentChoice, AgentFace } from '../view-model/agent';
import { say } from '../view-model/text';
import { busyWith } from '../working';
import { CommandButton } from './command-button';
import { AGENT_STATE_ID } from './focus-field';
import { Icon } from './icon';
import { usePhone } from './phone-context';

const MENU_ID = 'agent-choices';

export function AgentControl({ face }: { face: AgentFace }) {
  const { words, working, perform, refuse } = usePhone();
  const opened = useSignal(false);
  const menu = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!opened.value) return;
    const all = buttons();
    (all.find((button) => button.ariaPressed === 'true') ?? all[0])?.focus();
  }, [opened.value]);

  function buttons(): HTMLButtonElement[] {
    return [...(menu.current?.querySelectorAll('button') ?? [])];
  }
  function close(): void {
    opened.value = false;
    document.getElementById(AGENT_STATE_ID)?.focus();
  }
  function choose({ command, can }: AgentChoice): void {
    close();
    if (can.ok) void perform(command, 'reach');
    else refuse(new PhoneError(can.reason, 'not now'), command, 'reach');
  }
  function onKey(event: KeyboardEvent): void {
    const all = buttons();
    const at = all.findIndex((button) => button === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Escape') close();
    else if (to !== undefined) all.at(to % all.length)?.focus();
    else return event.stopPropagation(); // letters are no orders to a call while one chooses
    event.preventDefault();
    event.stopPropagation();
  }
  function onLeave(event: FocusEvent): void {
    const to = event.relatedTarget;
    if (to instanceof Node && !menu.current?.contains(to)) opened.value = false;
  }
  return (
    <div class="agent-control">
      {face.quick && !opened.value && (
        <CommandButton
          class="small strong"
          command={face.quick.command}
          place="reach"
          tip={say(words.value, face.quick.tip)}
        >
          {say(words.value, face.quick.text)}
        </CommandButton>
      )}
      <button
        type="button"
        class="small"
        id={AGENT_STATE_ID}
        aria-label={words.value('agentState')}
        aria-expanded={opened.value}
        aria-controls={MENU_ID}
        aria-keyshortcuts="S"
        title={`${words.value('agentState')} (S)`}
        onClick={() => (opened.value = !opened.value)}
        {...busyWith(working.value, ['setAgentState', 'logout'])}
      >
        {words.value('agentState_short')}
        <Icon name="unfold" size={16} />
      </button>
      <div
        class="agent-choices"
        id={MENU_ID}
        ref={menu}
        role="group"
        aria-label={words.value('agentState')}
        hidden={!opened.value}
        onKeyDown={onKey}
        onFocusOut={onLeave}
      >
        {opened.value && face.choices.map((choice) => <Choice key={keyOf(choice)} choice={choice} choose={choose} />)}
      </div>
    </div>
  );
}

function Choice({ choice, choose }: { choice: AgentChoice; choose(choice: AgentChoice): void }) {
  const { words } = usePhone();
  const { command, text, reason, chosen, can } = choice;
  const state = say(words.value, text);
  const why = can.ok ? undefined : sentence(words.value, 'error', can.reason);
  return (
    <button
      type="button"
      onClick={() => choose(choice)}
      data-choice={command.type === 'logout' ? 'logout' : command.state}
      {...(command.type !== 'logout' && { 'aria-pressed': chosen })}
      {...(why !== undefined && { 'aria-disabled': true, title: why })}
    >
      <Icon
        name={command.type === 'logout' ? 'logOut' : command.state === 'ready' ? 'circleCheck' : 'square'}
        size={16}
      />
      <span>{reason === undefined ? state : words.value('agent_withReason', { state, reason })}</span>
      {chosen && <Icon name="check" size={16} />}
    </button>
  );
}

function keyOf({ command }: AgentChoice): string {
  return command.type === 'logout' ? command.type : `${command.state}:${command.reason ?? ''}`;
}
