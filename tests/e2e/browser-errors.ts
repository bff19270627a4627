// What the browser itself noted against the extension: uncaught errors, refused promises and unchecked lastErrors of every
// context (worker, offscreen document, views), as its extensions page lists them. Nothing has to be attached to any context.
import type { Callbar } from '../../demo/browser/callbar';

/** The few members of that page's own API that are used here. */
interface DeveloperPrivate {
  updateProfileConfiguration(update: { inDeveloperMode: boolean }): Promise<void>;
  updateExtensionConfiguration(update: { extensionId: string; errorCollection: boolean }): Promise<void>;
  getExtensionInfo(id: string): Promise<Record<'manifestErrors' | 'runtimeErrors', NotedError[]>>;
}
interface NotedError {
  readonly message: string;
  readonly contextUrl?: string;
  readonly severity?: string;
}

/** Chromium's word to an API call whose worker was killed under it: there is nobody left who could have heard it. */
const NO_WORKER = 'Unchecked runtime.lastError: No SW';

/** From now on errors are noted. @returns what was noted so far, one line each. */
export async function noteErrors(callbar: Callbar): Promise<() => Promise<string[]>> {
  await onExtensionsPage(callbar, async (api, id) => {
    await api.updateProfileConfiguration({ inDeveloperMode: true });
    await api.updateExtensionConfiguration({ extensionId: id, errorCollection: true });
    return [];
  });
  return async () => {
    const noted = await onExtensionsPage(callbar, async (api, id) => {
      const { manifestErrors, runtimeErrors } = await api.getExtensionInfo(id);
      return [...manifestErrors, ...runtimeErrors];
    });
    return noted
      .filter(({ message }) => message !== NO_WORKER)
      .map(({ message, contextUrl }) => `${message} (${contextUrl ?? 'manifest'})`);
  };
}

async function onExtensionsPage(
  callbar: Callbar,
  use: (api: DeveloperPrivate, id: string) => Promise<NotedError[]>,
): Promise<NotedError[]> {
  const page = await callbar.context.newPage();
  await page.goto('chrome://extensions');
  const noted: NotedError[] = await page.evaluate(`(${use.toString()})(chrome.developerPrivate, '${callbar.id}')`);
  await page.close();
  return noted;
}
