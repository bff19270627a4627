// A number field with Call and Hang up, and what becomes of that call.
import { useEffect, useState } from 'preact/hooks';
import type { Call } from '../../src/domain/calls';
import type { ClearCause } from '../../src/domain/clear-cause';
import { sentence, type WordKey, type Words } from '../../src/words';
import { riskQuestion } from '../../src/words/sentences';
import { useModel } from '../model-context';
import { askTestCall, followTestCall, NO_TEST_CALL, type TestCall } from '../test-call';
import { useSaving } from '../use-saving';
import { CallTimer } from './call-timer';
import { ErrorText } from './error-text';
import { TextField } from './field';

export function TestCallCard() {
  const { words, language, port, snapshot } = useModel();
  const [number, setNumber] = useState('');
  const [test, setTest] = useState<TestCall>(NO_TEST_CALL);
  const [answered, setAnswered] = useState(false);
  const [dialling, dial, forget] = useSaving();
  const now = snapshot.value;
  useEffect(() => {
    if (now) setTest((before) => followTestCall(before, now));
  }, [now]);
  const live = test.state === 'live' ? callFacts(test.call) : undefined;
  useEffect(() => {
    if (live?.state === 'connected') setAnswered(true);
  }, [live?.state]);

  const call = async (confirmed: boolean): Promise<void> => {
    setTest(askTestCall(now));
    setAnswered(false);
    const error = await dial(() => port.perform({ type: 'makeCall', number }, confirmed));
    if (error) setTest(NO_TEST_CALL);
  };
  const error = typeof dialling === 'object' ? dialling : undefined;
  const asks = error?.code === 'needsConfirmation';
  return (
    <form
      class="check-card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!live) void call(false);
      }}
    >
      <TextField
        label={words('numberToCall')}
        kind="telephone"
        value={number}
        onInput={(text) => {
          setNumber(text);
          forget();
        }}
        after={
          live ? (
            <button
              type="button"
              class="danger"
              onClick={() => void dial(() => port.perform({ type: 'clear', callId: live.id }))}
            >
              {words('hangUp')}
            </button>
          ) : (
            <button type="submit" class="primary" disabled={dialling === 'saving'}>
              {words('call')}
            </button>
          )
        }
      />
      {error && (
        <ErrorText
          error={error}
          text={asks ? riskQuestion(words, language.value, error.data, number) : undefined}
          alert
        />
      )}
      {asks && (
        <button type="button" onClick={() => void call(true)}>
          {words('testCall_confirm')}
        </button>
      )}
      {live && (
        <p class="call-line">
          <strong>{words(PROGRESS[live.state], { number: live.remote.shown ?? live.remote.number })}</strong>
          {live.establishedAt !== undefined && now && <CallTimer since={live.establishedAt} now={now.now} />}
        </p>
      )}
      <div role="status">
        {live?.state === 'connected' && <p>{words('testCall_hint')}</p>}
        {test.state === 'ended' && <p>{endOf(test.cause, words)}</p>}
        {test.state === 'ended' && answered && <p class="good">✓ {words('testCall_worked')}</p>}
      </div>
    </form>
  );
}

function callFacts(call: Call): Pick<Call, 'id' | 'state' | 'remote'> & { establishedAt?: number | undefined } {
  const establishedAt = 'establishedAt' in call ? call.establishedAt : undefined;
  return { id: call.id, state: call.state, remote: call.remote, establishedAt };
}

const PROGRESS: Readonly<Record<Call['state'], WordKey>> = {
  initiated: 'testCall_calling',
  alerting: 'testCall_ringing',
  connected: 'testCall_connected',
  held: 'testCall_held',
  cleared: 'testCall_ended',
};

function endOf(cause: ClearCause | undefined, words: Words): string {
  return cause === undefined || cause === 'normal' ? words('testCall_ended') : sentence(words, 'cause', cause);
}
