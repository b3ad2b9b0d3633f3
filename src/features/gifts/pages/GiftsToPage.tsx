/** The works that were given to a pseud and accepted by its person. */
import { Blurb, type BlurbProps } from '../../../ui/Blurb.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import { countOf } from '../../../ui/numbers.ts';
import { Pagination, type PaginationView } from '../../../ui/Pagination.tsx';
import type { SiteView } from '../../../ui/site-view.ts';

export interface GiftsToView {
  name: string;
  total: number;
  works: BlurbProps[];
  pagination: PaginationView;
}

export function GiftsToPage({ site, view }: { site: SiteView; view: GiftsToView }) {
  return (
    <Layout
      site={site}
      title={`Gifts to ${view.name}`}
      canonical={view.pagination.hrefOf(view.pagination.page)}
      noindex={view.works.some((one) => one.noindex)}
    >
      <div class="page-head">
        <p class="eyebrow">Gifts</p>
        <h1>
          For <bdi>{view.name}</bdi>
        </h1>
        <ul class="figures" aria-label="Figures">
          <li>{countOf(view.total, 'work', site.locale)}</li>
        </ul>
      </div>
      {view.works.map((blurb) => (
        <Blurb site={site} blurb={blurb} />
      ))}
      {view.works.length === 0 ? (
        <EmptyState title="No gifts here">
          <p>Works that were made for this pseud stand here, once they have accepted them.</p>
        </EmptyState>
      ) : (
        <Pagination view={view.pagination} locale={site.locale} />
      )}
    </Layout>
  );
}
