// Ids, fields and times as wellCloud writes them (wellclient.md, conventions; §6.1).

export type Fields = Readonly<Record<string, unknown>>;

/** `8001@test.cc` → `8001` */
export function numberOf(id: string): string {
  return id.split('@')[0] ?? id;
}

/** `YYYY.MM.DD HH:mm:ss`, the server's local time. */
export function eventTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('.');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

/** @throws SyntaxError for what is no JSON. */
export function readObject(text: string): Fields {
  return text === '' ? {} : fieldsOf(JSON.parse(text));
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}
