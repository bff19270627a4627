// Device and agent ids of a wellCloud tenant: `<extension or number>@<domain>` (wellclient.md, conventions).

export type DeviceId = string;

/** Some servers write the domain twice (§6.1: `8003@x@x`): what follows the first domain is dropped. */
export function normalDevice(id: string): DeviceId {
  const [user = '', domain] = id.split('@');
  return domain === undefined ? user : `${user}@${domain}`;
}

/** What people know: an extension, a job number or a telephone number, without the domain. */
export function numberOf(id: string): string {
  return id.split('@')[0] ?? id;
}

/** Domains are host names: their case does not count, as servers are not of one mind about it. */
export function sameDevice(a: string | undefined, b: string | undefined): boolean {
  return a !== undefined && b !== undefined && normalDevice(a).toLowerCase() === normalDevice(b).toLowerCase();
}
