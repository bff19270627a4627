// One card per live call, the one talked in first; those who talk together in one frame. A lone call gets the room.
import { boardOf } from '../view-model/board';
import { cardsOf, steeredCall } from '../view-model/cards';
import { CallCardView } from './call-card';
import { ConferenceGroup } from './conference-group';
import { usePhone } from './phone-context';

export function CallBoard() {
  const { state, panel, words } = usePhone();
  if (!state.value) return null;
  const cards = cardsOf(state.value);
  const steered = steeredCall(state.value);
  const size = cards.length === 1 && panel.value === 'none' ? 'large' : 'row';
  return (
    <section class="board" data-size={size} aria-label={words.value('region_calls')}>
      {boardOf(cards).map((entry) =>
        entry.kind === 'conference' ? (
          <ConferenceGroup key={entry.id} parties={entry.parties} marks={entry.marks} />
        ) : (
          <CallCardView
            key={entry.card.call.id}
            card={entry.card}
            size={size}
            steered={entry.card.call.id === steered?.id}
          />
        ),
      )}
    </section>
  );
}
