/** For whom passkeys of this archive are made: a host name, which browsers hold them to. Nothing here reads or writes. */
import { isIP } from 'node:net';

export interface RelyingParty {
  /** The host, without scheme and port. */
  id: string;
  origin: string;
}

/**
 * Browsers make passkeys for pages that came by https, and for localhost; never for an address in numbers.
 * @param url the public address, where one is set. @param host what the request names, for an archive that is reached only
 * where it listens: nothing but localhost is believed. @returns null where there can be no passkeys.
 */
export function relyingPartyOf(url: string | null, host: string | undefined): RelyingParty | null {
  const address = URL.parse(url ?? `http://${host ?? ''}`);
  if (!address) return null;
  const { hostname: id, origin, protocol } = address;
  if (id === 'localhost') return { id, origin };
  return url !== null && protocol === 'https:' && isIP(id.replace(/^\[|\]$/g, '')) === 0 ? { id, origin } : null;
}
