/**
 * The filter as a form that is sent by GET, so that it works wholly without script. It is a popover: a sheet on a phone,
 * opened by a button without script too; on a wide screen the style sheet lets it stand beside the list.
 */
import { Icon } from '../../../ui/icons.tsx';
import { countOf } from '../../../ui/numbers.ts';
import type { SiteView } from '../../../ui/site-view.ts';
import './elements.ts';
import { FacetGroup } from './FacetGroup.tsx';
import { FieldMistake, mistakeId } from './FieldMistake.tsx';
import { FilterChips } from './FilterChips.tsx';
import { groupId } from './field-ids.ts';
import type { FilteredListView, FilterPanelView, FlagView } from './filtered-list-view.ts';
import { RangeFields } from './RangeFields.tsx';

/** Where the list stands behind its sheet, what is chosen stays at the top of that. */
export function FilterPanel({ site, list }: { site: SiteView; list: FilteredListView }) {
  const { panel, clearHref } = list;
  return (
    <search class="filter" id="filter" popover="auto" tabIndex={-1} aria-labelledby="filter-title">
      <filter-panel>
        <form id="filters" method="get" action={panel.action}>
          <input type="hidden" name="form" value="1" />
          {panel.carried.map(({ name, value }) => (
            <input type="hidden" name={name} value={value} />
          ))}
          <div class="filter-head">
            <h2 id="filter-title">Filter</h2>
            {clearHref !== null && (
              <a class="clear" href={clearHref}>
                Clear all
              </a>
            )}
            <button
              type="button"
              class="button plain small close-filter"
              popovertarget="filter"
              popovertargetaction="hide"
              aria-label="Close the filter"
            >
              <Icon name="cross" />
            </button>
            <FilterChips chips={list.chips} clearHref={null} />
          </div>
          <SearchWithin panel={panel} />
          {!panel.counted && <p class="remark">Counts are not ready yet; the total is exact.</p>}
          {panel.groups.map((group) => (
            <FacetGroup site={site} group={group} mistake={panel.mistakes.get(group.field)} />
          ))}
          <RangeFields site={site} panel={panel} />
          {panel.flags.map((flag) => (
            <Flag site={site} flag={flag} mistake={panel.mistakes.get(flag.field)} />
          ))}
          <div class="filter-foot">
            <button type="submit" class="button primary">
              Show {list.mistakes.length === 0 ? countOf(panel.total, 'work', site.locale) : 'works'}
            </button>
          </div>
        </form>
      </filter-panel>
    </search>
  );
}

function SearchWithin({ panel }: { panel: FilterPanelView }) {
  const mistake = panel.mistakes.get('q') ?? panel.mistakes.get('in');
  return (
    <div class="within">
      <label htmlFor="q">Words in these works</label>
      <input
        type="search"
        id="q"
        name="q"
        value={panel.q}
        dir="auto"
        autoComplete="off"
        aria-describedby={mistake === undefined ? undefined : mistakeId('q')}
        aria-invalid={mistake === undefined ? undefined : 'true'}
      />
      <FieldMistake field="q" mistake={mistake} />
      <label class="choice">
        <input type="checkbox" name="in" value="text" checked={panel.inText} />
        <span>Also inside the stories</span>
      </label>
      {panel.alsoAsked.map((condition) => (
        <p class="remark" dir="auto">
          Also asked: {condition}
        </p>
      ))}
    </div>
  );
}

/** A question with three answers. */
function Flag({ site, flag, mistake }: { site: SiteView; flag: FlagView; mistake: string | undefined }) {
  const answers = [
    { value: '', words: flag.words.either },
    { value: 'yes', words: flag.words.yes },
    { value: 'no', words: flag.words.no },
  ];
  return (
    <fieldset class="flag" id={groupId(flag.field)}>
      <legend>
        {flag.label}
        {flag.works !== null && <small> {countOf(flag.works, 'work', site.locale)}</small>}
      </legend>
      <div class="segments">
        {answers.map(({ value, words }) => (
          <label>
            <input type="radio" name={flag.field} value={value} checked={(flag.chosen ?? '') === value} />
            {words}
          </label>
        ))}
      </div>
      <FieldMistake field={flag.field} mistake={mistake} />
    </fieldset>
  );
}
