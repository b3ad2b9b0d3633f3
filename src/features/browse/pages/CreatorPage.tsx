/** A creator's public works under one name. It never says which account, if any, is behind the name. */
import { Layout } from '../../../ui/Layout.tsx';
import { formatNumber } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import { CreatorProfile, type ProfileView } from './CreatorProfile.tsx';
import { FilteredList } from './FilteredList.tsx';
import type { FilteredListView } from './filtered-list-view.ts';
import { pageTitle } from './NothingHere.tsx';

export interface CreatorView {
  name: string;
  /** A name from outside that has no account here. */
  imported: boolean;
  /** The site an imported name comes from, when its works say so. Never an address: it could name the account there. */
  from: string | null;
  /** What a pseud says of itself; null for nothing. */
  profile: ProfileView | null;
  /** The works that were given to it, in the viewer's lists; null where there are none. */
  gifts: { href: string; works: number } | null;
  list: FilteredListView;
}

export function CreatorPage({ site, view }: { site: SiteView; view: CreatorView }) {
  return (
    <Layout
      site={site}
      title={pageTitle(view.name, view.list)}
      canonical={site.path}
      noindex={view.imported || view.list.noindex}
    >
      <FilteredList site={site} list={view.list}>
        <p class="eyebrow">{view.imported ? 'Imported creator' : 'Creator'}</p>
        <h1 dir="auto">{view.name}</h1>
        {view.imported && (
          <p>These works were brought here from {view.from ?? 'elsewhere'}; this name has no account here.</p>
        )}
        {view.profile && <CreatorProfile profile={view.profile} />}
        {view.gifts && (
          <p>
            <a href={view.gifts.href}>Gifts ({formatNumber(view.gifts.works, site.locale)})</a>
          </p>
        )}
      </FilteredList>
    </Layout>
  );
}
