/** The audit log: every use of a moderator's right, with its reason. */
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { countOf } from '../../../ui/numbers.ts';
import { Pagination, type PaginationView } from '../../../ui/Pagination.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { LogRows, type LogLine } from './LogRows.tsx';
import { ModerationLayout } from './ModerationLayout.tsx';

export function LogPage(props: {
  site: SiteView;
  view: { total: number; rows: readonly LogLine[]; pagination: PaginationView };
}) {
  const { site, view } = props;
  return (
    <ModerationLayout
      site={site}
      title="Log"
      lead={`${countOf(view.total, 'row', site.locale)}. What a moderator's right was used for, by whom and why. Nobody can change or remove a row.`}
    >
      {view.total === 0 && (
        <EmptyState title="Nothing yet">
          <p>The first row comes with the first use of a right.</p>
        </EmptyState>
      )}
      <LogRows site={site} rows={view.rows} />
      <Pagination view={view.pagination} locale={site.locale} />
    </ModerationLayout>
  );
}
