/**
 * The body of an answer as bytes that are at hand. A response gives its body back only as a stream, which costs more than
 * most of what is done with it; whoever makes an answer of bytes says so here, and who packs or tags it takes them.
 */
import type { Context } from 'hono';

/** How an answer can be packed: names of HTTP content codings. */
export type Packing = 'zstd' | 'br' | 'gzip';

export interface AnswerBytes {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Its ETag, once it was asked for. */
  tag?: string;
  /** Packed, once it was asked for: bytes that are kept are packed once. */
  readonly packed: Map<Packing, Promise<Uint8Array<ArrayBuffer>>>;
}

const held = new WeakMap<Response, AnswerBytes>();

export function answerBytes(bytes: Uint8Array<ArrayBuffer>): AnswerBytes {
  return { bytes, packed: new Map() };
}

/** Says that the response's body is these bytes. @returns the response */
export function withBytes(response: Response, answer: AnswerBytes): Response {
  held.set(response, answer);
  return response;
}

/** The bytes of the request's answer, null when it has none. One that was a stream is answered with its bytes from now on. */
export async function bytesAnswered(c: Context): Promise<AnswerBytes | null> {
  const known = held.get(c.res);
  if (known) return known;
  if (c.res.body === null) return null;
  const { status, headers } = c.res;
  const answer = answerBytes(new Uint8Array(await c.res.arrayBuffer()));
  answerInstead(c, withBytes(new Response(answer.bytes, { status, headers }), answer));
  return answer;
}

/** Puts another response in the place of the request's answer, as it is. */
export function answerInstead(c: Context, response: Response): void {
  // Hono copies headers and body from the answer before, unless there is none.
  c.res = undefined;
  c.res = response;
}
