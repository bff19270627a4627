// Version, licence, and whose work is inside.
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
    </>
  );
}
