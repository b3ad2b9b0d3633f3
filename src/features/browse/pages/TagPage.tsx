/** The works that a tag finds, under what the tag is in one sentence. */
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { FilteredList } from './FilteredList.tsx';
import type { FilteredListView } from './filtered-list-view.ts';
import { pageTitle } from './NothingHere.tsx';
import { TagMeaning } from './TagMeaning.tsx';

export interface TagView {
  name: string;
  /** "Fandom, canonical tag" */
  kindLine: string;
  /** One sentence on what the list finds. */
  meaning: string;
  /** The page about the tag. */
  aboutHref: string;
  /** Set on a synonym: the canonical tag whose works it finds. */
  synonymOf: { name: string; href: string } | null;
  list: FilteredListView;
}

export function TagPage({ site, view }: { site: SiteView; view: TagView }) {
  return (
    <Layout site={site} title={pageTitle(view.name, view.list)} canonical={site.path} noindex={view.list.noindex}>
      <FilteredList site={site} list={view.list}>
        <p class="eyebrow">{view.kindLine}</p>
        <h1 dir="auto">{view.name}</h1>
        <TagMeaning meaning={view.meaning} synonymOf={view.synonymOf}>
          {' '}
          <a href={view.aboutHref}>About this tag</a>
        </TagMeaning>
      </FilteredList>
    </Layout>
  );
}
