// What a page's finder is told, and what it asks us to remember: per origin, as the browser names it.
import { CHIP_WORDS, type ChipWord, type PageSettings, type Requests } from '../src/messaging/contract';
import type { Sender } from '../src/messaging/serve';
import { isRememberable, type Settings } from '../src/settings/schema';
import type { Words } from '../src/words';

const NOT_NUMBERS_KEPT = 500;

export function pageSettings(settings: Settings, words: Words, sender: Sender): PageSettings {
  const origin = originOf(sender);
  const { linking } = settings;
  const off = [origin, addressOf(sender)].some((site) => linking.offSites.includes(site));
  return {
    enabled: linking.enabled && !off,
    country: settings.country,
    trusted: linking.trustedSites.includes(origin),
    rememberable: isRememberable(origin),
    notNumbers: Object.hasOwn(linking.notNumbers, origin) ? (linking.notNumbers[origin] ?? []) : [],
    words: Object.fromEntries(CHIP_WORDS.map((word) => [word, words(`chip_${word}`)])) as Record<ChipWord, string>,
  };
}

/** The settings with what the agent said on a page's chip. */
export function remembered(
  settings: Settings,
  sender: Sender,
  { what, dial }: Requests['page.remember']['params'],
): Settings {
  const origin = originOf(sender);
  const { linking } = settings;
  const withOrigin = (list: readonly string[]) => (list.includes(origin) ? [...list] : [...list, origin]);
  if (what === 'siteOff') return { ...settings, linking: { ...linking, offSites: withOrigin(linking.offSites) } };
  if (what === 'trustSite') {
    return { ...settings, linking: { ...linking, trustedSites: withOrigin(linking.trustedSites) } };
  }
  const known = Object.hasOwn(linking.notNumbers, origin) ? (linking.notNumbers[origin] ?? []) : [];
  const all = [...new Set([...known, String(dial).slice(0, 40)])].slice(-NOT_NUMBERS_KEPT);
  return { ...settings, linking: { ...linking, notNumbers: { ...linking.notNumbers, [origin]: all } } };
}

/** Who a page is: a `srcdoc` frame is its page, a sandboxed frame is nobody (`null`), whatever their addresses say. */
export function originOf(sender: Sender): string {
  return sender.origin ?? addressOf(sender);
}

function addressOf({ url }: Sender): string {
  return URL.canParse(url) ? new URL(url).origin : 'null';
}
