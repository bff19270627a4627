// Numbers on pages: on or off, whose numbers they are, and the two lists of sites.
import type { Settings } from '../../src/settings/schema';
import { CheckField, SelectField } from '../components/field';
import { SavedNote } from '../components/saved-note';
import { SiteList } from '../components/site-list';
import { countries } from '../countries';
import { useModel } from '../model-context';
import { useSaving } from '../use-saving';

export function LinkingSection() {
  const { words, settings, change, language } = useModel();
  const [saving, save] = useSaving();
  const { linking, country } = settings.value;
  const set = (part: Partial<Settings['linking']>): void =>
    void save(() => change((now) => ({ ...now, linking: { ...now.linking, ...part } })));
  const marks = Object.values(linking.notNumbers).flat().length;
  return (
    <>
      <CheckField label={words('linking_enabled')} checked={linking.enabled} onChange={(enabled) => set({ enabled })} />
      <SelectField
        label={words('linking_country')}
        value={country}
        choices={countries(language.value).map(({ code, name }) => ({ value: code, label: `${name} (${code})` }))}
        onChange={(code) => void save(() => change((now) => ({ ...now, country: code })))}
      />
      <SiteList
        title={words('linking_trustedSites')}
        hint={words('linking_trustedHint')}
        none={words('linking_trustedNone')}
        add={words('linking_addTrustedSite')}
        sites={linking.trustedSites}
        onChange={(trustedSites) => set({ trustedSites })}
      />
      <SiteList
        title={words('linking_offSites')}
        none={words('linking_offSitesNone')}
        add={words('linking_addOffSite')}
        sites={linking.offSites}
        onChange={(offSites) => set({ offSites })}
      />
      {marks > 0 && (
        <p class="row">
          <span>{words('linking_notNumbers', { count: marks })}</span>
          <button type="button" onClick={() => set({ notNumbers: {} })}>
            {words('linking_forgetNotNumbers')}
          </button>
        </p>
      )}
      <SavedNote saving={saving} />
    </>
  );
}
