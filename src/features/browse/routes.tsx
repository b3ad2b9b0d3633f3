/** The lists of the archive: home, works, the search box, fandoms, a tag and what it is, a creator, a series. */
import { turn } from '../../platform/threads/turns.ts';
import type { Hono } from 'hono';
import type { VNode } from 'preact';
import { packingFor } from '../../platform/http/compress.ts';
import { packedPage, showPacked, showPage } from '../../ui/show.ts';
import type { PaginationView } from '../../ui/Pagination.tsx';
import type { SiteView } from '../../ui/site-view.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { may, type ArchiveContext, type ArchiveEnv, type Viewer } from '../accounts/index.ts';
import { findSeries, mayOrderSeries, seriesPath } from '../series/index.ts';
import { DEFAULT_SETTINGS, WORKS_PER_PAGE } from '../site/index.ts';
import { findTag, isTagKind, nameFromSlug, tagPath, tagRelations, type Tag } from '../tags/index.ts';
import { countSamples, creatorPath, findCreator, isTagInUse, ownWorks } from '../works/index.ts';
import { askerOf } from './asker.ts';
import { blurbView, creatorLinks, languageView } from './blurb-view.ts';
import { EVERYTHING, type Where } from './browse-query.ts';
import { listPageView, type Browsing, type ListPlace } from './browsing.queries.ts';
import { filteredList } from './filtered-list.queries.ts';
import { NO_FILTER } from './filter/work-filter.ts';
import { keptPages } from './kept-pages.queries.ts';
import { listHref } from './list-address.ts';
import { QUERY_CHARACTERS, readListRequest, shortAsked } from './list-request.ts';
import { CreatorPage } from './pages/CreatorPage.tsx';
import { FandomsPage } from './pages/FandomsPage.tsx';
import type { FilteredListView } from './pages/filtered-list-view.ts';
import { HomePage } from './pages/HomePage.tsx';
import { SeriesPage } from './pages/SeriesPage.tsx';
import { TagAboutPage } from './pages/TagAboutPage.tsx';
import { TagPage } from './pages/TagPage.tsx';
import { WorksPage } from './pages/WorksPage.tsx';
import { pageNumber } from './page-number.ts';
import { archiveWords, listedWithSeries, type ListedWork } from './queries.ts';
import { shownProfile } from './shown-profile.queries.ts';
import { searchedView, withAsked } from './searched-view.ts';
import { understand } from './search-box.queries.ts';
import { aboutPath, kindLineOf, meaningOfTag, tagAboutView } from './tag-about-view.ts';
import { tagAbout, termOf } from './tag-about.queries.ts';
import { withoutTracking } from './tracking.ts';

const HOME_WORKS = 8;
const HOME_FANDOMS = 24;
const ALL_WORKS: ListPlace = { path: '/works', within: [] };

/** The works that were given to a pseud, as far as the viewer sees them; asked only of a pseud whose page the viewer may open. */
export type GiftsTo = (
  handle: Handle,
  viewer: Viewer,
  pseud: { publicId: string; name: string },
) => Promise<{ href: string; works: number }>;

