// What calls come by: a phone line, a call centre whose phone stands on the desk, or both as one phone.
import { useId } from 'preact/hooks';
import type { WordKey } from '../../src/words';
import { CONNECTIONS, type Connection } from '../account-form';
import { useModel } from '../model-context';
import type { AccountFormAtWork } from '../use-account-form';

const TEXTS: Readonly<Record<Connection, { title: WordKey; hint: WordKey }>> = {
  sip: { title: 'connection_sip', hint: 'connection_sipHint' },
  wellcloud: { title: 'connection_wellcloud', hint: 'connection_wellcloudHint' },
  both: { title: 'connection_both', hint: 'connection_bothHint' },
};

export function ConnectionChoice({ work: { form, change } }: { work: AccountFormAtWork }) {
  const { words } = useModel();
  const id = useId();
  return (
    <fieldset class="choice">
      <legend>{words('connection_legend')}</legend>
      {CONNECTIONS.map((connection) => (
        <div key={connection} class="field check">
          <input
            id={`${id}-${connection}`}
            type="radio"
            name={id}
            checked={form.connection === connection}
            aria-describedby={`${id}-${connection}-hint`}
            onChange={() => change({ connection })}
          />
          <label for={`${id}-${connection}`}>{words(TEXTS[connection].title)}</label>
          <p class="hint" id={`${id}-${connection}-hint`}>
            {words(TEXTS[connection].hint)}
          </p>
        </div>
      ))}
    </fieldset>
  );
}
