/** What a reader has already is not sent again: an ETag of the answer, and 304 when the client still holds it (RFC 9110). */
import { hash } from 'node:crypto';
import type { Context, Env, MiddlewareHandler } from 'hono';
import { answerInstead, bytesAnswered, type Bytes } from './answer-bytes.ts';

/** A weak one: the same content may be packed in several ways. */
export function tagOf(bytes: Bytes): string {
  return `W/"${hash('sha256', bytes, 'base64url').slice(0, 22)}"`;
}

async function tagOfAnswer(c: Context): Promise<string | null> {
  const bytes = await bytesAnswered(c);
  return bytes === null ? null : tagOf(bytes);
}

export function conditional<E extends Env>(): MiddlewareHandler<E> {
  return async (c, next) => {
    await next();
    if ((c.req.method !== 'GET' && c.req.method !== 'HEAD') || c.res.status !== 200) return;
    if (c.res.headers.has('set-cookie')) return;
    const tag = c.res.headers.get('etag') ?? (await tagOfAnswer(c));
    if (tag === null) return;
    c.res.headers.set('ETag', tag);
    // Compared weakly, as the standard asks: a proxy may have made the tag strong.
    const isHeld = (c.req.header('if-none-match') ?? '')
      .split(',')
      .some((one) => `W/${one.trim().replace(/^W\//, '')}` === tag);
    if (!isHeld) return;
    const { headers } = c.res;
    headers.delete('content-length');
    answerInstead(c, new Response(null, { status: 304, headers }));
  };
}
