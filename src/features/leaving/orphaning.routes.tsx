/** Orphaning, of one work and of several. Both ask first, with nothing chosen. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { readForm } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import type { Language } from '../../ui/site-view.ts';
import { may, seeOther, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { languages } from '../tags/index.ts';
import { findWork, mayChangeWork, workPath, worksOf, type WorkWhole } from '../works/index.ts';
import { orphan } from './actions.ts';
import { ASKED_AT_ONCE } from './leaving.ts';
import { OrphanManyPage, type OrphanManyView } from './pages/OrphanManyPage.tsx';
import { OrphanPage } from './pages/OrphanPage.tsx';

const CHOOSE_NAME = 'Choose whether the name stays.';

/** `noteErased`: puts what was given up on the list beside the database. */
export function orphaningRoutes(web: Hono<ArchiveEnv>, ground: Ground, noteErased: () => Promise<void>): void {
  const { db, now } = ground;

  const languageOf = async (): Promise<(code: string | null) => Language | null> => {
    const known = new Map((await languages(db.reads)).map((one) => [one.code, one]));
    return (code) => {
      const found = known.get(code ?? '');
      return found ? { code: found.code, name: found.name, dir: found.direction } : null;
    };
  };

  const ownWork = async (c: ArchiveContext): Promise<WorkWhole | null> => {
    const work = await findWork(db.reads, c.var.viewer, c.req.param('id') ?? '');
    return work && mayChangeWork(c.var.viewer, work) ? work : null;
  };

  const showOne = async (c: ArchiveContext, work: WorkWhole, error: string | null) => {
    const [own] = await worksOf(db.reads, c.var.viewer.accountId ?? 0, work.id);
    return showPage(
      c,
      <OrphanPage
        site={c.var.site}
        view={{
          title: work.title,
          language: (await languageOf())(work.language),
          shared: own?.shared ?? false,
          posted: work.state === 'posted',
          action: `/works/${work.publicId}/orphaning`,
          workHref: workPath(work),
          error,
        }}
      />,
      error === null ? 200 : 422,
    );
  };

  web.get('/works/:id/orphaning', async (c) => {
    const work = await ownWork(c);
    return work ? showOne(c, work, null) : c.notFound();
  });

  web.post('/works/:id/orphaning', async (c) => {
    const work = await ownWork(c);
    if (!work) return c.notFound();
    const name = nameChoice((await readForm(c)).one('name'));
    const [own] = await worksOf(db.reads, c.var.viewer.accountId ?? 0, work.id);
    if (name === null && !own?.shared) return showOne(c, work, CHOOSE_NAME);
    const answer = await db.writeUnlessRefused((tx) => orphan(tx, now(), c.var.viewer, work.publicId, name === 'keep'));
    if ('refusal' in answer) {
      if (answer.refusal === 'not-found') return c.notFound();
      return showOne(c, work, 'A work that is not posted cannot be orphaned. Post it first, or delete it.');
    }
    await noteErased();
    return seeOther(c, '/account', {
      kind: 'done',
      text: answer.others
        ? 'Your name is taken out. The work stays with its other creators.'
        : 'The work is orphaned. It is not yours any more.',
    });
  });

  const showMany = async (
    c: ArchiveContext,
    accountId: number,
    chosen: readonly string[],
    errors: OrphanManyView['errors'],
  ) => {
    const language = await languageOf();
    const works = (await worksOf(db.reads, accountId)).filter((work) => work.state === 'posted' && !work.deleted);
    return showPage(
      c,
      <OrphanManyPage
        site={c.var.site}
        view={{
          works: works.slice(0, ASKED_AT_ONCE).map((work) => ({
            id: work.publicId,
            title: work.title,
            language: language(work.language),
            words: work.words,
            shared: work.shared,
            chosen: chosen.includes(work.publicId),
          })),
          more: Math.max(0, works.length - ASKED_AT_ONCE),
          errors,
        }}
      />,
      Object.keys(errors).length > 0 ? 422 : 200,
    );
  };

  web.get('/account/orphaning', async (c) => {
    const { viewer } = c.var;
    if (viewer.accountId === null) return c.redirect('/sign-in?return=/account/orphaning');
    return may(viewer, 'change-own-works') ? showMany(c, viewer.accountId, [], {}) : c.notFound();
  });

  web.post('/account/orphaning', async (c) => {
    const { viewer } = c.var;
    if (viewer.accountId === null || !may(viewer, 'change-own-works')) return c.notFound();
    const form = await readForm(c);
    // Ticked in the list of one's own works: what becomes of the names is still to be said.
    const listed = form.all('work');
    if (listed.length > 0) return showMany(c, viewer.accountId, listed, {});
    const chosen = form.all('works');
    const name = nameChoice(form.one('name'));
    const errors = {
      ...(chosen.length === 0 ? { works: 'Choose at least one work.' } : {}),
      ...(name === null ? { name: CHOOSE_NAME } : {}),
    };
    if (Object.keys(errors).length > 0) return showMany(c, viewer.accountId, chosen, errors);
    let done = 0;
    for (const publicId of new Set(chosen)) {
      const answer = await db.writeUnlessRefused((tx) => orphan(tx, now(), viewer, publicId, name === 'keep'));
      if (!('refusal' in answer)) done += 1;
    }
    if (done === 0) return c.notFound();
    await noteErased();
    return seeOther(c, '/account', {
      kind: 'done',
      text: done === 1 ? 'One work is not yours any more.' : `${done} works are not yours any more.`,
    });
  });
}

function nameChoice(typed: string | undefined): 'take' | 'keep' | null {
  return typed === 'take' || typed === 'keep' ? typed : null;
}
