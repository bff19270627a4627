// A list of sites: each can be removed, and a new one is checked before it is added.
import { useId, useState } from 'preact/hooks';
import { readSite } from '../../src/settings/site';
import { useModel } from '../model-context';

interface Props {
  readonly title: string;
  readonly hint?: string;
  readonly none: string;
  readonly add: string;
  readonly sites: readonly string[];
  readonly onChange: (sites: string[]) => void;
}

export function SiteList({ title, hint, none, add, sites, onChange }: Props) {
  const { words } = useModel();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const read = readSite(typed);
  const listed = read.ok && sites.includes(read.site);
  const problem = read.ok
    ? listed
      ? words('site_listed')
      : undefined
    : words(`site_${read.problem}`, suggested(read));
  const wrong = asked ? problem : undefined;
  const addSite = (): void => {
    setAsked(true);
    if (!read.ok || listed) return;
    onChange([...sites, read.site].toSorted());
    setTyped('');
    setAsked(false);
  };
  return (
    <fieldset>
      <legend>{title}</legend>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {sites.length === 0 ? (
        <p class="muted">{none}</p>
      ) : (
        <ul class="sites">
          {sites.map((site) => (
            <li key={site}>
              <span>{site}</span>
              <button
                type="button"
                class="quiet"
                aria-label={words('options_removeItem', { item: site })}
                onClick={() => onChange(sites.filter((other) => other !== site))}
              >
                {words('options_remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="field">
        <label for={id}>{add}</label>
        <div class="input-row">
          <input
            id={id}
            type="text"
            inputMode="url"
            placeholder="https://crm.example.com"
            autocomplete="off"
            spellcheck={false}
            value={typed}
            aria-invalid={wrong === undefined ? undefined : 'true'}
            aria-describedby={wrong === undefined ? undefined : `${id}-error`}
            onInput={(event) => {
              setTyped(event.currentTarget.value);
              setAsked(false);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              addSite();
            }}
          />
          <button type="button" onClick={addSite}>
            {words('options_add')}
          </button>
        </div>
        {wrong !== undefined && (
          <p class="error" id={`${id}-error`} role="alert">
            {wrong}
          </p>
        )}
        {asked && !read.ok && read.suggestion !== undefined && (
          <button type="button" onClick={() => setTyped(read.suggestion ?? '')}>
            {words('account_useSuggestion', { suggestion: read.suggestion })}
          </button>
        )}
      </div>
    </fieldset>
  );
}

function suggested(read: { readonly suggestion?: string }): Record<string, string> {
  return read.suggestion === undefined ? {} : { suggestion: read.suggestion };
}
