/** A list of works that is no tag's and no creator's: all works, or what a search found. */
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { FilteredList } from './FilteredList.tsx';
import type { FilteredListView } from './filtered-list-view.ts';
import { pageTitle } from './NothingHere.tsx';

export interface WorksView {
  /** "All works", "Works found" */
  heading: string;
  /** One line above the heading, for instance "Search". */
  kindLine?: string;
  list: FilteredListView;
}

export function WorksPage({ site, view: { heading, kindLine, list } }: { site: SiteView; view: WorksView }) {
  return (
    <Layout
      site={site}
      title={pageTitle(heading, list)}
      canonical={site.path}
      noindex={list.noindex}
      search={list.search?.text}
    >
      <FilteredList site={site} list={list}>
        {kindLine && <p class="eyebrow">{kindLine}</p>}
        <h1 dir="auto">{heading}</h1>
      </FilteredList>
    </Layout>
  );
}
