// Says beside a setting that it was saved, or why not. Always in the page, so that screen readers hear it change.
import { useModel } from '../model-context';
import type { Saving } from '../use-saving';
import { ErrorText } from './error-text';

export function SavedNote({ saving }: { saving: Saving }) {
  const { words } = useModel();
  return (
    <div class="saved-note" role="status">
      {saving === 'saving' && <span class="muted">{words('options_saving')}</span>}
      {saving === 'saved' && <span class="good">✓ {words('options_saved')}</span>}
      {typeof saving === 'object' && <ErrorText error={saving} />}
    </div>
  );
}
