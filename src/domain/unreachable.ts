/** Makes the compiler name a forgotten case. @throws Error at run time, where only a cast can lead. */
export function unreachable(value: never): never {
  throw new Error(`unknown case: ${JSON.stringify(value)}`);
}
