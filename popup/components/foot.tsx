// The foot: whose phone this is, and the ways out of the popup.
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function Foot() {
  const { port, state, words } = usePhone();
  const profile = state.value?.profile;
  return (
    <footer class="foot">
      <p class="foot-profile" title={profile?.name}>
        {profile ? `${profile.name} · ${profile.own}` : 'Callbar'}
      </p>
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
