// Settings as a file: download them, or look at a file and take it as a whole.
import { useRef, useState } from 'preact/hooks';
import { PhoneError } from '../../src/domain/phone-error';
import { readSettingsFile } from '../../src/settings/import-export';
import type { Settings } from '../../src/settings/schema';
import { ErrorText } from '../components/error-text';
import { SavedNote } from '../components/saved-note';
import { useModel } from '../model-context';
import { useSaving } from '../use-saving';

/** A megabyte of UTF-8, as import refuses more; a larger file is not even read. */
const MAX_BYTES = 1_000_000;
interface Chosen {
  readonly name: string;
  readonly text: string;
  readonly settings: Settings;
}

export function FileSection() {
  return (
    <>
      <Export />
      <Import />
    </>
  );
}

function Export() {
  const { words, port } = useModel();
  const [saving, run] = useSaving();
  const download = async (): Promise<void> => {
    const url = URL.createObjectURL(new Blob([await port.exportFile()], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `callbar-settings-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <div class="block">
      <h3>{words('file_exportTitle')}</h3>
      <p class="hint">{words('file_exportWhy')}</p>
      <button type="button" onClick={() => void run(download)}>
        {words('file_export')}
      </button>
      {typeof saving === 'object' && <SavedNote saving={saving} />}
    </div>
  );
}

function Import() {
  const { words, port, load } = useModel();
  const input = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen | undefined>();
  const [applied, setApplied] = useState(false);
  const [work, run, forget] = useSaving();
  const look = async (file: File): Promise<void> => {
    setChosen(undefined);
    setApplied(false);
    const refused = await run(async () => {
      if (file.size > MAX_BYTES) throw new PhoneError('importTooLarge', 'import: a file of more than 1 MB');
      const text = await file.text();
      setChosen({ name: file.name, text, settings: readSettingsFile(text) });
    });
    if (!refused) forget();
  };
  const apply = async ({ text }: Chosen): Promise<void> => {
    const refused = await run(async () => {
      await port.importFile(text);
      await load();
    });
    if (refused) return;
    setChosen(undefined);
    setApplied(true);
    forget();
  };
  return (
    <div class="block">
      <h3>{words('file_importTitle')}</h3>
      <p class="hint">{words('file_importWhy')}</p>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label={words('file_import')}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = ''; // the same file can be chosen again after it was mended
          if (file) void look(file);
        }}
      />
      <button type="button" onClick={() => input.current?.click()}>
        {words('file_import')}
      </button>
      {typeof work === 'object' && <ErrorText error={work} alert />}
      {chosen && (
        <Ready
          chosen={chosen}
          busy={work === 'saving'}
          onApply={() => void apply(chosen)}
          onCancel={() => setChosen(undefined)}
        />
      )}
      <div role="status">{applied && <p class="good">✓ {words('file_applied')}</p>}</div>
    </div>
  );
}

interface ReadyProps {
  readonly chosen: Chosen;
  readonly busy: boolean;
  readonly onApply: () => void;
  readonly onCancel: () => void;
}
/** Where the phone would register is said before anything changes: a file can come from anyone. */
function Ready({ chosen: { name, settings }, busy, onApply, onCancel }: ReadyProps) {
  const { words } = useModel();
  const none = words('file_readyNone');
  const accounts = settings.profiles.map((profile) => profile.name).join(', ') || none;
  const servers =
    settings.profiles
      .flatMap(({ voice, agent }) => [...(voice?.servers ?? []), ...(agent ? [agent.server] : [])])
      .join(', ') || none;
  return (
    <div class="notice" role="status">
      <h3>{words('file_readyTitle', { name })}</h3>
      <p>{words('file_readyAccounts', { accounts })}</p>
      <p>{words('file_readyServers', { servers })}</p>
      <p class="hint">{words('file_readyPasswords')}</p>
      <div class="row">
        <button type="button" class="primary" disabled={busy} onClick={onApply}>
          {words('file_apply')}
        </button>
        <button type="button" class="quiet" onClick={onCancel}>
          {words('options_cancel')}
        </button>
      </div>
    </div>
  );
}
