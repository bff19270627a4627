// In place of the dialler while there is no account to dial with.
import { Icon } from './icon';
import { usePhone } from './phone-context';

export function Welcome() {
  const { port, words } = usePhone();
  return (
    <section class="welcome">
      <span class="portrait">
        <Icon name="phone" size={36} />
      </span>
      <h2>{words.value('reach_noProfile')}</h2>
      <p>{words.value('reach_noProfileDetail')}</p>
      <button type="button" class="big" onClick={() => port.openOptions()}>
        {words.value('setUpPhone')}
      </button>
    </section>
  );
}
