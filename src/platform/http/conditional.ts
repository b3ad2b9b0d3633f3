/** What a reader has already is not sent again: an ETag of the answer, and 304 when the client still holds it (RFC 9110). */
import { createHash } from 'node:crypto';
import type { Env, MiddlewareHandler } from 'hono';

export function conditional<E extends Env>(): MiddlewareHandler<E> {
  return async (c, next) => {
    await next();
    if ((c.req.method !== 'GET' && c.req.method !== 'HEAD') || c.res.status !== 200 || c.res.body === null) return;
    if (c.res.headers.has('etag') || c.res.headers.has('set-cookie')) return;
    const body = new Uint8Array(await c.res.arrayBuffer());
    // Weak: the same content may be packed in several ways.
    const tag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    // Compared weakly, as the standard asks: a proxy may have made the tag strong.
    const held = (c.req.header('if-none-match') ?? '')
      .split(',')
      .some((one) => `W/${one.trim().replace(/^W\//, '')}` === tag);
    const headers = new Headers(c.res.headers);
    headers.set('ETag', tag);
    if (held) headers.delete('content-length');
    c.res = held ? new Response(null, { status: 304, headers }) : new Response(body, { status: 200, headers });
  };
}
