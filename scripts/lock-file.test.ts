import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Lock {
  packages: Record<string, { optionalDependencies?: Record<string, string>; resolved?: string }>;
}
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;

// npm writes only the packages of the system it runs on where it finds others missing (npm/cli#4828), and npm 11 then refuses
// `npm ci` everywhere: "Missing: … from lock file".
test('the lock file names the native packages of every platform', () => {
  const absent = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
    ),
  );

  expect(absent).toEqual([]);
});

test('the lock file names no registry host, so that any mirror serves it', () => {
  expect(Object.values(packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
});
