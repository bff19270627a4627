// Forwarding by a feature code of the server: which calls, where to, and what it was asked for before.
import { useSignal } from '@preact/signals';
import { FORWARD_KINDS, type ForwardKind } from '../../src/domain/line';
import { whenText } from '../view-model/duration';
import type { LineFace } from '../view-model/line';
import { say } from '../view-model/text';
import { Icon } from './icon';
import { busyWith } from '../working';
import { usePhone } from './phone-context';

export function ForwardForm({ face: { forwardKinds, forwarded } }: { face: LineFace }) {
  const { words, working, perform } = usePhone();
  const kind = useSignal<ForwardKind>(forwardKinds[0] ?? 'always');
  const number = useSignal('');
  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    const target = number.value.trim();
    if (target === '') return;
    const taken = await perform({ type: 'setForwarding', kind: kind.value, number: target }, 'line');
    if (taken) number.value = '';
  }
  return (
    <form class="forward" aria-label={words.value('forward_title')} onSubmit={(event) => void submit(event)}>
      {forwardKinds.length > 1 && (
        <select
          class="field"
          aria-label={words.value('forward_kind')}
          value={kind.value}
          onChange={(event) => {
            const chosen = event.currentTarget.value;
            kind.value = FORWARD_KINDS.find((each) => each === chosen) ?? kind.value;
          }}
        >
          {forwardKinds.map((each) => (
            <option key={each} value={each}>
              {words.value(`forward_${each}`)}
            </option>
          ))}
        </select>
      )}
      <div class="field-row">
        <input
          type="tel"
          class="field"
          autocomplete="off"
          spellcheck={false}
          aria-label={words.value('numberToForwardTo')}
          placeholder={words.value('numberToForwardTo')}
          value={number.value}
          onInput={(event) => (number.value = event.currentTarget.value)}
        />
        <button type="submit" class="small" {...busyWith(working.value, ['setForwarding'])}>
          <Icon name="transfer" size={16} />
          {words.value('forward_set')}
        </button>
      </div>
      <ul>
        {forwarded.map((asked) => (
          <Asked key={asked.kind} {...asked} />
        ))}
      </ul>
      <p class="hint">{words.value('forward_hint')}</p>
    </form>
  );
}

function Asked({ kind, number, askedAt }: LineFace['forwarded'][number]) {
  const { words, language, perform } = usePhone();
  const at = whenText(askedAt, Date.now(), language.value);
  const when = typeof at === 'string' ? at : say(words.value, at);
  return (
    <li>
      <span>{words.value('forward_asked', { what: words.value(`forward_${kind}`), number, when })}</span>
      <button
        type="button"
        class="small"
        onClick={() => void perform({ type: 'setForwarding', kind, number: null }, 'line')}
      >
        {words.value('forward_cancel')}
      </button>
    </li>
  );
}
