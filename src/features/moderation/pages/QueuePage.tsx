/** The queue of reports, grouped by what they are about. */
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { countOf } from '../../../ui/numbers.ts';
import { Pagination, type PaginationView } from '../../../ui/Pagination.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { GONE_WORDS, type Gone } from '../gone.ts';
import { labelOf, OUTCOMES, REASONS, type ReportState } from '../report.ts';
import { ModerationLayout } from './ModerationLayout.tsx';

export interface QueuedLine {
  href: string;
  reason: string;
  state: ReportState;
  outcome: string | null;
  claimedBy: string | null;
  createdAt: number;
}

export interface QueueGroup {
  name: string;
  /** Where the thing itself stands, or stood; empty when nothing of it is kept. */
  path: string;
  gone: Gone | null;
  moderatedAt: string | null;
  reports: QueuedLine[];
}

export interface QueueView {
  closed: boolean;
  total: number;
  groups: QueueGroup[];
  pagination: PaginationView;
}

export function QueuePage({ site, view }: { site: SiteView; view: QueueView }) {
  return (
    <ModerationLayout
      site={site}
      title="Moderation"
      lead={
        view.closed ? (
          <>
            {countOf(view.total, 'closed report', site.locale)}. <a href="/moderation">Those that wait</a>
          </>
        ) : (
          <>
            {countOf(view.total, 'report', site.locale)} to see to. <a href="/moderation?state=closed">Closed ones</a>
          </>
        )
      }
    >
      {view.groups.length === 0 && (
        <EmptyState title={view.closed ? 'Nothing was closed yet' : 'Nothing to see to'}>
          <p>Reports come from the link at the end of every page.</p>
        </EmptyState>
      )}
      <ul class="records">
        {view.groups.map((group) => (
          <li>
            <h2 dir="auto">{group.name}</h2>
            <p class="small">
              <SubjectPath path={group.path} gone={group.gone} />
              {group.moderatedAt !== null && (
                <>
                  {' · '}
                  <a href={group.moderatedAt}>What can be done</a>
                </>
              )}
            </p>
            <ul>
              {group.reports.map((report) => (
                <li>
                  <a href={report.href}>{labelOf(REASONS, report.reason)}</a>,{' '}
                  <Time at={report.createdAt} site={site} />
                  {', '}
                  {stateWords(report)}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <Pagination view={view.pagination} locale={site.locale} />
    </ModerationLayout>
  );
}

/** The address of what is reported, and how it went where it is gone. */
export function SubjectPath({ path, gone }: { path: string; gone: Gone | null }) {
  if (gone === null) return path === '' ? null : <a href={path}>{path}</a>;
  return (
    <>
      {path !== '' && `It stood at ${path}. `}
      {GONE_WORDS[gone]}
    </>
  );
}

export function stateWords(report: Pick<QueuedLine, 'state' | 'outcome' | 'claimedBy'>): string {
  if (report.state === 'closed')
    return report.outcome === null ? 'closed' : `closed: ${labelOf(OUTCOMES, report.outcome).toLowerCase()}`;
  if (report.state === 'open') return 'open';
  return report.claimedBy === null ? 'in hand' : `in hand, by ${report.claimedBy}`;
}
