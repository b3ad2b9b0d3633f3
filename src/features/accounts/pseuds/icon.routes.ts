/**
 * Icons: handed over, described, taken away, and shown. An icon's address is random and another one for each upload; it
 * answers those alone who may see the page of its pseud, and says nothing of who else has such a picture.
 */
import type { Readable } from 'node:stream';
import type { Hono } from 'hono';
import type { Handle } from '../../../platform/db/tables.ts';
import type { Ground } from '../../../platform/ground.ts';
import { limit } from '../../../platform/http/limit.ts';
import { readUploads } from '../../../platform/http/uploads.ts';
import { altProblem, ICON_BYTES, iconNameIn, oneLine } from '../pseud-profile.ts';
import type { Viewer } from '../viewer.ts';
import { seeOther, type ArchiveEnv } from '../web.ts';
import { changeIcon, describeIcon, removeIcon } from './icon.actions.ts';
import { TOO_LARGE, type IconMaker } from './icon-picture.ts';
import { iconNamed } from './pseuds.queries.ts';
import { pseudPath, type PseudPages } from './pseuds.routes.tsx';

export interface IconNeeds {
  pages: PseudPages;
  maker: IconMaker;
  /** Whether the page of a pseud shows its profile to who looks. */
  isShown: (handle: Handle, viewer: Viewer, pseud: { id: number; publicId: string }) => Promise<boolean>;
}

/** Pictures that an account may hand over within an hour. */
const PICTURES_AN_HOUR = 30;
/**
 * The content at an address never changes, so nobody asks again; and nobody but the browser keeps it, since not everybody
 * may see it. A day, so that an icon that was taken away goes there too.
 */
const KEPT = 'private, max-age=86400, immutable';

export function iconRoutes(web: Hono<ArchiveEnv>, ground: Ground, { pages, maker, isShown }: IconNeeds): void {
  const { db, now, files } = ground;
  const handedOver = limit(PICTURES_AN_HOUR, 3600);

  web.get('/icons/:file', async (c) => {
    const name = iconNameIn(c.req.param('file'));
    const icon = name === null ? null : await iconNamed(db.reads, name);
    if (name === null || icon === null) return c.notFound();
    const { viewer } = c.var;
    const shown =
      icon.accountId === viewer.accountId ||
      (await isShown(db.reads, viewer, { id: icon.pseudId, publicId: icon.pseudPublicId }));
    const bytes = shown ? await files.get(icon.blob) : null;
    if (bytes === null) return c.notFound();
    c.header('Content-Type', 'image/webp');
    c.header('Cache-Control', KEPT);
    // Not the one that is made of the content: that would be the name of its file, or a piece of it.
    c.header('ETag', `W/"${name}"`);
    return c.body(new Uint8Array(bytes));
  });

  web.post('/account/pseuds/:id/icon', async (c) => {
    const of = await pages.toChange(c);
    if (!of) return c.notFound();
    const { accountId, pseud } = of;
    let picture: Buffer | 'too-large' | null = null;
    const form = await readUploads(
      c,
      async (_name, file) => {
        picture = await bytesOf(file);
      },
      { files: 1 },
    );
    const alt = oneLine(form.one('alt') ?? '');
    const refuse = (errors: Record<string, string>) => pages.show(c, of, { alt }, errors);
    const wrong = altProblem(alt);
    if (wrong !== null) return refuse({ alt: wrong });
    const bytes = picture as Buffer | 'too-large' | null;
    if (bytes === 'too-large') return refuse({ icon: TOO_LARGE });
    const done = { kind: 'done', text: 'The icon is saved.' } as const;
    if (bytes === null) {
      const described = await db.write((tx) => describeIcon(tx, now(), accountId, pseud.publicId, alt));
      return described ? seeOther(c, pseudPath(pseud.publicId), done) : refuse({ icon: 'Choose a picture.' });
    }
    const wait = await handedOver.take(String(accountId));
    if (wait !== null)
      return refuse({ icon: `You have tried many pictures. Try again in ${Math.ceil(wait / 60)} minutes.` });
    const made = await maker.make(bytes);
    if ('sentence' in made) return refuse({ icon: made.sentence });
    const blob = await files.put(made.icon);
    const changed = await db.write((tx) => changeIcon(tx, now(), accountId, pseud.publicId, { blob, alt }));
    if (changed) return seeOther(c, pseudPath(pseud.publicId), done);
    await files.remove(blob);
    return c.notFound();
  });

  web.post('/account/pseuds/:id/icon/removal', async (c) => {
    const of = await pages.toChange(c);
    if (!of) return c.notFound();
    const removed = await db.write((tx) => removeIcon(tx, now(), of.accountId, of.pseud.publicId));
    return removed
      ? seeOther(c, pseudPath(of.pseud.publicId), { kind: 'done', text: 'The icon is removed.' })
      : c.notFound();
  });
}

/** A file whole, read to its end; of one that is too large nothing is kept. */
async function bytesOf(file: Readable): Promise<Buffer | 'too-large'> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of file as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size <= ICON_BYTES) pieces.push(piece);
  }
  return size > ICON_BYTES ? 'too-large' : Buffer.concat(pieces);
}
