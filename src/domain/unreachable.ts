/** Makes the compiler name a forgotten case; at run time the value that no case knew is returned to nobody. */
export function unreachable(value: never): never {
  throw new Error(`unknown case: ${JSON.stringify(value)}`);
}
