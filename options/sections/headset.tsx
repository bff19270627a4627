// Headset buttons: pair one, see whether it can be used, try its buttons, forget it.
import type { HeadsetFacts } from '../../src/domain/headset';
import type { WordKey } from '../../src/words';
import { useModel } from '../model-context';
import { useSaving } from '../use-saving';

const STATES = { ready: 'good', busy: 'error', noButtons: 'error' } as const;

export function HeadsetSection() {
  const { words, port, snapshot } = useModel();
  const [pairing, pair] = useSaving();
  const headsets = snapshot.value?.state.headsets ?? [];
  if (!port.headsets.supported) return <p class="hint">{words('headset_unsupported')}</p>;
  return (
    <>
      <p class="hint">{words('headset_why')}</p>
      {headsets.length === 0 && <p>{words('headset_none')}</p>}
      {headsets.length > 0 && (
        <ul class="headsets">
          {headsets.map((headset, index) => (
            <HeadsetRow key={`${headset.model} ${index}`} headset={headset} />
          ))}
        </ul>
      )}
      <p>
        <button type="button" disabled={pairing === 'saving'} onClick={() => void pair(() => port.headsets.pair())}>
          {words('headset_pair')}
        </button>
      </p>
      {typeof pairing === 'object' && (
        <p class="error" role="alert">
          {words('headset_pairFailed')}
        </p>
      )}
      {headsets.length > 0 && <p class="hint">{words('headset_whatButtonsDo')}</p>}
    </>
  );
}

function HeadsetRow({ headset }: { headset: HeadsetFacts }) {
  const { words, port } = useModel();
  const [, run] = useSaving();
  const { name, model, state, pressed } = headset;
  const tried: WordKey = pressed ? `headset_pressed_${pressed.button}` : 'headset_tryButton';
  const shown = name === '' ? words('headset_nameless') : name;
  return (
    <li class="headset">
      <div class="headset-name">
        <bdi>{shown}</bdi>
        <p class={STATES[state]} role="status">
          {words(state === 'ready' ? tried : `headset_${state}`)}
        </p>
      </div>
      {state === 'busy' && (
        <button type="button" onClick={() => void run(() => port.headsets.look())}>
          {words('options_retry')}
        </button>
      )}
      <button
        type="button"
        class="quiet"
        aria-label={words('headset_forgetNamed', { name: shown })}
        onClick={() => void run(() => port.headsets.forget(model))}
      >
        {words('headset_forget')}
      </button>
    </li>
  );
}
