/** Invitations, for those who may give some. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { showPage } from '../../ui/show.ts';
import { siteSettings } from '../site/index.ts';
import { INVITATION_MS } from './account.ts';
import { makeInvitation, withdrawInvitation } from './invitations.actions.ts';
import { invitationsLeft, invitationsOf } from './invitations.queries.ts';
import { InvitationsPage, type InvitationsView } from './pages/InvitationsPage.tsx';
import { neverKept, seeOther, type ArchiveContext, type ArchiveEnv } from './web.ts';

const DAY_MS = 86_400_000;

export function invitationRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now } = ground;

  /** The page, or null for who has none to give and has never given one. */
  const viewFor = async (c: ArchiveContext, accountId: number): Promise<InvitationsView | null> => {
    const left = await invitationsLeft(db.reads, now(), c.var.viewer);
    const own = await invitationsOf(db.reads, now(), accountId);
    if (left === 0 && own.length === 0) return null;
    const { joining } = await siteSettings(db.reads);
    const invitations = own.map(({ publicId, ...invitation }) => ({
      ...invitation,
      withdraw: `/invitations/${publicId}/withdrawal`,
    }));
    return { left, invitations, joining, days: INVITATION_MS / DAY_MS };
  };

  web.get('/invitations', async (c) => {
    const { accountId } = c.var.viewer;
    const view = accountId === null ? null : await viewFor(c, accountId);
    return view === null ? c.notFound() : showPage(c, <InvitationsPage site={c.var.site} view={view} />);
  });

  web.post('/invitations', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null || (await viewFor(c, accountId)) === null) return c.notFound();
    const viewer = { ...c.var.viewer, accountId };
    const made = await db.writeUnlessRefused((tx) => makeInvitation(tx, now(), viewer));
    const view = await viewFor(c, accountId);
    if (view === null) return c.notFound();
    if ('refusal' in made) {
      const refused = { ...view, error: 'You have given all the invitations that you may give.' };
      return showPage(c, <InvitationsPage site={c.var.site} view={refused} />, 422);
    }
    const href = `${c.var.site.origin}/join?invitation=${made.code}`;
    return neverKept(
      showPage(c, <InvitationsPage site={c.var.site} view={{ ...view, made: { code: made.code, href } }} />),
    );
  });

  web.post('/invitations/:id/withdrawal', async (c) => {
    const { accountId } = c.var.viewer;
    if (accountId === null) return c.notFound();
    const own = await db.write((tx) => withdrawInvitation(tx, now(), accountId, c.req.param('id')));
    if (!own) return c.notFound();
    return seeOther(c, '/invitations', {
      kind: 'done',
      text: 'The invitation is withdrawn, unless it was used before.',
    });
  });
}
