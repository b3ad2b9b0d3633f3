/** What became of reports, for those who made them. */
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Layout } from '../../../ui/Layout.tsx';
import type { SiteView } from '../../../ui/site-view.ts';
import { Time } from '../../../ui/Time.tsx';
import { labelOf, OUTCOMES, REASONS, type ReportState } from '../report.ts';

/** A report as its reporter sees it. */
export interface ReportLine {
  publicId: string;
  /** Empty once what was reported has been erased. */
  path: string;
  reason: string;
  words: string;
  state: ReportState;
  outcome: string | null;
  answer: string;
  createdAt: number;
  closedAt: number | null;
  /** Null while what was reported is there. */
  gone: string | null;
}

export function ReportCard({ site, report }: { site: SiteView; report: ReportLine }) {
  return (
    <>
      <p>
        <b>{labelOf(REASONS, report.reason)}</b>
        {report.path !== '' && <>: {report.gone === null ? <a href={report.path}>{report.path}</a> : report.path}</>}
      </p>
      <p class="small">
        Report {report.publicId}, made on <Time at={report.createdAt} site={site} />
      </p>
      {report.words !== '' && (
        <p class="in-their-words" dir="auto">
          {report.words}
        </p>
      )}
      {report.gone !== null && <p>What you reported has been erased.</p>}
      {report.closedAt === null ? (
        <p>{report.state === 'open' ? 'It has not been read yet.' : 'Somebody is seeing to it.'}</p>
      ) : (
        <>
          <p>
            <b>{report.outcome === null ? 'Closed' : labelOf(OUTCOMES, report.outcome)}</b>,{' '}
            <Time at={report.closedAt} site={site} />
          </p>
          <p class="in-their-words" dir="auto">
            {report.answer}
          </p>
        </>
      )}
    </>
  );
}

export function OwnReportsPage({ site, view }: { site: SiteView; view: { reports: readonly ReportLine[] } }) {
  return (
    <Layout site={site} title="Reports you made" noindex kind="form" reportable={false}>
      <div class="page-head">
        <h1>Reports you made</h1>
        <p>Only you and those who look after this archive can see them.</p>
      </div>
      {view.reports.length === 0 ? (
        <EmptyState title="No reports">
          <p>At the end of every page there is a link by which you can report it.</p>
        </EmptyState>
      ) : (
        <ul class="records">
          {view.reports.map((report) => (
            <li id={`report-${report.publicId}`}>
              <ReportCard site={site} report={report} />
            </li>
          ))}
        </ul>
      )}
    </Layout>
  );
}

/** `address`: the page’s own, which only the reporter has. */
export function ReportAnswerPage({ site, view }: { site: SiteView; view: { report: ReportLine; address: string } }) {
  return (
    <Layout site={site} title="Your report" noindex kind="form" reportable={false}>
      <div class="page-head">
        <h1>Your report</h1>
        <p>
          Keep the address of this page: it is the only way to the answer, and nobody can find it for you again. Whoever
          has it can read what stands here.
        </p>
      </div>
      <p class="secret-link">{view.address}</p>
      <ul class="records">
        <li>
          <ReportCard site={site} report={view.report} />
        </li>
      </ul>
    </Layout>
  );
}
