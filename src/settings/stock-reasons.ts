// Why an agent is not ready, where the profile names no reasons of its own: what every wellCloud server knows (§5.1). Pure.
import type { Settings } from './schema';

/** @param words of the person's language: the labels are read by people, the codes by the server. */
export function withStockReasons(
  settings: Settings,
  words: (key: 'reason_away' | 'reason_outbound') => string,
): Settings {
  const stock = [
    { code: '1', label: words('reason_away') },
    { code: '2', label: words('reason_outbound') },
  ];
  const profiles = settings.profiles.map((profile) =>
    profile.agent?.reasons.length === 0 ? { ...profile, agent: { ...profile.agent, reasons: stock } } : profile,
  );
  return { ...settings, profiles };
}
