// What stands under More: each opens the form it needs, in the same place.
import type { LiveCall } from '../../src/domain/calls';
import { PhoneError } from '../../src/domain/phone-error';
import { sentence } from '../../src/words';
import { moreOf, type MoreId } from '../view-model/verbs';
import { Icon, type IconName } from './icon';
import { usePhone } from './phone-context';

const ICONS: Readonly<Record<MoreId, IconName>> = { addToCall: 'addPerson', callData: 'tag' };

export function MorePanel({ call }: { call: LiveCall }) {
  const { state, words, open, refuse } = usePhone();
  const items = state.value ? moreOf(state.value, call) : [];
  return (
    <div class="panel more" role="group" aria-label={words.value('more')}>
      {items.map(({ id, can }) => {
        const why = can.ok ? undefined : sentence(words.value, 'error', can.reason);
        return (
          <button
            key={id}
            type="button"
            class="small"
            onClick={() =>
              can.ok
                ? open(id)
                : refuse(
                    new PhoneError(can.reason, 'not now'),
                    { type: 'setCallData', callId: call.id, data: {} },
                    'verbs',
                  )
            }
            {...(why !== undefined && { 'aria-disabled': true, title: why })}
          >
            <Icon name={ICONS[id]} size={16} />
            {words.value(`more_${id}`)}
          </button>
        );
      })}
    </div>
  );
}
