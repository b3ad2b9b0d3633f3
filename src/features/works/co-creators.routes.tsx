/** The creators of a work, for those who keep it; and the page where an account answers what others ask of it. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { may, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { UNDO_DAYS } from '../site/index.ts';
import { languages } from '../tags/index.ts';
import { answerCreatorInvitation, inviteCreator, leaveWork, withdrawCreatorInvitation } from './co-creators.actions.ts';
import { creatorsAndInvited, deletionsAsked, invitationsToCreate } from './co-creators.queries.ts';
import { withdrawDeletion } from './deletion.actions.ts';
import { languageViews } from './form-view.ts';
import { CoCreationPage } from './pages/CoCreationPage.tsx';
import { CreatorsPage } from './pages/CreatorsPage.tsx';
import { invitedName, invitingWords, nameProblem, type InvitingNeeds } from './inviting.form.ts';
import { findWork } from './work.queries.ts';
import { mayChangeWork } from './visibility.ts';
import { workPath, type WorkWhole } from './work.ts';

/** `noteErased`: puts who has left for good on the list beside the database. */
export function coCreatorRoutes(
  web: Hono<ArchiveEnv>,
  { db, now }: Ground,
  { tried, noteErased }: InvitingNeeds & { noteErased: () => Promise<void> },
): void {
  const handle = db.reads;

  const ownWork = async (c: ArchiveContext): Promise<WorkWhole | null> => {
    const work = await findWork(handle, c.var.viewer, c.req.param('id') ?? '');
    return work && mayChangeWork(c.var.viewer, work) ? work : null;
  };
  const languageOf = async (code: string | null) => languageViews(await languages(handle)).get(code ?? '') ?? null;

  const showCreators = async (c: ArchiveContext, work: WorkWhole, typed = '', error: string | null = null) => {
    const base = `/works/${work.publicId}/creators`;
    const { creators, invited, refused } = await creatorsAndInvited(handle, c.var.viewer, work.id);
    const several = creators.filter((creator) => creator.kind === 'pseud').length > 1;
    const view = {
      work: { title: work.title, href: workPath(work), language: await languageOf(work.language) },
      creators: creators.map((creator) => ({
        name: creator.name,
        imported: creator.kind === 'imported',
        own: creator.own,
        leave: creator.own && several ? { action: `${base}/${creator.publicId}/leaving` } : null,
      })),
      invited: invited.map((one) => ({
        name: one.name,
        withdraw: { action: `${base}/invitations/${one.invitation}/withdrawal` },
      })),
      refused,
      action: base,
      typed,
      error,
    };
    return showPage(c, <CreatorsPage site={c.var.site} view={view} />, error === null ? 200 : 422);
  };

  web.get('/works/:id/creators', async (c) => {
    const work = await ownWork(c);
    return work ? showCreators(c, work) : c.notFound();
  });

  web.post('/works/:id/creators', async (c) => {
    const work = await ownWork(c);
    if (!work) return c.notFound();
    const typed = invitedName((await readForm(c)).one('name') ?? '');
    const wrong = await nameProblem(tried, c.var.viewer, typed);
    if (wrong !== null) return showCreators(c, work, typed, wrong);
    const answer = await db.writeUnlessRefused((tx) => inviteCreator(tx, now(), c.var.viewer, work.publicId, typed));
    if ('refusal' in answer)
      return answer.refusal === 'not-found' ? c.notFound() : showCreators(c, work, typed, invitingWords(answer, typed));
    return seeOther(c, `/works/${work.publicId}/creators`, { kind: 'done', text: `${answer.name} is invited.` });
  });

  web.post('/works/:id/creators/invitations/:invitation/withdrawal', async (c) => {
    const { id, invitation } = c.req.param();
    const answer = await db.write((tx) => withdrawCreatorInvitation(tx, now(), c.var.viewer, id, invitation));
    if ('refusal' in answer) return c.notFound();
    return seeOther(c, `/works/${id}/creators`, { kind: 'done', text: 'The invitation is withdrawn.' });
  });

  web.post('/works/:id/creators/:creator/leaving', async (c) => {
    const { id, creator } = c.req.param();
    const answer = await db.write((tx) => leaveWork(tx, now(), c.var.viewer, id, creator));
    if ('refusal' in answer) {
      if (answer.refusal === 'not-found') return c.notFound();
      const text = 'The last creator with an account here cannot leave a work.';
      return seeOther(c, `/works/${id}/creators`, { kind: 'refused', text });
    }
    await noteErased();
    // Another pseud of theirs may stand in the byline still.
    const next = (await ownWork(c)) ? `/works/${id}/creators` : '/drafts';
    return seeOther(c, next, { kind: 'done', text: 'You have left the byline.' });
  });

  web.post('/works/:id/deletion/withdrawal', async (c) => {
    const { id } = c.req.param();
    const answer = await db.write((tx) => withdrawDeletion(tx, now(), c.var.viewer, id));
    if ('refusal' in answer) return c.notFound();
    return seeOther(c, `/works/${id}`, { kind: 'done', text: 'The work stays.' });
  });

  web.get('/account/co-creation', async (c) => {
    const { viewer } = c.var;
    if (viewer.accountId === null) return c.notFound();
    const known = languageViews(await languages(handle));
    const view = {
      invitations: (await invitationsToCreate(handle, viewer)).map(({ invitation, language, ...one }) => ({
        ...one,
        language: known.get(language ?? '') ?? null,
        accept: { action: `/account/co-creation/${invitation}/acceptance` },
        refuse: { action: `/account/co-creation/${invitation}/refusal` },
      })),
      deletions: (await deletionsAsked(handle, viewer)).map((work) => ({
        title: work.title,
        language: known.get(work.language ?? '') ?? null,
        href: `/works/${work.publicId}/delete`,
      })),
    };
    return showPage(c, <CoCreationPage site={c.var.site} view={view} />);
  });

  const answer = async (c: ArchiveContext, said: 'accept' | 'refuse') => {
    const { viewer } = c.var;
    if (!may(viewer, 'change-own-works')) return c.notFound();
    const invitation = c.req.param('invitation') ?? '';
    const work = await db.write((tx) => answerCreatorInvitation(tx, now(), viewer, invitation, said));
    if ('refusal' in work) return c.notFound();
    if (said === 'refuse') return seeOther(c, '/account/co-creation', { kind: 'done', text: 'You have said no.' });
    return seeOther(c, workPath(work), {
      kind: 'done',
      text: 'You are a creator of this work now.',
    });
  };
  web.post('/account/co-creation/:invitation/acceptance', (c) => answer(c, 'accept'));
  web.post('/account/co-creation/:invitation/refusal', (c) => answer(c, 'refuse'));
}

/** What is said when a work was deleted, or its other creators are asked first. */
export function deletionSentence(deleted: boolean): string {
  return deleted
    ? `The work is deleted. You can take that back for ${UNDO_DAYS} days.`
    : 'The other creators are asked. The work is deleted when all of them have agreed.';
}
