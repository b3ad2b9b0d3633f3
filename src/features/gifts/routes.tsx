/** Gifts: of a work, for those who keep it; to an account, for its person; to a pseud, for everybody. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { pageAsked, readForm } from '../../platform/http/form.ts';
import { showPage } from '../../ui/show.ts';
import { seeOther, type ArchiveContext, type ArchiveEnv, type NamesTried } from '../accounts/index.ts';
import { archiveWords, blurbView, creatorLinks, languageView, listedWithSeries } from '../browse/index.ts';
import { WORKS_PER_PAGE } from '../site/index.ts';
import { findWork, mayChangeWork, workCards, workPath, type WorkWhole } from '../works/index.ts';
import { answerGift, giveWork, takeGiftBack, type GiftTo } from './actions.ts';
import { GIFT_NAME_CHARACTERS, giftsPath } from './gift.ts';
import { giftName, givingWords, recipientProblem } from './giving.form.ts';
import { GiftsToPage } from './pages/GiftsToPage.tsx';
import { ReceivedGiftsPage } from './pages/ReceivedGiftsPage.tsx';
import { WorkGiftsPage, type WorkGiftsView } from './pages/WorkGiftsPage.tsx';
import { giftsOfWork, giftsToPseud, giftsToViewer } from './queries.ts';

/** @param tried one count for all ways in: an answer tells who takes gifts. */
export function giftRoutes(web: Hono<ArchiveEnv>, { db, now }: Ground, tried: NamesTried): void {
  const handle = db.reads;

  const ownWork = async (c: ArchiveContext): Promise<WorkWhole | null> => {
    const work = await findWork(handle, c.var.viewer, c.req.param('id') ?? '');
    return work && mayChangeWork(c.var.viewer, work) ? work : null;
  };

  const showGifts = async (
    c: ArchiveContext,
    work: WorkWhole,
    values: WorkGiftsView['values'] = { pseud: '', name: '' },
    errors: WorkGiftsView['errors'] = {},
  ) => {
    const base = `/works/${work.publicId}/gifts`;
    const view: WorkGiftsView = {
      work: {
        title: work.title,
        href: workPath(work),
        language: languageView(work.language, await archiveWords(handle)),
      },
      gifts: (await giftsOfWork(handle, work.id)).map((gift) => ({
        name: gift.name,
        elsewhere: gift.publicId === null,
        state: gift.state,
        takeBack: gift.state === 'refused' ? null : { action: `${base}/${gift.gift}/removal` },
      })),
      action: base,
      values,
      errors,
      limits: { name: GIFT_NAME_CHARACTERS },
    };
    const refused = errors.pseud !== undefined || errors.name !== undefined;
    return showPage(c, <WorkGiftsPage site={c.var.site} view={view} />, refused ? 422 : 200);
  };

  web.get('/works/:id/gifts', async (c) => {
    const work = await ownWork(c);
    return work ? showGifts(c, work) : c.notFound();
  });

  web.post('/works/:id/gifts', async (c) => {
    const work = await ownWork(c);
    if (!work) return c.notFound();
    const form = await readForm(c);
    const elsewhere = form.one('name') !== undefined;
    const field = elsewhere ? 'name' : 'pseud';
    const named = giftName(form.one(field) ?? '');
    const refuse = (sentence: string) =>
      showGifts(c, work, { pseud: '', name: '', [field]: named }, { [field]: sentence });
    const to: GiftTo = elsewhere ? { name: named } : { pseud: named };
    const wrong = await recipientProblem(tried, c.var.viewer, to);
    if (wrong !== null) return refuse(wrong);
    const answer = await db.writeUnlessRefused((tx) => giveWork(tx, now(), c.var.viewer, work.publicId, to));
    if ('refusal' in answer) return answer.refusal === 'not-found' ? c.notFound() : refuse(givingWords(answer, named));
    return seeOther(c, `/works/${work.publicId}/gifts`, {
      kind: 'done',
      text: elsewhere ? `The work says now that it is for ${answer.name}.` : `${answer.name} is asked.`,
    });
  });

  web.post('/works/:id/gifts/:gift/removal', async (c) => {
    const { id, gift } = c.req.param();
    const answer = await db.write((tx) => takeGiftBack(tx, now(), c.var.viewer, id, gift));
    if ('refusal' in answer) return c.notFound();
    return seeOther(c, `/works/${id}/gifts`, { kind: 'done', text: 'The gift is taken back.' });
  });

  web.get('/account/gifts', async (c) => {
    const { viewer } = c.var;
    if (viewer.accountId === null) return c.notFound();
    const received = await giftsToViewer(handle, viewer);
    const ids = received.map((gift) => gift.workId);
    const cards = new Map((await workCards(handle, viewer, ids)).map((card) => [card.id, card]));
    const words = await archiveWords(handle);
    const gifts = received.flatMap((gift) => {
      const card = cards.get(gift.workId);
      if (!card) return [];
      return [
        {
          title: card.title,
          href: workPath(card),
          language: languageView(card.language, words),
          creators: creatorLinks(card),
          pseud: gift.pseud,
          at: gift.at,
          state: gift.state,
          accept: { action: `/account/gifts/${gift.gift}/acceptance` },
          refuse: { action: `/account/gifts/${gift.gift}/refusal` },
        },
      ];
    });
    return showPage(c, <ReceivedGiftsPage site={c.var.site} view={{ gifts }} />);
  });

  const answer = async (c: ArchiveContext, state: 'accepted' | 'refused') => {
    const gift = c.req.param('gift') ?? '';
    const said = await db.write((tx) => answerGift(tx, now(), c.var.viewer, gift, state));
    if ('refusal' in said) return c.notFound();
    return seeOther(c, '/account/gifts', {
      kind: 'done',
      text: state === 'accepted' ? 'The work says now that it is for you.' : 'Your name is not on the work.',
    });
  };
  web.post('/account/gifts/:gift/acceptance', (c) => answer(c, 'accepted'));
  web.post('/account/gifts/:gift/refusal', (c) => answer(c, 'refused'));

  web.get('/creators/:id/:slug/gifts', async (c) => {
    const page = pageAsked(c.req.query('page'));
    const found = await giftsToPseud(handle, c.var.viewer, c.req.param('id'), {
      offset: (page - 1) * WORKS_PER_PAGE,
      limit: WORKS_PER_PAGE,
    });
    if (!found) return c.notFound();
    const words = await archiveWords(handle);
    const works = await listedWithSeries(handle, c.var.viewer, found.ids);
    const path = giftsPath(found);
    const view = {
      name: found.name,
      total: found.total,
      works: works.map((work) => blurbView(work, words)),
      pagination: {
        page,
        pages: Math.max(1, Math.ceil(found.total / WORKS_PER_PAGE)),
        hrefOf: (number: number) => (number === 1 ? path : `${path}?page=${number}`),
      },
    };
    return showPage(c, <GiftsToPage site={c.var.site} view={view} />, page > view.pagination.pages ? 404 : 200);
  });
}
