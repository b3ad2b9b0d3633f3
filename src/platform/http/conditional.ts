/** What a reader has already is not sent again: an ETag of the answer, and 304 when the client still holds it (RFC 9110). */
import { hash } from 'node:crypto';
import type { Env, MiddlewareHandler } from 'hono';
import { answerInstead, bytesAnswered } from './answer-bytes.ts';

export function conditional<E extends Env>(): MiddlewareHandler<E> {
  return async (c, next) => {
    await next();
    if ((c.req.method !== 'GET' && c.req.method !== 'HEAD') || c.res.status !== 200) return;
    if (c.res.headers.has('etag') || c.res.headers.has('set-cookie')) return;
    const answer = await bytesAnswered(c);
    if (answer === null) return;
    // Weak: the same content may be packed in several ways.
    answer.tag ??= `W/"${hash('sha256', answer.bytes, 'base64url').slice(0, 22)}"`;
    const { tag } = answer;
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
