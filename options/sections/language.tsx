// The language of the extension; takes effect at once.
import { SelectField } from '../components/field';
import { SavedNote } from '../components/saved-note';
import { useModel } from '../model-context';
import { useSaving } from '../use-saving';

const LANGUAGES = ['auto', 'en', 'zh-CN'] as const;
/** Each in itself, so that whoever landed in a wrong one finds back. */
const NAMES = { en: 'English', 'zh-CN': '简体中文' } as const;

export function LanguageSection() {
  const { words, settings, change } = useModel();
  const [saving, save] = useSaving();
  return (
    <>
      <SelectField
        label={words('language_choose')}
        value={settings.value.language}
        choices={LANGUAGES.map((value) => ({
          value,
          label: value === 'auto' ? words('language_auto') : NAMES[value],
        }))}
        onChange={(value) => {
          const language = LANGUAGES.find((one) => one === value) ?? 'auto';
          void save(() => change((now) => ({ ...now, language })));
        }}
      />
      <SavedNote saving={saving} />
    </>
  );
}
