/**
 * Answers are packed as the client can unpack them: zstd 3, else brotli 4, else gzip 1 (a page of 75 KB: zstd 0.2 ms to
 * 12 KB). No page of Fanfold holds a secret beside what a request said, so packing gives nothing away.
 */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import type { Env, MiddlewareHandler } from 'hono';

const zstd = promisify(zstdCompress);
const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Below this many bytes packing costs more than it saves. */
const WORTH_BYTES = 1_000;
const PACKABLE = /^(text\/|application\/(json|javascript|problem\+json|xml|.*\+json|.*\+xml)|image\/svg\+xml)/;

export type Packing = 'zstd' | 'br' | 'gzip';

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
export async function pack(bytes: Uint8Array, packing: Packing, hard = false): Promise<Buffer> {
  if (packing === 'zstd') return zstd(bytes, { params: { [constants.ZSTD_c_compressionLevel]: hard ? 19 : 3 } });
  if (packing === 'br') return brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: hard ? 11 : 4 } });
  return deflate(bytes, { level: hard ? 9 : 1 });
}

export function compression<E extends Env>(): MiddlewareHandler<E> {
  return async (c, next) => {
    await next();
    const type = c.res.headers.get('content-type') ?? '';
    if (c.res.headers.has('content-encoding') || !PACKABLE.test(type)) return;
    c.header('Vary', 'Accept-Encoding', { append: true });
    if (c.res.body === null) return;
    const packing = packingFor(c.req.header('accept-encoding'));
    if (packing === null || c.req.method === 'HEAD') return;
    const body = new Uint8Array(await c.res.arrayBuffer());
    const packed = body.length < WORTH_BYTES ? null : await pack(body, packing);
    c.res = new Response(new Uint8Array(packed ?? body), { status: c.res.status, headers: c.res.headers });
    if (packed) {
      c.header('Content-Encoding', packing);
      c.header('Content-Length', String(packed.length));
    }
  };
}
