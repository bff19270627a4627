// Settings as a file: read all or nothing, written without secrets and without what belongs to one computer.
import { PhoneError } from '../domain/phone-error';
import { findProblems, checkSettings, type Problem } from './check';
import { forbiddenKey, secretKey } from './hostile-keys';
import { SETTINGS_VERSION, type Settings } from './schema';

const MAX_BYTES = 1_000_000;
const FIELDS_NAMED = 10;

/**
 * @param text a settings file as it was chosen, at most 1 MB of UTF-8.
 * @returns the whole document, checked; sound devices are the defaults (see `mergeImport`).
 * @throws PhoneError `importTooLarge`, `importNotSettings`, `importNewer` (data.version, data.own), `importPassword`
 *   (data.field) or `importInvalid` (data.fields: every wrong path, joined by commas).
 */
export function readSettingsFile(text: string): Settings {
  const value = readJson(text);
  const { version } = value;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new PhoneError('importNotSettings', 'import: no version');
  }
  if (version > SETTINGS_VERSION) {
    const data = { version: String(version), own: String(SETTINGS_VERSION) };
    throw new PhoneError('importNewer', `import: version ${version}`, { data });
  }
  const hostile = forbiddenKey(value);
  if (hostile !== undefined) throw invalid([hostile]);
  const secret = secretKey(value);
  if (secret !== undefined) throw password(secret);

  const checked = findProblems(value);
  if (checked.settings) return checked.settings;
  throw fromProblems(checked.problems);
}

/**
 * @returns the document as pretty JSON, its keys always in the same order; no secrets (they are never in it), no sound devices.
 * @throws PhoneError as `checkSettings`.
 */
export function writeSettingsFile(settings: Settings): string {
  const { devices: _ofThisComputer, ...shared } = checkSettings(settings); // the check puts keys in the schema's order
  const notNumbers = Object.fromEntries(
    Object.entries(shared.linking.notNumbers).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
  return `${JSON.stringify({ ...shared, linking: { ...shared.linking, notNumbers } }, null, 2)}\n`;
}

function readJson(text: string): Record<string, unknown> {
  if (text.length > MAX_BYTES || new TextEncoder().encode(text).length > MAX_BYTES) {
    throw new PhoneError('importTooLarge', `import: more than ${MAX_BYTES} bytes`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new PhoneError('importNotSettings', 'import: not JSON', { cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new PhoneError('importNotSettings', 'import: not an object');
  }
  return value as Record<string, unknown>;
}

function fromProblems(problems: readonly Problem[]): PhoneError {
  const credentials = problems.find(({ code }) => code === 'serverWithPassword');
  return credentials ? password(credentials.field) : invalid(problems.map(({ field }) => field));
}

function password(field: string): PhoneError {
  return new PhoneError('importPassword', `import: a secret at ${cut(field)}`, { data: { field: cut(field) } });
}

function invalid(paths: readonly string[]): PhoneError {
  const unique = [...new Set(paths.map(cut))];
  const more = unique.length > FIELDS_NAMED ? ', …' : '';
  const fields = unique.slice(0, FIELDS_NAMED).join(', ') + more;
  return new PhoneError('importInvalid', `import: wrong at ${fields}`, { data: { fields } });
}

/** A path holds keys of the file: hostile text, shown to a person. */
function cut(path: string): string {
  const clean = path.replace(/[\p{Cc}\p{Cf}]/gu, '');
  return clean.length > 80 ? `${clean.slice(0, 79)}…` : clean;
}
