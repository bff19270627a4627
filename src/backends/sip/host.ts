// Which host, with or without a port, may stand in an address of ours. Pure; RFC 3261 §25.1, RFC 7064, RFC 7065.

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const LAST_LABEL = '[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?';
const NAME = new RegExp(`^(?:${LABEL}\\.)*${LAST_LABEL}$`, 'i');
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

/** A name without a dot at its end, an IPv4 address, or an IPv6 one in brackets; `:1` to `:65535` may follow. */
export function isHostPort(text: string): boolean {
  const [, host = '', port] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535)) return false;
  return host.startsWith('[') ? isIpv6(host) : host.length <= 253 && (NAME.test(host) || IPV4.test(host));
}

/** `[::]` is nobody's address. */
function isIpv6(host: string): boolean {
  return /^\[[0-9a-f:.]+\]$/i.test(host) && host !== '[::]' && URL.canParse(`http://${host}/`);
}
