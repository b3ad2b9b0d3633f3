/** The lists of the archive: home, all works, fandoms, a tag, a creator, a series. */
import type { Hono } from 'hono';
import type { Ground } from '../../platform/ground.ts';
import { showPage } from '../../ui/show.ts';
import type { PaginationView } from '../../ui/Pagination.tsx';
import { may, type ArchiveContext, type ArchiveEnv } from '../accounts/index.ts';
import { findSeries, seriesPath } from '../series/index.ts';
import { DEFAULT_SETTINGS, WORKS_PER_PAGE } from '../site/index.ts';
import { findTag, isTagKind, nameFromSlug, tagPath, tagRelations, type Tag } from '../tags/index.ts';
import {
  countSamples,
  creatorPath,
  findCreator,
  isTagInUse,
  ownWorks,
  tagsInUse,
  type ListOf,
} from '../works/index.ts';
import { blurbView, creatorLinks, languageView } from './blurb-view.ts';
import { CreatorPage } from './pages/CreatorPage.tsx';
import { FandomsPage } from './pages/FandomsPage.tsx';
import { HomePage } from './pages/HomePage.tsx';
import { SeriesPage } from './pages/SeriesPage.tsx';
import { TagPage } from './pages/TagPage.tsx';
import { WorksPage, type WorkListView } from './pages/WorksPage.tsx';
import { pageNumber } from './page-number.ts';
import { archiveWords, countedTags, countTagsInUse, listedWithSeries, listPage, type Totals } from './queries.ts';

const HOME_WORKS = 8;
const HOME_FANDOMS = 24;
const ORDER = 'newest first';

