// What the phone refused, in words, beside what was pressed; or the question it asks before it dials.
import type { CommandOf } from '../../src/domain/commands';
import type { PhoneError } from '../../src/domain/phone-error';
import { isWordKey, sentence } from '../../src/words';
import type { Place } from '../store';
import { supportCode } from '../view-model/notices';
import { reachOf } from '../view-model/reach';
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function RefusalLine({ place }: { place: Place }) {
  const { refusal, words, port, state } = usePhone();
  const refused = refusal.value;
  if (refused?.place !== place) return null;
  const { error, command } = refused;
  if (error.code === 'needsConfirmation' && command.type === 'makeCall') {
    return <Question error={error} command={command} place={place} />;
  }
  const inBar = state.value !== undefined && reachOf(state.value).help === 'microphone' && place.startsWith('call:');
  return (
    <div class="refusal" role="alert">
      <Icon name="warning" size={16} />
      <p>
        {sentence(words.value, 'error', error.code, error.data)} <small>{supportCode(error.code)}</small>
      </p>
      {(error.code === 'microphonePrompt' || error.code === 'microphoneDenied') && !inBar && (
        <button type="button" class="small" onClick={() => port.openOptions('microphone')}>
          {words.value('allowMicrophone')}
        </button>
      )}
    </div>
  );
}

interface QuestionProps {
  error: PhoneError;
  command: CommandOf<'makeCall'>;
  place: Place;
}
function Question({ error, command, place }: QuestionProps) {
  const { words, language, perform, clearRefusal } = usePhone();
  const { risk = '', shown = command.number, country = '?' } = error.data ?? {};
  const key = `risk_${risk}`;
  const params = { number: shown, country: countryName(country, language.value) };
  return (
    <div class="refusal question" role="alert">
      <Icon name="warning" size={16} />
      <p>{isWordKey(key) ? words.value(key, params) : words.value('error_needsConfirmation')}</p>
      <div class="question-answers">
        <button type="button" class="small strong" onClick={() => void perform(command, place, true)}>
          {words.value('callNow')}
        </button>
        <button type="button" class="small" onClick={clearRefusal}>
          {words.value('doNotCall')}
        </button>
      </div>
    </div>
  );
}

function countryName(code: string, language: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
}
