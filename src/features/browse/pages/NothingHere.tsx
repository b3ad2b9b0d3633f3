/** What stands in place of works where there are none: the way back, what is in the way, or what will come to be here. */
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ButtonLink } from '../../../ui/Form.tsx';
import { countOf, formatNumber } from '../../../ui/numbers.ts';
import type { PaginationView } from '../../../ui/Pagination.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Chip } from './FilterChips.tsx';
import type { FilteredListView } from './filtered-list-view.ts';

/** The heading with the page's number from the second page on, so that open tabs can be told apart. */
export function pageTitle(heading: string, { pagination }: { pagination: PaginationView }): string {
  return pagination.page > 1 ? `${heading}, page ${pagination.page}` : heading;
}

/** For a list that is empty, or ends before the page that was asked for. */
export function NothingHere({ site, pagination }: { site: SiteView; pagination: PaginationView }) {
  if (pagination.page > pagination.pages) return <NoSuchPage site={site} pagination={pagination} />;
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

/** For a list that a filter has emptied. `clearHref` is the list without the filter. */
export function NothingMatches(props: { site: SiteView; list: FilteredListView; clearHref: string }) {
  const { site, list, clearHref } = props;
  const { hidden, withoutOne } = list;
  return (
    <EmptyState title="No work matches all of this" icon="list">
      {hidden > 0 && <p>Some works do match, and your own filters hide them.</p>}
      {withoutOne === null && <p>Take a condition away above: each is a link that does so.</p>}
      {withoutOne?.length === 0 && <p>No condition stands in the way alone: take two or more away.</p>}
      {withoutOne !== null && withoutOne.length > 0 && <WithoutOne site={site} conditions={withoutOne} />}
      <div class="actions">
        <ButtonLink href={clearHref}>Clear the filter</ButtonLink>
      </div>
    </EmptyState>
  );
}

/** Which condition to drop: each as its chip, with the works there would be. */
function WithoutOne(props: { site: SiteView; conditions: NonNullable<FilteredListView['withoutOne']> }) {
  return (
    <>
      <p id="without-one">Take {props.conditions.length === 1 ? 'this' : 'one of these'} away, and there are works:</p>
      <ul class="without-one" aria-labelledby="without-one">
        {props.conditions.map(({ chip, works }) => (
          <li>
            <Chip chip={chip} /> <span>{countOf(works, 'work', props.site.locale)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** For a filter that cannot be read: a list made from half of it would promise more than was asked. */
export function NothingRead({ clearHref }: { clearHref: string | null }) {
  return (
    <EmptyState title="No works rather than the wrong ones" icon="list">
      <p>The list is back as soon as that is mended.</p>
      {clearHref !== null && (
        <div class="actions">
          <ButtonLink href={clearHref}>Clear the filter</ButtonLink>
        </div>
      )}
    </EmptyState>
  );
}

function NoSuchPage({ site, pagination: { page, pages, hrefOf } }: { site: SiteView; pagination: PaginationView }) {
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
