/**
 * A list of works with its filter, as WorksPage, TagPage and CreatorPage show it. Works come first, in reading order too;
 * the filter stands beside them, or on a phone in a sheet that one button opens. Parts with an id are what
 * client/filter-panel.ts renews.
 */
import type { ComponentChildren } from 'preact';
import { Icon } from '../../../ui/icons.tsx';
import { countOf, formatNumber } from '../../../ui/numbers.ts';
import { Pagination } from '../../../ui/Pagination.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { FilterChips } from './FilterChips.tsx';
import { FilterMistakes } from './FilterMistakes.tsx';
import { FilterPanel } from './FilterPanel.tsx';
import type { FilteredListView } from './filtered-list-view.ts';
import { ListedWork } from './ListedWork.tsx';
import { NothingHere, NothingMatches, NothingRead } from './NothingHere.tsx';
import { PageJump } from './PageJump.tsx';
import { SearchUnderstood } from './SearchUnderstood.tsx';

/** `children` is what the list is: its heading, and what stands under that. */
export function FilteredList(props: { site: SiteView; list: FilteredListView; children: ComponentChildren }) {
  const { site, list } = props;
  return (
    <div class="browse">
      <script type="module" src={site.assets('browse.js')}></script>
      <div class="list-column">
        <a class="skip to-filter" href="#filter">
          Skip to the filter
        </a>
        <div class="page-head">{props.children}</div>
        <div class="list-bar">
          <p class="total" id="total" role="status">
            <Total site={site} list={list} />
          </p>
          <button type="button" class="button open-filter" id="open-filter" popovertarget="filter">
            <Icon name="sliders" />
            Filter {list.mistakes.length === 0 && countOf(list.total, 'work', site.locale)}
            {list.chips.length > 0 && (
              <span class="badge">
                {formatNumber(list.chips.length, site.locale)}
                <span class="visually-hidden"> chosen</span>
              </span>
            )}
          </button>
          <SortChoice list={list} />
        </div>
        <div id="asked">
          <FilterMistakes list={list} />
          <SearchUnderstood search={list.search} />
          {list.notices.map((notice) => (
            <p class="remark" dir="auto">
              {notice}
            </p>
          ))}
          <FilterChips chips={list.chips} clearHref={list.clearHref} />
        </div>
        <div id="found">
          <Works site={site} list={list} />
        </div>
      </div>
      <FilterPanel site={site} list={list} />
    </div>
  );
}

/** "1,234 works, newest first · page 2 of 50 · 3 works hidden by your filters" */
function Total({ site: { locale }, list }: { site: SiteView; list: FilteredListView }) {
  const { page, pages } = list.pagination;
  if (list.mistakes.length > 0) return <b>Nothing is listed</b>;
  return (
    <>
      <b>{countOf(list.total, 'work', locale)}</b>
      {list.total > 1 && `, ${list.order}`}
      {pages > 1 && page <= pages && ` · page ${formatNumber(page, locale)} of ${formatNumber(pages, locale)}`}
      {list.hidden > 0 && ` · ${countOf(list.hidden, 'work', locale)} hidden by your filters`}
    </>
  );
}

/** The order is a field of the filter that stands where its effect is seen. The button is for browsers without script. */
function SortChoice({ list: { panel } }: { list: FilteredListView }) {
  if (panel.sorts.length === 0) return null;
  return (
    <div class="sort">
      <label htmlFor="sort">Sort</label>
      <select id="sort" name="sort" form="filters">
        {panel.sorts.map((sort) => (
          <option value={sort.value} selected={sort.chosen}>
            {sort.label.charAt(0).toUpperCase() + sort.label.slice(1)}
          </option>
        ))}
      </select>
      <button type="submit" class="button small no-script" form="filters">
        Sort
      </button>
    </div>
  );
}

function Works({ site, list }: { site: SiteView; list: FilteredListView }) {
  if (list.mistakes.length > 0) return <NothingRead clearHref={list.clearHref} />;
  if (list.works.length === 0) {
    return list.total === 0 && list.clearHref !== null ? (
      <NothingMatches site={site} list={list} clearHref={list.clearHref} />
    ) : (
      <NothingHere site={site} pagination={list.pagination} />
    );
  }
  return (
    <>
      <ol class="blurbs">
        {list.works.map((work) => (
          <ListedWork work={work} />
        ))}
      </ol>
      <Pagination view={list.pagination} locale={site.locale} />
      <PageJump view={list.pagination} />
    </>
  );
}
