// Answering by rule: the agent's own, and whether a server may ask for it, which only the organisation can allow.
import { readPolicy } from '../../src/settings/policy';
import { useModel } from '../model-context';
import { useSaving } from '../use-saving';
import { CheckField, SelectField } from './field';
import { LockedField } from './locked-field';
import { SavedNote } from './saved-note';

const DELAYS_S = [0, 1, 2, 3, 5, 10];

export function AutoAnswer() {
  const { words, settings, view, change } = useModel();
  const [saving, save] = useSaving();
  const { answering } = settings.value;
  const set = (part: Partial<typeof answering>): void =>
    void save(() => change((now) => ({ ...now, answering: { ...now.answering, ...part } })));
  const policy = readPolicy(view.value?.policy);
  const locked = view.value?.locked.includes('allowServerAutoAnswer') === true;
  const delays = DELAYS_S.includes(answering.delayS)
    ? DELAYS_S
    : [...DELAYS_S, answering.delayS].toSorted((a, b) => a - b);
  return (
    <>
      <CheckField
        label={words('answering_auto')}
        hint={words('answering_autoHint')}
        checked={answering.autoAnswer}
        onChange={(autoAnswer) => set({ autoAnswer })}
      />
      {answering.autoAnswer && (
        <SelectField
          label={words('answering_delay')}
          value={String(answering.delayS)}
          choices={delays.map((seconds) => ({
            value: String(seconds),
            label: words(seconds === 0 ? 'answering_atOnce' : 'answering_seconds', { seconds }),
          }))}
          onChange={(seconds) => set({ delayS: Number(seconds) })}
        />
      )}
      {locked && <LockedField label={words('answering_server')} checked={policy.allowServerAutoAnswer} />}
      <SavedNote saving={saving} />
    </>
  );
}
