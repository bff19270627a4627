// The way out when the browser blocks the microphone: only its own settings can undo that, so each step is said.
import { useState } from 'preact/hooks';
import { toPhoneError, type PhoneError } from '../../src/domain/phone-error';
import { useModel } from '../model-context';
import { ErrorText } from './error-text';

export function MicrophoneBlocked() {
  const { words, port } = useModel();
  const [error, setError] = useState<PhoneError | undefined>();
  const open = async (): Promise<void> => {
    try {
      await port.openSiteSettings();
    } catch (thrown) {
      setError(toPhoneError(thrown));
    }
  };
  return (
    <div class="notice bad" role="alert">
      <h3>{words('mic_deniedTitle')}</h3>
      <ol>
        <li>{words('mic_denied1')}</li>
        <li>{words('mic_denied2')}</li>
        <li>{words('mic_denied3')}</li>
      </ol>
      <button type="button" class="primary" onClick={() => void open()}>
        {words('mic_openSiteSettings')}
      </button>
      <p class="hint">{words('mic_deniedAdmin')}</p>
      {error && <ErrorText error={error} />}
    </div>
  );
}
