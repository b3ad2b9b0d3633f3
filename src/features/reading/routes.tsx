/** The work page: title page, chapters one by one, the entire work, and the adult gate before them. */
import type { Hono } from 'hono';
import { scopedIds } from '../../platform/html/ids.ts';
import type { Ground } from '../../platform/ground.ts';
import { askNotToTrain } from '../../platform/http/no-training.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { showPage } from '../../ui/show.ts';
import type { ArchiveContext, ArchiveEnv, Viewer } from '../accounts/index.ts';
import { archiveWordsNow, creatorLinks, describeWork } from '../browse/index.ts';
import { askForReason, whyHidden } from '../moderation/index.ts';
import { seriesPlaces } from '../series/index.ts';
import { sheetAddress, STYLE_COOKIE } from '../skins/index.ts';
import {
  chapterPath,
  chapterTexts,
  deletionStanding,
  entireWorkPath,
  findWork,
  mayChangeWork,
  mayManageWork,
  workCards,
  workPath,
  type WorkWhole,
} from '../works/index.ts';
import { AdultGate } from './pages/AdultGate.tsx';
import { ChapterPage } from './pages/ChapterPage.tsx';
import { EntireWorkPage } from './pages/EntireWorkPage.tsx';
import { WorkPage } from './pages/WorkPage.tsx';
import { togetherOf } from './together.view.ts';
import { chapterHref, chapterLinks, chapterText, workView, type WorkSurroundings } from './work-page-view.ts';

/** What the reading pages need from features above or beside them. */
export interface ReadingNeeds {
  /** Whether the file a work was imported from is kept and the viewer may have it. */
  hasOriginal: (handle: Handle, work: WorkWhole) => Promise<boolean>;
}

export function readingRoutes(web: Hono<ArchiveEnv>, ground: Ground, needs: ReadingNeeds): void {
  const handle = ground.db.reads;
  const wordsNow = archiveWordsNow(handle);

  const skinOf = async (c: ArchiveContext, work: WorkWhole): Promise<WorkSurroundings['skin']> => {
    const sheet = await sheetAddress(handle, c.var.viewer, work.id);
    return sheet === null
      ? null
      : { sheet, on: (c.var.preferences.creatorStyle ?? c.var.cookies.get(c, STYLE_COOKIE)) !== 'off' };
  };

  const seriesAround = async (viewer: Viewer, work: WorkWhole) => {
    const places = await seriesPlaces(handle, viewer, work.id);
    const ids = places.flatMap((place) => [place.previousId, place.nextId]).filter((id) => id !== null);
    const cards = await workCards(handle, viewer, ids);
    return { places, neighbours: new Map(cards.map((card) => [card.id, card])) };
  };

  /** None of these waits for another: on PostgreSQL each question is a way there and back. */
  const surroundings = async (c: ArchiveContext, work: WorkWhole): Promise<WorkSurroundings> => {
    const { viewer } = c.var;
    const mayChange = mayChangeWork(viewer, work);
    const words = wordsNow();
    const [known, series, together, deletionAsked, reason, original, skin] = await Promise.all([
      words,
      seriesAround(viewer, work),
      togetherOf(handle, viewer, work.id, words),
      mayChange && deletionStanding(handle, viewer, work.id).then(({ asked }) => asked),
      work.hidden ? whyHidden(handle, work.id) : null,
      needs.hasOriginal(handle, work),
      skinOf(c, work),
    ]);
    return { words: known, ...series, together, mayChange, deletionAsked, whyHidden: reason, original, skin };
  };

  /** A moderator is asked for a reason before a hidden work; for everybody else it is not there. */
  const nothing = async (c: ArchiveContext) => {
    const reasonFirst = await askForReason(handle, c.var.viewer, c.req.param('id') ?? '');
    return reasonFirst === null ? c.notFound() : c.redirect(reasonFirst, 302);
  };

  /** Works with adult content are read by those who said they are willing; who keeps the work need not be asked. */
  const isGated = (c: ArchiveContext, work: WorkWhole) =>
    work.adult && !c.var.viewer.adult && !mayManageWork(work.relations);

  /** Whoever trains AI is asked to leave the page out, where its creators ask for that. */
  const signal = (c: ArchiveContext, work: WorkWhole) => {
    if (!work.decisions.noAi) return;
    const asked = new Headers();
    askNotToTrain(asked);
    for (const [name, value] of asked) c.header(name, value);
  };

  const gate = async (c: ArchiveContext, work: WorkWhole) => {
    const described = describeWork(work, await wordsNow());
    return showPage(
      c,
      <AdultGate
        site={c.var.site}
        view={{
          title: work.title,
          language: described.language,
          creators: creatorLinks(work),
          rating: described.rating,
          warnings: described.warnings,
          returnTo: c.var.site.path,
          backHref: '/works',
          noTraining: work.decisions.noAi,
        }}
      />,
    );
  };

  web.get('/works/:id/:slug?', async (c) => {
    const work = await findWork(handle, c.var.viewer, c.req.param('id'));
    if (!work) return nothing(c);
    signal(c, work);
    if (isGated(c, work)) return gate(c, work);
    if (c.var.preferences.opens === 'entire' && work.chapters.length > 1) return c.redirect(entireWorkPath(work), 302);
    const [around, [first]] = await Promise.all([
      surroundings(c, work),
      chapterTexts(handle, work.chapters.slice(0, 1)),
    ]);
    return showPage(
      c,
      <WorkPage
        site={c.var.site}
        view={{
          work: workView(work, around),
          chapters: chapterLinks(work),
          first: first ? chapterText(work, first) : null,
        }}
      />,
    );
  });

  web.get('/works/:id/:slug/entire', async (c) => {
    const work = await findWork(handle, c.var.viewer, c.req.param('id'));
    if (!work) return nothing(c);
    signal(c, work);
    if (isGated(c, work)) return gate(c, work);
    if (work.chapters.length < 2) return c.redirect(workPath(work), 302);
    const [around, chapters] = await Promise.all([surroundings(c, work), chapterTexts(handle, work.chapters)]);
    return showPage(
      c,
      <EntireWorkPage
        site={c.var.site}
        view={{
          work: workView(work, around),
          chapters: chapters.map((chapter) => ({
            ...chapterText(work, { ...chapter, html: scopedIds(chapter.html, `c${chapter.publicId}`) }),
            // Where works open whole, the work's own page is this one.
            href: c.var.preferences.opens === 'entire' ? chapterPath(work, chapter) : chapterHref(work, chapter),
          })),
        }}
      />,
    );
  });

  web.get('/works/:id/:slug/chapters/:chapter', async (c) => {
    const work = await findWork(handle, c.var.viewer, c.req.param('id'));
    const head = work?.chapters.find((chapter) => chapter.publicId === c.req.param('chapter'));
    if (!work) return nothing(c);
    if (!head) return c.notFound();
    signal(c, work);
    if (isGated(c, work)) return gate(c, work);
    const [around, [chapter]] = await Promise.all([surroundings(c, work), chapterTexts(handle, [head])]);
    if (!chapter) return c.notFound();
    return showPage(
      c,
      <ChapterPage
        site={c.var.site}
        view={{
          work: workView(work, around),
          chapters: chapterLinks(work),
          chapter: chapterText(work, chapter),
        }}
      />,
    );
  });
}
