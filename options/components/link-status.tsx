// How the connection to the phone server is, live: shape, colour and sentence; why, and what can be done.
import { linkCause } from '../../src/words/sentences';
import { linkFace } from '../link-face';
import type { WordKey } from '../../src/words';
import { accountToEdit } from '../model';
import { useModel } from '../model-context';
import { useSaving } from '../use-saving';
import { SavedNote } from './saved-note';

const SHAPES = { good: '●', waiting: '◌', bad: '▲' } as const;

/** Each link of the account. @param accountAt where the account is mended, if not on the same page. */
export function LinkStatus({ accountAt }: { accountAt?: string }) {
  const model = useModel();
  const { profile } = accountToEdit(model);
  const isLoggedIn = model.snapshot.value?.state.links.wellcloud?.state === 'open'; // AgentLogin says so, beside this
  const at = accountAt === undefined ? {} : { accountAt };
  return (
    <>
      {profile?.agent && !isLoggedIn && <OneLink link="wellcloud" label="agentLink_status" {...at} />}
      {(profile?.voice || !profile?.agent) && <OneLink link="sip" label="link_status" {...at} />}
    </>
  );
}

interface Props {
  readonly link: 'sip' | 'wellcloud';
  readonly label: WordKey;
  readonly accountAt?: string;
}
function OneLink({ link, label, accountAt }: Props) {
  const { words, snapshot, port } = useModel();
  const [trying, run] = useSaving();
  const face = linkFace(snapshot.value, link);
  return (
    <div class={`notice link ${face.tone}`} role="status" aria-label={words(label)}>
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
        <button type="button" onClick={() => void run(() => port.perform({ type: 'tryNow', link }))}>
          {words('tryNow')}
        </button>
      )}
    </div>
  );
}
