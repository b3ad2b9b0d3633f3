/** Built files under names that change with their content, packed once at start and kept by browsers for a year. */
import type { Context, Env, Hono } from 'hono';
import type { Packing } from './answer-bytes.ts';
import { pack, packingFor } from './compress.ts';

export interface StaticFile {
  type: string;
  bytes: Uint8Array;
}

const PACKED_TYPES = /^(text\/|application\/|image\/svg)/;

/** Serves files below a path. Names must hold a hash of the content. */
export function serveFiles<E extends Env>(web: Hono<E>, base: string, files: ReadonlyMap<string, StaticFile>): void {
  const packed = new Map<string, Promise<Buffer>>();
  const packedOnce = (name: string, file: StaticFile, packing: Packing) => {
    const key = `${packing} ${name}`;
    const ready = packed.get(key) ?? pack(file.bytes, packing, true);
    packed.set(key, ready);
    return ready;
  };
  web.get(`${base}/:name`, async (c: Context<E>) => {
    const name = c.req.param('name') ?? '';
    const file = files.get(name);
    if (!file) return c.notFound();
    const packing = PACKED_TYPES.test(file.type) ? packingFor(c.req.header('accept-encoding')) : null;
    const body = packing === null ? file.bytes : await packedOnce(name, file, packing);
    return new Response(new Uint8Array(body), {
      headers: {
        'Content-Type': file.type,
        'Cache-Control': 'public, max-age=31536000, immutable',
        ...(packing === null ? {} : { 'Content-Encoding': packing }),
        Vary: 'Accept-Encoding',
      },
    });
  });
}
