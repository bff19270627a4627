// The whole page: chooses wizard or settings by the address, and says so when the settings cannot be read.
import { useEffect, useState } from 'preact/hooks';
import { ErrorText } from './components/error-text';
import type { Model } from './model';
import { ModelContext } from './model-context';
import { readPlace, type Place } from './place';
import { SettingsPage } from './settings-page';
import { Wizard } from './wizard';

export function OptionsPage({ model }: { model: Model }) {
  const place = usePlace();
  const { words } = model;
  const language = model.language.value;
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = words(place.kind === 'wizard' ? 'wizard_title' : 'optionsTitle');
  }, [language, place.kind, words]);

  return <ModelContext.Provider value={model}>{page(model, place)}</ModelContext.Provider>;
}

function page(model: Model, place: Place) {
  const { words, failure, view } = model;
  if (failure.value) {
    return (
      <main class="alone card">
        <ErrorText error={failure.value} alert />
        <button type="button" onClick={() => void model.load()}>
          {words('options_retry')}
        </button>
      </main>
    );
  }
  if (!view.value) return <main class="alone">{words('options_loading')}</main>;
  if (place.kind === 'wizard') return <Wizard step={place.step} />;
  const isNew = model.settings.value.profiles.length === 0 && !place.section && !place.done;
  return isNew ? <Wizard step="microphone" /> : <SettingsPage section={place.section} done={place.done} />;
}

function usePlace(): Place {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return readPlace(hash);
}
