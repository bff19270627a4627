// Fields of a request to the control door, read with a sentence for the caller where one is missing or wrong.

export type Fields = Readonly<Record<string, unknown>>;

export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}

/** @throws Error */
export function text(fields: Fields, name: string): string {
  const value = optionalText(fields, name);
  if (value === undefined) throw new Error(`${name} must be a string`);
  return value;
}

/** @throws Error */
export function whole(fields: Fields, name: string, least: number, most: number): number {
  const value = fields[name] ?? least;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${name} must be a whole number from ${least} to ${most}`);
}

/** @throws Error where a field is none of `known`, or not of its type. */
export function likeThose<T extends object>(fields: Fields, known: T): Partial<T> {
  for (const [name, value] of Object.entries(fields)) {
    const example: unknown = Object.entries(known).find(([each]) => each === name)?.[1];
    const same = Array.isArray(example) ? isTexts(value) : typeof value === typeof example;
    if (example === undefined || !same) throw new Error(`${name} is no fault, or not of its type`);
  }
  return fields as Partial<T>; // each was compared
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
