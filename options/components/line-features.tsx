// What the phone server offers for the line; few servers need all of it.
import { FORWARD_KINDS } from '../../src/domain/line';
import type { LineFeaturesForm } from '../line-features-form';
import { useModel } from '../model-context';
import type { AccountFormAtWork } from '../use-account-form';
import { CheckField, SelectField, TextField } from './field';

const STATUSES = [486, 480, 603] as const;

export function LineFeatures({ work: { form, errors, change, left } }: { work: AccountFormAtWork }) {
  const { words } = useModel();
  const { line } = form;
  const set = (part: Partial<LineFeaturesForm>): void => change({ line: { ...line, ...part } });
  return (
    <>
      <SelectField
        label={words('account_doNotDisturb')}
        value={String(line.doNotDisturbStatus)}
        choices={STATUSES.map((status) => ({
          value: String(status),
          label: words(`account_doNotDisturb_${status}`),
        }))}
        onChange={(value) => set({ doNotDisturbStatus: STATUSES.find((each) => String(each) === value) ?? 486 })}
      />
      <div class="columns">
        <TextField
          label={words('account_voicemail')}
          hint={words('account_voicemailHint')}
          kind="telephone"
          optional
          value={line.voicemailNumber}
          error={errors['voicemail.number']}
          onInput={(voicemailNumber) => set({ voicemailNumber })}
          onBlur={() => left('voicemail.number')}
        />
        <CheckField
          label={words('account_askMessages')}
          hint={words('account_askMessagesHint')}
          checked={line.voicemailSubscribe}
          onChange={(voicemailSubscribe) => set({ voicemailSubscribe })}
        />
      </div>
      <fieldset>
        <legend>{words('account_forwarding')}</legend>
        <p class="hint">{words('account_forwardingHint')}</p>
        {FORWARD_KINDS.map((kind) => (
          <div class="columns" key={kind}>
            {(['set', 'cancel'] as const).map((half) => (
              <TextField
                key={half}
                label={words(`account_forward_${half}`, { what: words(`forward_${kind}`) })}
                value={line.codes[kind][half]}
                error={errors[`forwarding.${kind}.${half}`]}
                onInput={(text) => set({ codes: { ...line.codes, [kind]: { ...line.codes[kind], [half]: text } } })}
                onBlur={() => left(`forwarding.${kind}.${half}`)}
              />
            ))}
          </div>
        ))}
      </fieldset>
    </>
  );
}
