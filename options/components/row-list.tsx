// A list of rows of text fields, to which one can be added and from which each can be removed.
// Errors stand under the row: a cell is too narrow for a sentence.
import { useId } from 'preact/hooks';
import type { WordKey } from '../../src/words';
import type { FieldErrors } from '../field-errors';
import { useModel } from '../model-context';
import { ErrorText } from './error-text';
import { TextField } from './field';

type Row<K extends string> = Readonly<Record<K, string>>;
interface Props<K extends string> {
  readonly title: string;
  readonly hint: string;
  readonly add: string;
  readonly rows: readonly Row<K>[];
  readonly empty: Row<K>;
  readonly max: number;
  /** Of the field's errors: `<path>.<row>.<key>`. */
  readonly path: string;
  readonly fields: readonly {
    readonly key: K;
    readonly label: WordKey;
    readonly kind: 'text' | 'address' | 'password';
  }[];
  readonly errors: FieldErrors;
  /** A better sentence than that of the code. */
  readonly errorText?: (row: number, key: K) => string | undefined;
  readonly onChange: (rows: readonly Row<K>[]) => void;
  readonly onLeft: (field: string) => void;
}

export function RowList<K extends string>(props: Props<K>) {
  const { title, hint, add, rows, empty, max, path, fields, errors, errorText, onChange, onLeft } = props;
  const { words } = useModel();
  const id = useId();
  const errorAt = (row: number, key: K): string => `${id}-${row}-${key}`;
  return (
    <fieldset>
      <legend>{title}</legend>
      <p class="hint">{hint}</p>
      {rows.map((row, index) => (
        <div key={index} class="list-row" role="group" aria-label={words('options_row', { title, number: index + 1 })}>
          {fields.map(({ key, label, kind }) => (
            <TextField
              key={key}
              label={words(label)}
              kind={kind}
              value={row[key]}
              error={errors[`${path}.${index}.${key}`]}
              errorAt={errorAt(index, key)}
              onInput={(text) => onChange(rows.map((other, at) => (at === index ? { ...other, [key]: text } : other)))}
              onBlur={() => onLeft(`${path}.${index}.${key}`)}
            />
          ))}
          <button type="button" class="quiet" onClick={() => onChange(rows.filter((_other, at) => at !== index))}>
            {words('options_remove')}
          </button>
          <div class="row-errors" aria-live="polite">
            {fields.map(({ key }) => {
              const error = errors[`${path}.${index}.${key}`];
              return (
                error && <ErrorText key={key} id={errorAt(index, key)} error={error} text={errorText?.(index, key)} />
              );
            })}
          </div>
        </div>
      ))}
      {rows.length < max && (
        <button type="button" class="quiet add" onClick={() => onChange([...rows, empty])}>
          + {add}
        </button>
      )}
    </fieldset>
  );
}
