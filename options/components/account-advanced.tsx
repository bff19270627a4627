// What few accounts need.
import { secretName } from '../../src/settings/schema';
import { accountToEdit } from '../model';
import { useModel } from '../model-context';
import type { AccountFormAtWork } from '../use-account-form';
import { Advanced } from './advanced';
import { LineFeatures } from './line-features';
import { RowList } from './row-list';
import { SecretKind } from './secret-kind';
import { SelectField, TextField } from './field';

const FIELDS = /^(authUser|hashed|voicemail|forwarding|expiresS|iceGatherMs|iceServers|headers|conferenceRoom)/;
const CALLS_AT_A_TIME = ['1', '2', '3', '4', '5', '6'] as const;

export function AccountAdvanced({ work }: { work: AccountFormAtWork }) {
  const model = useModel();
  const { words } = model;
  const known = accountToEdit(model);
  const held = (row: number): boolean => known.secrets[secretName.turn(known.id, row)] !== undefined;
  const { form, errors, change, left } = work;
  return (
    <Advanced title={words('account_advanced')} wrong={Object.keys(errors)} fields={FIELDS}>
      <div class="columns">
        <TextField
          label={words('account_authUser')}
          hint={words('account_authUserHint')}
          optional
          value={form.authUser}
          error={errors['authUser']}
          onInput={(authUser) => change({ authUser })}
          onBlur={() => left('authUser')}
        />
        <TextField
          label={words('account_expires')}
          hint={words('account_expiresHint')}
          kind="number"
          value={form.expiresS}
          error={errors['expiresS']}
          errorText={words('account_badExpires')}
          onInput={(expiresS) => change({ expiresS })}
          onBlur={() => left('expiresS')}
        />
      </div>
      <SecretKind work={work} />
      <SelectField
        label={words('account_dtmf')}
        value={form.dtmf}
        choices={[
          { value: 'rfc4733', label: words('account_dtmf_rfc4733') },
          { value: 'info', label: words('account_dtmf_info') },
        ]}
        onChange={(value) => change({ dtmf: value === 'info' ? 'info' : 'rfc4733' })}
      />
      <SelectField
        label={words('account_decline')}
        value={String(form.declineStatus)}
        choices={[
          { value: '486', label: words('account_decline_486') },
          { value: '603', label: words('account_decline_603') },
        ]}
        onChange={(value) => change({ declineStatus: value === '603' ? 603 : 486 })}
      />
      <LineFeatures work={work} />
      <SelectField
        label={words('account_maxCalls')}
        hint={words('account_maxCallsHint')}
        value={form.maxCalls}
        choices={CALLS_AT_A_TIME.map((count) => ({ value: count, label: count }))}
        onChange={(maxCalls) => change({ maxCalls })}
      />
      <TextField
        label={words('account_conferenceRoom')}
        hint={words('account_conferenceRoomHint')}
        optional
        value={form.conferenceRoom}
        error={errors['conferenceRoom']}
        onInput={(conferenceRoom) => change({ conferenceRoom })}
        onBlur={() => left('conferenceRoom')}
      />
      <TextField
        label={words('account_iceGather')}
        hint={words('account_iceGatherHint')}
        kind="number"
        value={form.iceGatherMs}
        error={errors['iceGatherMs']}
        errorText={words('account_badIceGather')}
        onInput={(iceGatherMs) => change({ iceGatherMs })}
        onBlur={() => left('iceGatherMs')}
      />
      <RowList
        title={words('account_iceServers')}
        hint={words('account_iceServersHint')}
        add={words('account_addIceServer')}
        rows={form.iceServers}
        empty={{ urls: '', username: '', credential: '' }}
        max={5}
        path="iceServers"
        fields={[
          { key: 'urls', label: 'account_iceUrl', kind: 'address' },
          { key: 'username', label: 'account_iceUser', kind: 'text' },
          { key: 'credential', label: 'account_iceCredential', kind: 'password' },
        ]}
        errors={errors}
        errorText={(row, key) => (key === 'credential' && held(row) ? words('account_passwordAgain') : undefined)}
        onChange={(iceServers) => change({ iceServers })}
        onLeft={left}
      />
      <RowList
        title={words('account_headers')}
        hint={words('account_headersHint')}
        add={words('account_addHeader')}
        rows={form.headers}
        empty={{ name: 'X-', value: '' }}
        max={10}
        path="headers"
        fields={[
          { key: 'name', label: 'account_headerName', kind: 'text' },
          { key: 'value', label: 'account_headerValue', kind: 'text' },
        ]}
        errors={errors}
        onChange={(headers) => change({ headers })}
        onLeft={left}
      />
    </Advanced>
  );
}
