// What the set-up has come to, told live: all is ready, or what is still missing, each with the way to its step.
import { activeProfile } from '../../src/settings/schema';
import type { WordKey } from '../../src/words';
import { useModel } from '../model-context';
import { stepHash, type Step } from '../place';
import { usePermission } from '../use-sound';

export function DoneNotice() {
  const { words } = useModel();
  const missing = useMissing();
  if (!missing) return <div role="status" />;
  return (
    <div role="status" class={`notice ${missing.length === 0 ? 'good' : 'bad'}`}>
      {missing.length === 0 ? (
        <p>✓ {words('wizard_done')}</p>
      ) : (
        <>
          <p>{words('wizard_notDone')}</p>
          <ul>
            {missing.map(({ step, what }) => (
              <li key={what}>
                <a href={stepHash(step)}>{words(what)}</a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface Missing {
  readonly step: Step;
  readonly what: WordKey;
}
/** @returns `undefined` while browser or phone have not been heard yet. */
function useMissing(): readonly Missing[] | undefined {
  const { settings, snapshot } = useModel();
  const permission = usePermission();
  const phone = snapshot.value?.state;
  if (permission === undefined || !phone) return undefined;
  const noAccount = settings.value.profiles.length === 0;
  const profile = activeProfile(settings.value);
  const unlinked = !profile?.agent && phone.links.sip?.state !== 'open';
  const lineDown = profile?.agent && profile.voice && phone.links.sip?.state !== 'open';
  const loggedOut = profile?.agent && phone.links.wellcloud?.state !== 'open';
  const speaksElsewhere = profile?.agent && !profile.voice;
  return [
    ...(speaksElsewhere || permission === 'granted'
      ? []
      : [{ step: 'microphone', what: 'wizard_noMicrophone' } as const]),
    ...(noAccount ? [{ step: 'account', what: 'wizard_noAccount' } as const] : []),
    ...(!noAccount && (unlinked || lineDown) ? [{ step: 'account', what: 'wizard_notRegistered' } as const] : []),
    ...(loggedOut ? [{ step: 'call', what: 'wizard_notLoggedIn' } as const] : []),
  ];
}
