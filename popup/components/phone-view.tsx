// The whole view, band by band: reach bar, notices, calls or dialler, controls, foot.
import { cardsOf, steeredCall } from '../view-model/cards';
import { loginOf } from '../view-model/login';
import { mayOpenPanel } from '../view-model/supervisor';
import { Announcer } from './announcer';
import { CallBoard } from './call-board';
import { CallControls } from './call-controls';
import { Dialler } from './dialler';
import { EndedStrip } from './ended-strip';
import { BANDS_ID } from './focus-field';
import { Foot } from './foot';
import { LineRow } from './line-row';
import { LoginBesideCall } from './login-beside-call';
import { LoginForm } from './login-form';
import { Notices } from './notices';
import { usePhone } from './phone-context';
import { ReachBar } from './reach-bar';
import { RecentCalls } from './recent-calls';
import { Skeleton } from './skeleton';
import { SupervisorPanel } from './supervisor-panel';
import { Welcome } from './welcome';

export function PhoneView() {
  const { state } = usePhone();
  return (
    <>
      <header>
        <h1 class="unseen">Callbar</h1>
        <ReachBar />
        <LineRow />
      </header>
      {state.value ? <Bands /> : <Skeleton />}
      <Foot />
      <Announcer />
    </>
  );
}

function Bands() {
  const { state, panel } = usePhone();
  if (!state.value) return null;
  const inCall = cardsOf(state.value).length > 0;
  const steered = steeredCall(state.value);
  return (
    <>
      <main class="bands" id={BANDS_ID} tabIndex={-1}>
        <Notices />
        <EndedStrip />
        {panel.value === 'supervisor' && mayOpenPanel(state.value) && <SupervisorPanel />}
        {inCall && panel.value === 'dialler' && <Dialler inCall />}
        {inCall ? <InCall /> : state.value.profile ? <Idle /> : <Welcome />}
      </main>
      {steered && <CallControls call={steered} />}
    </>
  );
}

function InCall() {
  return (
    <>
      <LoginBesideCall />
      <CallBoard />
    </>
  );
}

function Idle() {
  const { state } = usePhone();
  const login = state.value && loginOf(state.value);
  if (login) return <LoginForm key={state.value?.profile?.id} facts={login} />;
  return (
    <>
      <Dialler />
      <RecentCalls />
    </>
  );
}
