/**
 * Refuses requests that another site makes a browser send. Sec-Fetch-Site decides where the browser says it; older ones
 * are held to the Origin header. A client that sends neither is no browser, and carries nobody's cookie against their will.
 */
import type { Env, MiddlewareHandler } from 'hono';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Whether a request that would change something comes from the archive's own pages. `ownHost`: host and port of the public address. */
export function isOwnRequest(headers: Headers, ownHosts: readonly (string | null | undefined)[]): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = headers.get('origin');
  if (origin === null) return true;
  const host = URL.parse(origin)?.host;
  return host !== undefined && ownHosts.includes(host);
}

export function originCheck<E extends Env>(
  publicUrl: string | null,
  refuse: MiddlewareHandler<E>,
): MiddlewareHandler<E> {
  const publicHost = publicUrl === null ? null : new URL(publicUrl).host;
  return async (c, next) => {
    if (SAFE.has(c.req.method) || isOwnRequest(c.req.raw.headers, [c.req.header('host'), publicHost])) return next();
    return refuse(c, next);
  };
}
