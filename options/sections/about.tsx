// Version, licence, and whose work is inside.
import { useSignal } from '@preact/signals';
import type { LogLine } from '../../src/messaging/contract';
import { useModel } from '../model-context';

/** Name and licence as in each package's own package.json. */
const PARTS = [
  ['JsSIP', 'MIT'],
  ['libphonenumber-js', 'MIT'],
  ['Preact', 'MIT'],
  ['Valibot', 'MIT'],
  ['noble-hashes', 'MIT'],
  ['idb', 'ISC'],
  ['Lucide', 'ISC'],
  ['webextension-polyfill', 'MPL-2.0'],
] as const;

export function AboutSection() {
  const { words, port } = useModel();
  return (
    <>
      <p>
        <strong>Callbar</strong> · {words('about_version', { version: port.version })}
      </p>
      <p>{words('about_licence')}</p>
      <p>
        {words('about_parts')}: {PARTS.map(([name, licence]) => `${name} (${licence})`).join(', ')}.
      </p>
      <p class="hint">{words('about_shortcuts')}</p>
      <CopyLog />
    </>
  );
}

/** For the help desk: what the phone's links had to say since it started. */
function CopyLog() {
  const { words, port } = useModel();
  const said = useSignal('');
  async function copy(): Promise<void> {
    try {
      const lines = await port.log();
      await navigator.clipboard.writeText(lines.map(logLine).join('\n'));
      said.value = lines.length === 0 ? words('about_logEmpty') : words('about_logCopied', { count: lines.length });
    } catch {
      said.value = words('about_logNotCopied');
    }
  }
  return (
    <p>
      <button type="button" onClick={() => void copy()}>
        {words('about_copyLog')}
      </button>{' '}
      <span class="muted" role="status">
        {said.value}
      </span>
    </p>
  );
}

function logLine({ at, level, text }: LogLine): string {
  return `${new Date(at).toISOString()} ${level.padEnd(7)} ${text}`;
}