export function browseRoutes(web: Hono<ArchiveEnv>, browsing: Browsing, giftsTo: GiftsTo): void {
  const { handle, now } = browsing.sources;
  const askedIn = (c: ArchiveContext) => browsing.askedBy(askerOf(c.var));
  const kept = keptPages(handle);

  /** What a list's address is answered with: a page, or something else than a page of the list. */
  type Found = { page: VNode; version: number | null } | Response;

  /** A list at an address. Its page is found among those that are kept, or made. */
  const listAt = (path: string, find: (c: ArchiveContext) => Promise<Found>) => {
    web.get(path, async (c) => {
      const { pathname, search } = new URL(c.req.url);
      const clean = withoutTracking(search);
      if (clean !== null) return c.redirect(pathname + clean, 302);
      let other: Response | null = null;
      const packing = packingFor(c.req.header('accept-encoding'));
      const page = await kept.find(c.var.viewer, c.var.site, pathname + search, packing, async () => {
        const found = await find(c);
        await turn();
        if ('page' in found) return { page: await packedPage(found.page, packing), version: found.version };
        other = found;
        return null;
      });
      return page === null ? (other ?? c.notFound()) : showPacked(c, page);
    });
  };

  /** Answers with a list: the panel's form is sent on to the list's own address. */
  const answerList = async (
    c: ArchiveContext,
    place: ListPlace,
    page: (site: SiteView, list: FilteredListView) => VNode,
  ): Promise<Found> => {
    const request = readListRequest(new URL(c.req.url).search);
    if ('form' in request) return c.redirect(listHref(place.path, request.form), 303);
    const { view, status, version } = await listPageView(askedIn(c), c.var.viewer, c.var.site, place, request);
    const canonical = 'filter' in request ? listHref(place.path, request.filter) : place.path;
    const shown = page({ ...c.var.site, path: canonical }, view);
    return status === 200 ? { page: shown, version } : showPage(c, shown, status);
  };

  web.get('/', async (c) => {
    const { viewer } = c.var;
    const words = await archiveWords(handle);
    const newest = await filteredList(askedIn(c).sources, viewer, {
      filter: { ...NO_FILTER, per: HOME_WORKS },
      within: [],
      hide: null,
      words,
      facets: false,
    });
    const [works, { fandoms, counted }] = await Promise.all([
      listedWithSeries(handle, viewer, newest.answer.ids),
      browsing.fandoms.total(viewer),
    ]);
    const shown = counted ? await browsing.fandoms.largest(viewer, HOME_FANDOMS) : fandomsOn(works);
    const { total } = newest.answer;
    return showPage(
      c,
      <HomePage
        site={c.var.site}
        view={{
          totals: {
            works: total,
            words: await browsing.countWords(handle, viewer),
            fandoms,
          },
          newest: works.map((work) => blurbView(work, words)),
          fandoms: shown.map(({ tag, works: count }) => ({ name: tag.name, href: tagPath(tag), works: count })),
          counted,
          ...(may(viewer, 'configure-site') ? await startHere(c, total) : {}),
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

  listAt('/works', (c) =>
    answerList(c, ALL_WORKS, (site, list) => {
      const heading = list.chips.length > 0 || list.search !== null ? 'Works found' : 'All works';
      return (
        <WorksPage site={site} view={{ heading, ...(list.search === null ? {} : { kindLine: 'Search' }), list }} />
      );
    }),
  );

  web.get('/search', async (c) => {
    const { search } = new URL(c.req.url);
    const clean = withoutTracking(search);
    if (clean !== null) return c.redirect(`/search${clean}`, 302);
    const asked = askedIn(c);
    const text = search.length > QUERY_CHARACTERS ? null : shortAsked(c.req.query('q') ?? null);
    if (search.length <= QUERY_CHARACTERS && text === null) return c.redirect('/works', 302);
    const understood = text === null ? readListRequest(search) : await understand(asked.sources, c.var.viewer, text);
    if (text !== null && 'filter' in understood) return c.redirect(withAsked(understood.filter, text), 302);
    const mistakes = 'mistakes' in understood ? understood.mistakes : [];
    const request = { mistakes, rest: NO_FILTER, typed: new URLSearchParams() };
    const { view } = await listPageView(asked, c.var.viewer, c.var.site, ALL_WORKS, request);
    const list = { ...view, search: searchedView(text ?? '', NO_FILTER, []) };
    return showPage(
      c,
      <WorksPage site={c.var.site} view={{ heading: 'Works found', kindLine: 'Search', list }} />,
      400,
    );
  });

  web.get('/fandoms', async (c) => {
    const fandoms = await browsing.fandoms.all(c.var.viewer);
    return showPage(
      c,
      <FandomsPage
        site={c.var.site}
        view={{
          total: fandoms.length,
          counted: fandoms.every(({ works }) => works !== null),
          groups: byLetter(fandoms.map(({ tag, works }) => ({ name: tag.name, href: tagPath(tag), works }))),
        }}
      />,
    );
  });

  /** A tag that only stands on works the viewer may not see is not there for them: its name may say too much. */
  const tagIn = async (c: ArchiveContext): Promise<Tag | null> => {
    const [kind = '', name = ''] = [c.req.param('kind'), c.req.param('name')];
    const tag = isTagKind(kind) ? await findTag(handle, kind, nameFromSlug(name)) : null;
    return tag && (tag.canonical || (await isTagInUse(handle, c.var.viewer, tag))) ? tag : null;
  };

  listAt('/tags/:kind/:name', async (c) => {
    const tag = await tagIn(c);
    if (!tag) return c.notFound();
    const { canonical } = await tagRelations(handle, tag);
    return answerList(c, { path: tagPath(tag), within: [worksOf(canonical ?? tag)] }, (site, list) => (
      <TagPage
        site={site}
        view={{
          name: tag.name,
          kindLine: kindLineOf(tag),
          meaning: meaningOfTag(tag),
          aboutHref: aboutPath(tag),
          synonymOf: canonical && { name: canonical.name, href: tagPath(canonical) },
          list,
        }}
      />
    ));
  });

  web.get('/tags/:kind/:name/about', async (c) => {
    const tag = await tagIn(c);
    if (!tag) return c.notFound();
    const view = tagAboutView(await tagAbout(handle, c.var.viewer, askedIn(c).sources.index, tag));
    return showPage(c, <TagAboutPage site={{ ...c.var.site, path: aboutPath(tag) }} view={view} />);
  });

  listAt('/creators/:id/:slug?', async (c) => {
    const creator = await findCreator(handle, c.var.viewer, c.req.param('id') ?? '');
    if (!creator) return c.notFound();
    const within: Where[] = [{ term: { kind: creator.kind, id: creator.id } }];
    const profile = creator.kind === 'pseud' ? await shownProfile(handle, creator.id, now()) : null;
    const gifts = creator.kind === 'pseud' ? await giftsTo(handle, c.var.viewer, creator) : null;
    return answerList(c, { path: creatorPath(creator), within }, (site, list) => (
      <CreatorPage
        site={site}
        view={{
          name: creator.name,
          imported: creator.kind === 'imported',
          from: creator.site.includes('.') ? creator.site : null,
          profile,
          gifts: gifts && gifts.works > 0 ? gifts : null,
          list,
        }}
      />
    ));
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
      complete: found.complete,
      summary: found.summaryHtml,
      notes: found.notesHtml,
      editHref: (await mayOrderSeries(handle, c.var.viewer, found.series.publicId))
        ? `/series/${found.series.publicId}/edit`
        : null,
      parts,
      pagination: pagination(seriesPath(found.series), page, Math.ceil(found.total / WORKS_PER_PAGE)),
    };
    return showPage(c, <SeriesPage site={c.var.site} view={view} />, page > view.pagination.pages ? 404 : 200);
  });
}

/** The condition of a tag's list. Media have no works of their own. */
function worksOf(concept: Tag): Where {
  const term = termOf(concept);
  return term ? { term } : { not: EVERYTHING };
}

function pagination(path: string, page: number, pages: number): PaginationView {
  return { page, pages, hrefOf: (number) => (number === 1 ? path : `${path}?page=${number}`) };
}

/** While nothing is counted: what a few works are about, by name. */
function fandomsOn(works: readonly ListedWork[]) {
  const tags = new Map(
    works.flatMap(({ card }) => card.tags.filter((tag) => tag.kind === 'fandom').map((tag) => [tag.name, tag])),
  );
  return [...tags.values()]
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
    .slice(0, HOME_FANDOMS)
    .map((tag) => ({ tag, works: null }));
}

function byLetter(fandoms: { name: string; href: string; works: number | null }[]) {
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
