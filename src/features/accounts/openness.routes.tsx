/** The form by which a person says which of their pseuds may be asked, and for what. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { setOpenness } from './openness.actions.ts';
import { may } from './viewer.ts';
import { seeOther, type ArchiveEnv } from './web.ts';

export function opennessRoutes(web: Hono<ArchiveEnv>, { db, now }: Ground): void {
  web.post('/account/openness', async (c) => {
    const { viewer } = c.var;
    const { accountId } = viewer;
    if (accountId === null || !may(viewer, 'change-own-pseuds')) return c.notFound();
    const form = await readForm(c);
    const open = { coCreation: form.all('coCreation'), gifts: form.all('gifts') };
    await db.write((tx) => setOpenness(tx, now(), accountId, open));
    return seeOther(c, '/account#together', { kind: 'done', text: 'Saved: who may ask you for what.' });
  });
}
