// One card per live call, the one talked in first. A lone call gets the room.
import { cardsOf, steeredCall } from '../view-model/cards';
import { CallCardView } from './call-card';
import { usePhone } from './phone-context';

export function CallBoard() {
  const { state, panel, words } = usePhone();
  if (!state.value) return null;
  const cards = cardsOf(state.value);
  const steered = steeredCall(state.value);
  const size = cards.length === 1 && panel.value === 'none' ? 'large' : 'row';
  return (
    <section class="board" data-size={size} aria-label={words.value('region_calls')}>
      {cards.map((card) => (
        <CallCardView key={card.call.id} card={card} size={size} steered={card.call.id === steered?.id} />
      ))}
    </section>
  );
}
