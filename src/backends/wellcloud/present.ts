// Optional members out of values that may be missing: `exactOptionalPropertyTypes` takes no `undefined` for an absent one.

/** The members that are there. */
export function present<T extends object>(facts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // What is left has no undefined: fromEntries cannot say so.
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
