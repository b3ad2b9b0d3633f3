/**
 * Turning letters of one sort off by the link that stands in each of them, signed in or not: a page for people, and a POST by
 * which mail programs do it at a press of a button (RFC 8058). Neither says whose letters they are.
 */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import type { Seal } from '../../platform/files/seal.ts';
import { showPage } from '../../ui/show.ts';
import { LETTER_CHOICES } from './letter-choices.ts';
import { TurnOffPage } from './pages/TurnOffPage.tsx';
import { turnLettersOff } from './told.actions.ts';
import { turnOffMeant } from './turn-off.ts';
import { neverKept, type ArchiveEnv } from './web.ts';

export function turnOffRoutes(web: Hono<ArchiveEnv>, ground: Ground, seal: Seal): void {
  const { db, now } = ground;

  web.get('/letters/:sealed', async (c) => {
    c.header('X-Robots-Tag', 'noindex');
    const { sealed } = c.req.param();
    const meant = await turnOffMeant(seal, sealed);
    if (meant === null) return c.notFound();
    const view = { when: LETTER_CHOICES[meant.about].label, off: { action: `/letters/${sealed}` } };
    return neverKept(showPage(c, <TurnOffPage site={c.var.site} view={view} />));
  });

  // Answered with a page and no redirect: mail programs follow none.
  web.post('/letters/:sealed', async (c) => {
    c.header('X-Robots-Tag', 'noindex');
    const meant = await turnOffMeant(seal, c.req.param('sealed'));
    if (meant === null) return c.notFound();
    await db.write((tx) => turnLettersOff(tx, now(), meant.accountId, meant.about));
    const view = { when: LETTER_CHOICES[meant.about].label, off: null };
    return neverKept(showPage(c, <TurnOffPage site={c.var.site} view={view} />));
  });
}
