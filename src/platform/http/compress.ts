/**
 * Answers are packed as the client can unpack them: zstd 3, else brotli 4, else gzip 1 (a page of 75 KB: zstd 0.2 ms to
 * 12 KB). No page of Fanfold holds a secret beside what a request said, so packing gives nothing away.
 */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import type { Env, MiddlewareHandler } from 'hono';
import { answerInstead, bytesAnswered, freeBytes, type Packing } from './answer-bytes.ts';

const zstd = promisify(zstdCompress);
const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Below this many bytes packing costs more than it saves. */
const WORTH_BYTES = 1_000;
const PACKABLE = /^(text\/|application\/(json|javascript|problem\+json|xml|.*\+json|.*\+xml)|image\/svg\+xml)/;

/** The best packing a client accepts, by its Accept-Encoding. */
export function packingFor(accepted: string | undefined): Packing | null {
  const offers = new Map(
    (accepted ?? '').split(',').map((part) => {
      const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters
        .map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1])
        .find((found) => found !== undefined);
      return [name, quality === undefined ? 1 : Number(quality)] as const;
    }),
  );
  return (['zstd', 'br', 'gzip'] as const).find((packing) => (offers.get(packing) ?? 0) > 0) ?? null;
}

/** Packs bytes. `hard`: for files that are packed once and sent often. */
export async function pack(bytes: Uint8Array, packing: Packing, hard = false): Promise<Buffer<ArrayBuffer>> {
  if (packing === 'zstd') return zstd(bytes, { params: { [constants.ZSTD_c_compressionLevel]: hard ? 19 : 3 } });
  if (packing === 'br') return brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: hard ? 11 : 4 } });
  return deflate(bytes, { level: hard ? 9 : 1 });
}

export function compression<E extends Env>(): MiddlewareHandler<E> {
  return async (c, next) => {
    await next();
    const { headers, status } = c.res;
    if (headers.has('content-encoding') || !PACKABLE.test(headers.get('content-type') ?? '')) return;
    headers.append('Vary', 'Accept-Encoding');
    const packing = packingFor(c.req.header('accept-encoding'));
    if (packing === null || c.req.method === 'HEAD') return;
    const bytes = await bytesAnswered(c);
    if (bytes === null || bytes.length < WORTH_BYTES) return;
    const body = await pack(bytes, packing);
    headers.set('Content-Encoding', packing);
    headers.set('Content-Length', String(body.length));
    answerInstead(c, new Response(body, { status, headers }));
    freeBytes(bytes);
  };
}
