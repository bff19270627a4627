// What happened that no state shows: a hold refused, a microphone lost. Each stays until it is dismissed.
import { sentence } from '../../src/words';
import { deviceNames, noticesOf, supportCode } from '../view-model/notices';
import { focusField } from './focus-field';
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function Notices() {
  const { state, words, dismiss } = usePhone();
  const notices = state.value ? noticesOf(state.value) : [];
  function press(id: string): void {
    dismiss(id);
    focusField();
  }
  return (
    <div class="notices" role="log" aria-live="polite">
      {notices.map(({ id, code, data }) => (
        <div class="notice" key={id}>
          <Icon name="warning" size={18} />
          <p>
            {sentence(words.value, 'error', code, data && deviceNames(data, words.value))}{' '}
            <small>{supportCode(code)}</small>
          </p>
          <button type="button" class="plain" aria-label={words.value('dismiss')} onClick={() => press(id)}>
            <Icon name="close" size={16} />
          </button>
        </div>
      ))}
    </div>
  );
}
