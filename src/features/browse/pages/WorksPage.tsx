/** A list of works: heading, exact total, blurbs, pages. TagPage and CreatorPage show the same list part. */
import { Blurb, type BlurbProps } from '../../../ui/Blurb.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ButtonLink } from '../../../ui/Form.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf, formatNumber } from '../../../ui/numbers.ts';
import { Pagination, type PaginationView } from '../../../ui/Pagination.tsx';
import type { SiteView } from '../../../ui/site-view.ts';

/** A page of a list of works: the part that WorksPage, TagPage and CreatorPage share. */
export interface WorkListView {
  /** Exact number of works in the whole list for this viewer. */
  total: number;
  /** "newest first" */
  order: string;
  /** A work among these is not for search engines, so the page that describes it is not either. */
  noindex: boolean;
  blurbs: BlurbProps[];
  pagination: PaginationView;
}

export interface WorksView {
  /** "Works", "Works in Dracula - Bram Stoker" */
  heading: string;
  /** One line under the heading, for instance "Additional tag". */
  kindLine?: string;
  list: WorkListView;
}

export function WorksPage({ site, view }: { site: SiteView; view: WorksView }) {
  return (
    <Layout site={site} title={pageTitle(view.heading, view.list)} canonical={site.path} noindex={view.list.noindex}>
      <div class="page-head">
        {view.kindLine && <p class="eyebrow">{view.kindLine}</p>}
        <h1 dir="auto">{view.heading}</h1>
        <ListTotal site={site} list={view.list} />
      </div>
      <WorkList site={site} list={view.list} />
    </Layout>
  );
}

/** The heading with the page's number from the second page on, so that open tabs can be told apart. */
export function pageTitle(heading: string, { pagination }: { pagination: PaginationView }): string {
  return pagination.page > 1 ? `${heading}, page ${pagination.page}` : heading;
}

/** "14 works, newest first" */
export function ListTotal({ site, list }: { site: SiteView; list: WorkListView }) {
  return (
    <p class="total">
      <b>{countOf(list.total, 'work', site.locale)}</b>
      {list.total > 1 && `, ${list.order}`}
      {list.pagination.pages > 1 &&
        list.pagination.page <= list.pagination.pages &&
        ` · page ${formatNumber(list.pagination.page, site.locale)} of ${formatNumber(list.pagination.pages, site.locale)}`}
    </p>
  );
}

/** The blurbs and page links, or what to say when there are none. `level` is the rank of the blurbs' headings. */
export function WorkList({ site, list, level = 2 }: { site: SiteView; list: WorkListView; level?: 2 | 3 }) {
  if (list.blurbs.length === 0) return <NothingHere site={site} pagination={list.pagination} />;
  return (
    <>
      <div class="blurbs">
        {list.blurbs.map((blurb) => (
          <Blurb site={site} blurb={blurb} level={level} />
        ))}
      </div>
      <Pagination view={list.pagination} locale={site.locale} />
    </>
  );
}

/** What stands in place of the blurbs where there are none: the way back, or what will come to be here. */
export function NothingHere({ site, pagination }: { site: SiteView; pagination: PaginationView }) {
  const { page, pages, hrefOf } = pagination;
  if (page > pages) {
    return (
      <EmptyState title="No such page" icon="list">
        <p>
          This list has {countOf(pages, 'page', site.locale)}, and the address asks for page{' '}
          {formatNumber(page, site.locale)}.
        </p>
        <div class="actions">
          <ButtonLink href={hrefOf(pages)} look="primary">
            Go to the last page
          </ButtonLink>
          <ButtonLink href={hrefOf(1)}>Go to the first page</ButtonLink>
        </div>
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No works here yet" icon="list">
      <p>Works that belong here appear as soon as they are posted.</p>
      <div class="actions">
        <ButtonLink href="/works">See all works</ButtonLink>
        <ButtonLink href="/fandoms">See the fandoms</ButtonLink>
      </div>
    </EmptyState>
  );
}
