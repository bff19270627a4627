// How the connection to the phone server is, live: shape, colour and sentence; why, and what can be done.
import { linkCause } from '../../src/words/sentences';
import { linkFace } from '../link-face';
import { useModel } from '../model-context';
import { useSaving } from '../use-saving';
import { SavedNote } from './saved-note';

const SHAPES = { good: '●', waiting: '◌', bad: '▲' } as const;

/** @param accountAt where the account is mended, if not on the same page. */
export function LinkStatus({ accountAt }: { accountAt?: string }) {
  const { words, snapshot, port } = useModel();
  const [trying, run] = useSaving();
  const face = linkFace(snapshot.value);
  return (
    <div class={`notice link ${face.tone}`} role="status" aria-label={words('link_status')}>
      <span class="shape" aria-hidden="true">
        {SHAPES[face.tone]}
      </span>
      <div>
        <strong>{words(face.headline)}</strong>
        {face.cause !== undefined && <p>{words(linkCause(face.cause))}</p>}
        {face.server !== undefined && <p class="hint">{face.server}</p>}
        {typeof trying === 'object' && <SavedNote saving={trying} />}
      </div>
      {face.tone === 'bad' && accountAt !== undefined && (
        <a class="button" href={accountAt}>
          {words('link_toAccount')}
        </a>
      )}
      {face.canTryNow && (
        <button type="button" onClick={() => void run(() => port.perform({ type: 'tryNow', link: 'sip' }))}>
          {words('tryNow')}
        </button>
      )}
    </div>
  );
}
