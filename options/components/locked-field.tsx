// A switch that the organisation has set: shown as it stands, and not to be changed here.
import { useId } from 'preact/hooks';
import { Icon } from '../../popup/components/icon';
import { useModel } from '../model-context';

export function LockedField({ label, checked }: { label: string; checked: boolean }) {
  const { words } = useModel();
  const id = useId();
  return (
    <div class="field check locked">
      <input id={id} type="checkbox" checked={checked} disabled aria-describedby={`${id}-hint`} />
      <label for={id}>
        <Icon name="lock" size={16} /> {label}
      </label>
      <p class="hint" id={`${id}-hint`}>
        {words('options_locked')}
      </p>
    </div>
  );
}
