/** The headers every answer carries: nothing runs that is not ours, nothing frames us, nobody learns where a reader came from. */
import { randomUUID } from 'node:crypto';
import type { Env, MiddlewareHandler } from 'hono';

/** No inline script or style, nothing from other hosts. Trusted Types: the client never makes HTML from text. */
export const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Sets the headers, and a request's id, under which its failure can be found in the log. */
export function securityHeaders<E extends Env & { Variables: { requestId: string } }>(
  https: boolean,
): MiddlewareHandler<E> {
  return async (c, next) => {
    const requestId = randomUUID();
    c.set('requestId', requestId);
    await next();
    // Set on the answer as it is: c.header would make it anew for each.
    const { headers } = c.res;
    headers.set('X-Request-Id', requestId);
    headers.set('Content-Security-Policy', CONTENT_POLICY);
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Referrer-Policy', 'same-origin');
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    headers.set(
      'Permissions-Policy',
      'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
    );
    if (https) headers.set('Strict-Transport-Security', 'max-age=31536000');
  };
}
