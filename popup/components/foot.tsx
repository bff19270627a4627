// The foot: whose phone this is, a further call during a call, and the ways out of the popup.
import { liveCalls } from '../../src/domain/calls';
import { steeredCall } from '../view-model/cards';
import { mayOpenPanel } from '../view-model/supervisor';
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function Foot() {
  const { port, state, words, panel, open } = usePhone();
  const profile = state.value?.profile;
  const inCall = state.value !== undefined && liveCalls(state.value.calls).length > 0;
  const steered = state.value && steeredCall(state.value);
  const soundHere = steered && state.value?.capabilities[steered.link]?.media !== 'external';
  return (
    <footer class="foot">
      <p class="foot-profile" title={profile?.name}>
        {profile ? `${profile.name} · ${profile.own}` : 'Callbar'}
      </p>
      {inCall && (
        <button type="button" class="small" aria-expanded={panel.value === 'dialler'} onClick={() => open('dialler')}>
          <Icon name="plus" size={16} />
          {words.value('newCall')}
        </button>
      )}
      {state.value && mayOpenPanel(state.value) && (
        <button
          type="button"
          class="plain"
          aria-expanded={panel.value === 'supervisor'}
          aria-label={words.value('supervisor')}
          title={words.value('supervisor')}
          onClick={() => open('supervisor')}
        >
          <Icon name="headset" size={18} />
        </button>
      )}
      {soundHere && (
        <button
          type="button"
          class="plain"
          aria-expanded={panel.value === 'devices'}
          aria-label={words.value('microphoneAndSpeaker')}
          title={words.value('microphoneAndSpeaker')}
          onClick={() => open('devices')}
        >
          <Icon name="headphones" size={18} />
        </button>
      )}
      {port.openSidePanel && (
        <button
          type="button"
          class="plain"
          aria-label={words.value('openSidePanel')}
          title={words.value('openSidePanel')}
          onClick={() => port.openSidePanel?.()}
        >
          <Icon name="sidePanel" size={18} />
        </button>
      )}
      <button
        type="button"
        class="plain"
        aria-label={words.value('settings')}
        title={words.value('settings')}
        onClick={() => port.openOptions()}
      >
        <Icon name="settings" size={18} />
      </button>
    </footer>
  );
}
