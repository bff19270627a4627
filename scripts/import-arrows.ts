// The import arrows of the house: who may import whom, which library lives where, who may not know the browser's extension API.
// One table below; docs/architecture.md draws it. Tests beside a file are free.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync, Visitor } from 'vite';

/** Folders by the first pattern that fits (`.ts$`: its index, imported by the folder's name); a file outside all of them is free and may not be imported by a bound one. */
const ZONES: readonly [zone: string, folder: RegExp][] = [
  ['domain', /^src\/domain(\/|\.ts$)/],
  ['phone-number', /^src\/phone-number(\/|\.ts$)/],
  ['messaging', /^src\/messaging(\/|\.ts$)/],
  ['settings', /^src\/settings(\/|\.ts$)/],
  ['words', /^src\/words(\/|\.ts$)/],
  ['headset', /^src\/headset(\/|\.ts$)/],
  ['sound', /^src\/sound(\/|\.ts$)/],
  ['back end', /^src\/backends\/[^/]+\//],
  ['backends', /^src\/backends(\/|\.ts$)/],
  ['offscreen', /^offscreen\//],
  ['background', /^background\//],
  ['content', /^content\//],
  ['page', /^page\//],
  ['popup', /^popup\//],
  ['options', /^options\//],
  ['demo', /^demo\//],
];

/** What a zone may import besides itself: a zone, or a pattern where only part of one is open. */
const ARROWS: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  domain: [],
  'phone-number': [],
  messaging: ['domain'],
  settings: [/^src\/backends\/[^/]+\/settings$/, 'domain', 'phone-number'],
  words: ['domain'],
  headset: ['domain'],
  sound: ['domain'],
  'back end': ['domain', 'backends'], // never another kind: see arrowProblem
  backends: ['domain', 'back end'],
  offscreen: ['domain', 'messaging', 'backends', 'back end', 'headset', 'phone-number', 'settings', 'sound'],
  background: ['domain', 'messaging', 'settings', 'phone-number', 'words'],
  content: ['phone-number', 'messaging', 'domain'],
  page: ['domain'],
  popup: ['domain', 'messaging', 'settings', 'phone-number', 'words'],
  // A form checks each field by the very rules it is stored by.
  options: [
    ...['domain', 'headset', 'messaging', 'settings', 'phone-number', 'sound', 'words'],
    /^popup\/components\//,
    /^src\/backends\/([^/]+\/settings|server-url)$/,
  ],
  demo: [/^src\/backends\/[^/]+\/wire$/, /^scripts\//, 'messaging', 'settings'],
};

/** Libraries that live in one place, so that they can be replaced there. */
const HOMES: readonly [library: RegExp, home: RegExp][] = [
  [/^jssip(\/|$)/, /^src\/backends\/sip\//],
  [/^@stomp\/stompjs$/, /^src\/backends\/wellcloud\//],
  [/^(preact|@preact\/signals)(\/|$)/, /^(popup|options)\//],
  [/^libphonenumber-js(\/|$)/, /^src\/phone-number(\/|\.ts$)/],
];

const PURE = /^src\/(domain|phone-number)\//;
const NO_EXTENSION_API = /^src\/(domain|phone-number|words|headset|sound|backends)\//;

/**
 * What is wrong with the imports of one file.
 * @param file path from the top of the repository, with slashes.
 * @returns one sentence for each wrong import; empty when all is well.
 */
export function importProblems(file: string, source: string): string[] {
  const { imports, globals } = readFile(file, source);
  const problems = imports.flatMap((specifier) => {
    const problem = specifier.startsWith('.') ? arrowProblem(file, specifier) : libraryProblem(file, specifier);
    return problem === undefined ? [] : [`${file}: ${problem}`];
  });
  if (NO_EXTENSION_API.test(file) && globals.has('chrome')) problems.push(`${file}: knows chrome`);
  return problems;
}

const FOLDERS = ['src', 'background', 'offscreen', 'content', 'page', 'popup', 'options', 'demo'];

/** The problems of every shipped or demo file under `root`. */
export function checkArrows(root: string): string[] {
  const files = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .toSorted()
    .flatMap((file) => importProblems(file, readFileSync(join(root, file), 'utf8')));
}

function arrowProblem(file: string, specifier: string): string | undefined {
  const target = normalize(join(dirname(file), specifier))
    .replaceAll('\\', '/')
    .replace(/\.tsx?$/, '');
  if (target === 'package.json') return undefined; // our own version, for a User-Agent
  const [from, to] = [zoneOf(file), zoneOf(`${target}.ts`)];
  if (from === undefined) return undefined;
  const allowed = ARROWS[from]?.some((arrow) => (typeof arrow === 'string' ? arrow === to : arrow.test(target)));
  if (from === to && (from !== 'back end' || kindOf(file) === kindOf(target))) return undefined;
  if (allowed === true && from !== to) return undefined;
  return `${from} may not import ${target}`;
}

function libraryProblem(file: string, specifier: string): string | undefined {
  const home = HOMES.find(([library]) => library.test(specifier))?.[1];
  if (home !== undefined && !home.test(file)) return `${specifier} lives in ${home.source}`;
  if (specifier === 'webextension-polyfill' && NO_EXTENSION_API.test(file)) return `knows ${specifier}`;
  if (specifier.startsWith('node:') && !file.startsWith('demo/')) return `${specifier} does not exist in a browser`;
  if (PURE.test(file) && home === undefined) return `pure, may not import ${specifier}`;
  return undefined;
}

const zoneOf = (path: string) => ZONES.find(([, folder]) => folder.test(path))?.[0];
const kindOf = (path: string) => /^src\/backends\/([^/]+)\//.exec(path)?.[1];

/** Every module named by import, export … from, import() or a type import(), and every global identifier read. */
function readFile(file: string, source: string): { imports: string[]; globals: Set<string> } {
  const parsed = parseSync(file, source);
  if (parsed.errors.length > 0) throw new Error(`${file}: ${parsed.errors[0]?.message ?? 'does not parse'}`);
  const globals = new Set<string>();
  const imports = [
    ...parsed.module.staticImports.map((one) => one.moduleRequest.value),
    ...parsed.module.staticExports.flatMap((one) => one.entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
  ];
  const visitor = new Visitor({
    ImportExpression: ({ source }) => imports.push(...literal(source)),
    TSImportType: ({ source }) => imports.push(...literal(source)),
    Identifier: ({ name }) => globals.add(name),
  });
  visitor.visit(parsed.program);
  return { imports: [...new Set(imports)], globals };
}

function literal(node: { type: string; value?: unknown }): string[] {
  return node.type === 'Literal' && typeof node.value === 'string' ? [node.value] : [];
}
