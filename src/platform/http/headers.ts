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
    c.header('X-Request-Id', requestId);
    c.header('Content-Security-Policy', CONTENT_POLICY);
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('Referrer-Policy', 'same-origin');
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    c.header('Cross-Origin-Resource-Policy', 'same-origin');
    c.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()');
    if (https) c.header('Strict-Transport-Security', 'max-age=31536000');
  };
}
