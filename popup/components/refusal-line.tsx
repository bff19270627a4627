// What the phone refused, in words, beside what was pressed; or the question it asks before it dials.
import type { CommandOf } from '../../src/domain/commands';
import type { PhoneError } from '../../src/domain/phone-error';
import { sentence, type WordKey } from '../../src/words';
import { riskQuestion } from '../../src/words/sentences';
import type { Place } from '../store';
import { partyLines } from '../view-model/cards';
import { supportCode } from '../view-model/notices';
import { reachOf } from '../view-model/reach';
import { focusField } from './focus-field';
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function RefusalLine({ place }: { place: Place }) {
  const { refusal, words, port, state } = usePhone();
  const refused = refusal.value;
  if (refused?.place !== place) return null;
  const { error, command } = refused;
  if (error.code === 'needsConfirmation' && 'number' in command && command.type !== 'setForwarding') {
    return <RiskQuestion error={error} command={command} place={place} />;
  }
  if (error.code === 'needsConfirmation' && command.type === 'completeTransfer')
    return <JoinQuestion command={command} />;
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

interface RiskProps {
  error: PhoneError;
  command: CommandOf<'makeCall' | 'singleStepTransfer' | 'singleStepConference' | 'consult'>;
  place: Place;
}
function RiskQuestion({ error, command, place }: RiskProps) {
  const { words, language, dial, transfer } = usePhone();
  const question = riskQuestion(words.value, language.value, error.data, command.number);
  const handsOver = command.type === 'singleStepTransfer' ? words.value('questionTransfer') : '';
  function yes(): void {
    if (command.type === 'makeCall') void dial(command.number, place, true);
    else void transfer(command, true);
  }
  return <Question text={`${question} ${handsOver}`} yes="callNow" no="doNotCall" onYes={yes} />;
}

/** Two who called each for itself would be left alone with each other by one press. */
function JoinQuestion({ command }: { command: CommandOf<'completeTransfer'> }) {
  const { state, words, perform } = usePhone();
  const name = (callId: string) => {
    const call = state.value?.calls.byId[callId];
    return call ? partyLines(call.remote, words.value).title : '';
  };
  const text = words.value('question_join', { one: name(command.activeId), other: name(command.heldId) });
  return <Question text={text} yes="joinNow" no="doNotJoin" onYes={() => void perform(command, 'verbs')} />;
}

interface QuestionProps {
  text: string;
  yes: WordKey;
  no: WordKey;
  onYes(): void;
}
function Question({ text, yes, no, onYes }: QuestionProps) {
  const { words, clearRefusal } = usePhone();
  function accept(): void {
    focusField(); // the button goes with the question
    onYes();
  }
  function decline(): void {
    clearRefusal();
    focusField();
  }
  return (
    <div class="refusal question" role="alert">
      <Icon name="warning" size={16} />
      <p>{text}</p>
      <div class="question-answers">
        <button type="button" class="small strong" onClick={accept}>
          {words.value(yes)}
        </button>
        <button type="button" class="small" onClick={decline}>
          {words.value(no)}
        </button>
      </div>
    </div>
  );
}
