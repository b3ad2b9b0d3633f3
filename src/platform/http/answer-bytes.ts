/**
 * The body of an answer as bytes that are at hand. A response gives its body back only as a stream, which costs more than
 * most of what is done with it; whoever makes an answer of bytes says so here, and who packs or tags it takes them. They are
 * this answer's alone.
 */
import type { Context } from 'hono';

/** How an answer can be packed: names of HTTP content codings. */
export type Packing = 'zstd' | 'br' | 'gzip';

export type Bytes = Uint8Array<ArrayBuffer>;

const held = new WeakMap<Response, Bytes>();

/** Says that the response's body is these bytes. @returns the response */
export function withBytes(response: Response, bytes: Bytes): Response {
  held.set(response, bytes);
  return response;
}

/** The bytes of the request's answer, null when it has none. One that was a stream is answered with its bytes from now on. */
export async function bytesAnswered(c: Context): Promise<Bytes | null> {
  const known = held.get(c.res);
  if (known) return known;
  if (c.res.body === null) return null;
  const { status, headers } = c.res;
  const bytes = new Uint8Array(await c.res.arrayBuffer());
  answerInstead(c, withBytes(new Response(bytes, { status, headers }), bytes));
  return bytes;
}

/** Puts another response in the place of the request's answer, as it is. */
export function answerInstead(c: Context, response: Response): void {
  // Hono copies headers and body from the answer before, unless there is none.
  c.res = undefined;
  c.res = response;
}

/**
 * Gives the memory of bytes back at once; nobody can look at them any more. For pages that were packed: left to the
 * garbage collector, every 64 MB of them make it look through all memory there is, and stop everybody for 15 to 40 ms.
 */
export function freeBytes({ buffer, byteLength }: Bytes): void {
  // Small buffers of Node share their memory with others.
  if (byteLength === buffer.byteLength) buffer.transfer(0);
}
