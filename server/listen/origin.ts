// Whether a request comes from this machine: its own programs, and pages that are served here. Any page on the web can send one to a port of ours.

import type { IncomingHttpHeaders } from 'node:http';

/** A browser names the page in `Origin`; `Host` is another name where DNS was made to lead here (rebinding). */
export function isFromHere({ host, origin }: Pick<IncomingHttpHeaders, 'host' | 'origin'>): boolean {
  if (host === undefined || !isLoopback(`http://${host}`)) return false;
  return origin === undefined || isLoopback(origin);
}

/** `null`, a file's or an extension's origin is nobody's from here. */
function isLoopback(address: string): boolean {
  if (!/^https?:\/\/[^/?#@]+$/.test(address) || !URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '127.0.0.1';
}
