// Under a card: its attached data, the first few at once. Each value can be copied whole, however long it is.
import { useSignal } from '@preact/signals';
import { dataRows, foldedRows, type DataRow } from '../view-model/call-data';
import type { CallCard } from '../view-model/cards';
import { Icon } from './icon';
import { usePhone } from './phone-context';

interface Props {
  call: CallCard['call'];
  /** Where room is scarce nothing is shown before it is asked for. */
  size: 'large' | 'row';
}
export function CallData({ call, size }: Props) {
  const { words } = usePhone();
  const opened = useSignal(false);
  const rows = dataRows(call.details);
  const folded = size === 'large' ? foldedRows(rows) : [];
  if (rows.length === 0) return null;
  const shown = opened.value ? rows : folded;
  const id = `data-${call.id}`;
  return (
    <section class="call-data" data-open={opened.value} aria-label={words.value('data_title')}>
      <dl id={id}>
        {shown.map((row) => (
          <Row key={row.key} row={row} />
        ))}
      </dl>
      {rows.length > folded.length && (
        <button
          type="button"
          class="plain"
          aria-expanded={opened.value}
          aria-controls={id}
          onClick={() => (opened.value = !opened.value)}
        >
          {words.value(opened.value ? 'data_fewer' : 'data_all', { n: rows.length })}
          <Icon name="unfold" size={14} />
        </button>
      )}
    </section>
  );
}

function Row({ row: { label, shown, value } }: { row: DataRow }) {
  const { words } = usePhone();
  const result = useSignal<'copied' | 'copyFailed' | undefined>(undefined);
  const name = words.value('data_copy', { label });
  function copy(): void {
    const wrote = navigator.clipboard.writeText(value);
    void wrote.then(
      () => (result.value = 'copied'),
      () => (result.value = 'copyFailed'),
    );
  }
  return (
    <div class="data-row">
      <dt title={label}>
        <bdi>{label}</bdi>
      </dt>
      <dd>
        <bdi>{shown}</bdi>
        <button type="button" class="plain" aria-label={name} title={name} onClick={copy}>
          <Icon name={result.value === 'copied' ? 'check' : 'copy'} size={14} />
        </button>
        <span class="unseen" role="status">
          {result.value && words.value(`data_${result.value}`)}
        </span>
      </dd>
    </div>
  );
}
