/** The file a work was imported from, for those who keep the work. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import type { ArchiveEnv } from '../accounts/index.ts';
import { findWork } from '../works/index.ts';
import { originalOf } from './queries.ts';

export function importRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  web.get('/works/:id/original', async (c) => {
    const work = await findWork(ground.db.reads, c.var.viewer, c.req.param('id'));
    const original = work ? await originalOf(ground.db.reads, work) : null;
    const bytes = original ? await ground.files.get(original.blob) : null;
    if (!original || !bytes) return c.notFound();
    // Whatever the file is, it is handed over, never shown: it was written by somebody else and has not been cleaned.
    return new Response(new Uint8Array(bytes), {
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Disposition': `attachment; filename="original"; filename*=UTF-8''${encodeURIComponent(original.fileName)}`,
        'Cache-Control': 'private, no-store',
      },
    });
  });
}