export function browseRoutes(web: Hono<ArchiveEnv>, ground: Ground, totals: Totals): void {
  const handle = ground.db.reads;

  const listView = async (c: ArchiveContext, list: ListOf, path: string): Promise<WorkListView | null> => {
    const page = pageNumber(c.req.query('page'));
    if (page === null) return null;
    const [words, found] = await Promise.all([
      archiveWords(handle),
      listPage(handle, c.var.viewer, list, page, totals),
    ]);
    return {
      total: found.total,
      order: ORDER,
      noindex: found.works.some(({ card }) => card.noindex),
      blurbs: found.works.map((work) => blurbView(work, words)),
      pagination: pagination(path, found.page, found.pages),
    };
  };

  web.get('/', async (c) => {
    const { viewer } = c.var;
    const words = await archiveWords(handle);
    const newest = await listPage(handle, viewer, { of: 'everything' }, 1, totals, HOME_WORKS);
    const fandoms = await countedTags(handle, viewer, 'fandom', HOME_FANDOMS);
    return showPage(
      c,
      <HomePage
        site={c.var.site}
        view={{
          totals: {
            works: newest.total,
            words: await totals.words(handle, viewer),
            fandoms: await countTagsInUse(handle, viewer, 'fandom'),
          },
          newest: newest.works.map((work) => blurbView(work, words)),
          fandoms: fandoms.map(({ tag, works }) => ({ name: tag.name, href: tagPath(tag), works })),
          ...(may(viewer, 'configure-site') ? await startHere(c, newest.total) : {}),
        }}
      />,
    );
  });

  /** For the owner of a fresh archive: while the samples are there, or nothing is, or it has no name of its own. */
  const startHere = async (c: ArchiveContext, works: number) => {
    const samples = await countSamples(handle);
    if (samples === 0 && works > 0 && c.var.site.name !== DEFAULT_SETTINGS.name) return {};
    const drafts = await ownWorks(handle, c.var.viewer, 'drafts', { offset: 0, limit: 0 });
    const remove = { works: samples, remove: { action: '/samples/removal' } };
    return { startHere: { drafts: drafts.total, ...(samples > 0 ? { samples: remove } : {}) } };
  };

  web.get('/works', async (c) => {
    const list = await listView(c, { of: 'everything' }, '/works');
    return list
      ? showPage(c, <WorksPage site={c.var.site} view={{ heading: 'All works', list }} />, statusOf(list))
      : c.notFound();
  });

  web.get('/fandoms', async (c) => {
    const fandoms = await countedTags(handle, c.var.viewer, 'fandom', null);
    return showPage(
      c,
      <FandomsPage
        site={c.var.site}
        view={{
          total: fandoms.length,
          groups: byLetter(fandoms.map(({ tag, works }) => ({ name: tag.name, href: tagPath(tag), works }))),
        }}
      />,
    );
  });

  web.get('/tags/:kind/:name', async (c) => {
    const { viewer } = c.var;
    const kind = c.req.param('kind');
    const tag = isTagKind(kind) ? await findTag(handle, kind, nameFromSlug(c.req.param('name'))) : null;
    // A tag that only stands on works the viewer may not see is not there for them: its name may say too much.
    if (!tag || !(tag.canonical || (await isTagInUse(handle, viewer, tag)))) return c.notFound();
    const list = await listView(c, { of: 'tag', tag }, tagPath(tag));
    if (!list) return c.notFound();
    const relations = await tagRelations(handle, tag);
    const shown = await tagsInUse(
      handle,
      viewer,
      relations.synonyms.map((one) => one.id),
    );
    const link = (one: Tag) => ({ name: one.name, href: tagPath(one) });
    return showPage(
      c,
      <TagPage
        site={c.var.site}
        view={{
          name: tag.name,
          kind: tag.kind,
          canonical: tag.canonical,
          synonymOf: relations.canonical ? link(relations.canonical) : null,
          synonyms: relations.synonyms.filter((one) => shown.has(one.id)).map(link),
          metatags: relations.metatags.map(link),
          subtags: relations.subtags.map(link),
          belongsTo: relations.parents.map(link),
          list,
        }}
      />,
      statusOf(list),
    );
  });

  web.get('/creators/:id/:slug?', async (c) => {
    const creator = await findCreator(handle, c.var.viewer, c.req.param('id'));
    if (!creator) return c.notFound();
    const list = await listView(c, { of: 'creator', creator }, creatorPath(creator));
    if (!list) return c.notFound();
    return showPage(
      c,
      <CreatorPage
        site={c.var.site}
        view={{
          name: creator.name,
          imported: creator.kind === 'imported',
          from: creator.site.includes('.') ? creator.site : null,
          list,
        }}
      />,
      statusOf(list),
    );
  });

  web.get('/series/:id/:slug?', async (c) => {
    const page = pageNumber(c.req.query('page'));
    if (page === null) return c.notFound();
    const found = await findSeries(handle, c.var.viewer, c.req.param('id'), {
      offset: (page - 1) * WORKS_PER_PAGE,
      limit: WORKS_PER_PAGE,
    });
    if (!found) return c.notFound();
    const words = await archiveWords(handle);
    const works = await listedWithSeries(
      handle,
      c.var.viewer,
      found.parts.map((part) => part.workId),
    );
    const creators = new Map(
      works
        .flatMap(({ card }) => (card.creators.length > 0 ? creatorLinks(card) : []))
        .map((link) => [link.href, link]),
    );
    const parts = works.map((work) => ({
      position: found.parts.find((part) => part.workId === work.card.id)?.position ?? 0,
      // The page says which part it is; the other series of a work stand on its own page.
      blurb: blurbView({ ...work, series: [] }, words),
    }));
    const view = {
      title: found.series.title,
      language: languageView(found.language, words),
      creators: [...creators.values()],
      total: found.total,
      words: found.words,
      updatedAt: found.updatedAt,
      parts,
      pagination: pagination(seriesPath(found.series), page, Math.ceil(found.total / WORKS_PER_PAGE)),
    };
    return showPage(c, <SeriesPage site={c.var.site} view={view} />, statusOf(view));
  });
}

function pagination(path: string, page: number, pages: number): PaginationView {
  return { page, pages, hrefOf: (number) => (number === 1 ? path : `${path}?page=${number}`) };
}

/** A page beyond the end is an honest 404 that still shows the way back. */
function statusOf({ pagination: { page, pages } }: { pagination: PaginationView }): 200 | 404 {
  return page > pages ? 404 : 200;
}

function byLetter(fandoms: { name: string; href: string; works: number }[]) {
  const groups = new Map<string, typeof fandoms>();
  const sorted = fandoms.toSorted((a, b) => a.name.localeCompare(b.name, 'en'));
  for (const fandom of sorted) {
    const first =
      [...fandom.name.normalize('NFKD').toUpperCase()].find((letter) => /[\p{L}\p{N}]/u.test(letter)) ?? '#';
    const letter = /\p{N}/u.test(first) ? '0–9' : first;
    groups.set(letter, [...(groups.get(letter) ?? []), fandom]);
  }
  return [...groups].map(([letter, list]) => ({ letter, fandoms: list }));
}
