// A switch that the organisation has set: shown as it stands, and not to be changed here.
import { useId } from 'preact/hooks';
import { useModel } from '../model-context';

export function LockedField({ label, checked }: { label: string; checked: boolean }) {
  const { words } = useModel();
  const id = useId();
  return (
    <div class="field check locked">
      <input id={id} type="checkbox" checked={checked} disabled aria-describedby={`${id}-hint`} />
      <label for={id}>
        <span aria-hidden="true">🔒 </span>
        {label}
      </label>
      <p class="hint" id={`${id}-hint`}>
        {words('options_locked')}
      </p>
    </div>
  );
}
