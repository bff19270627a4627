// The live region: says call events to those who do not see the board.
import { usePhone } from './phone-context';

export function Announcer() {
  const { announced } = usePhone();
  return (
    <div class="unseen" role="status" aria-live="polite" aria-atomic="true">
      {announced}
    </div>
  );
}
