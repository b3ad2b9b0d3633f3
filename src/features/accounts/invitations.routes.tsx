/** Invitations, for those who may give some. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { limit } from '../../platform/http/limit.ts';
import { readForm } from '../../platform/http/form.ts';
import { readAddress } from '../../platform/mail/address.ts';
import { showPage } from '../../ui/show.ts';
import { siteSettings } from '../site/index.ts';
import { INVITATION_MS } from './account.ts';
import { inviteByMail } from './invitation-letters.actions.ts';
import { makeInvitation, withdrawInvitation } from './invitations.actions.ts';
import { invitationsLeft, invitationsOf } from './invitations.queries.ts';
import { InvitationsPage, type InvitationsView } from './pages/InvitationsPage.tsx';
import { neverKept, seeOther, type ArchiveContext, type ArchiveEnv } from './web.ts';

const DAY_MS = 86_400_000;

const NONE_LEFT = 'You have given all the invitations that you may give.';

export function invitationRoutes(web: Hono<ArchiveEnv>, ground: Ground): void {
  const { db, now, post } = ground;
  /** Letters to strangers that one account may send a day: an invitation can be withdrawn and sent again. */
  const letters = limit(30, DAY_MS / 1000);

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
    const byMail = post === null ? {} : { byMail: { typed: '' } };
    return { left, invitations, joining, days: INVITATION_MS / DAY_MS, ...byMail };
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
      const refused = { ...view, error: NONE_LEFT };
      return showPage(c, <InvitationsPage site={c.var.site} view={refused} />, 422);
    }
    const href = `${c.var.site.origin}/join?invitation=${made.code}`;
    return neverKept(
      showPage(c, <InvitationsPage site={c.var.site} view={{ ...view, made: { code: made.code, href } }} />),
    );
  });

  web.post('/invitations/letters', async (c) => {
    const { accountId } = c.var.viewer;
    const view = accountId === null || post === null ? null : await viewFor(c, accountId);
    if (view === null || accountId === null) return c.notFound();
    const form = await readForm(c);
    const typed = (form.one('address') ?? '').trim();
    const refuse = (error: string) =>
      showPage(c, <InvitationsPage site={c.var.site} view={{ ...view, byMail: { typed, error } }} />, 422);
    const address = readAddress(typed);
    if (view.left === 0) {
      const refused = { ...view, error: NONE_LEFT };
      return showPage(c, <InvitationsPage site={c.var.site} view={refused} />, 422);
    }
    if (address === null) return refuse('That is no e-mail address. It looks like name@example.org.');
    const wait = await letters.take(String(accountId));
    if (wait !== null) return refuse(`You have sent many today. Try again in ${Math.ceil(wait / 3600)} hours.`);
    const viewer = { ...c.var.viewer, accountId };
    const made = await db.writeUnlessRefused((tx) => inviteByMail(tx, now(), viewer, address));
    if ('refusal' in made) return refuse(NONE_LEFT);
    return seeOther(c, '/invitations', { kind: 'done', text: 'The invitation is on its way.' });
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
