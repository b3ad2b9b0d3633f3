/** Reads of reports: the queue of those who answer them, and what a reporter is answered. */
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { hashOfSecret, may, type Viewer } from '../accounts/index.ts';
import { workCards } from '../works/index.ts';
import type { Gone } from './gone.ts';
import type { ReportState, SubjectKind } from './report.ts';
import type { ReportsTable } from './tables.ts';
import type { Selectable } from 'kysely';

type ReportRow = Selectable<ReportsTable>;

/** A report as its reporter sees it. */
export interface OwnReport {
  publicId: string;
  path: string;
  reason: string;
  words: string;
  state: ReportState;
  outcome: string | null;
  answer: string;
  createdAt: number;
  closedAt: number | null;
  /** How what was reported went; null while it is there. */
  gone: Gone | null;
}

/** A report as those see it who answer it. */
export interface QueuedReport extends OwnReport {
  id: number;
  subject: ReportedThing;
  /** The pseud that whoever took it in hand goes by. */
  claimedBy: string | null;
  claimedByViewer: boolean;
  fromAccount: boolean;
  email: string | null;
}

/** What is reported, as far as the viewer may know it. */
export interface ReportedThing {
  kind: SubjectKind | 'gone';
  /** Reports with the same key are about the same thing. */
  key: string;
  name: string;
  /** Where moderators see to it; null for what has no such page. */
  moderatedAt: string | null;
}

const ownReport = (row: ReportRow): OwnReport => ({
  publicId: row.public_id,
  path: row.path,
  reason: row.reason,
  words: row.words,
  state: row.state,
  outcome: row.outcome,
  answer: row.state === 'closed' ? row.answer : '',
  createdAt: row.created_at,
  closedAt: row.closed_at,
  gone: row.gone,
});

/** The reports that an account has made, the latest first. */
export async function reportsOf(handle: Handle, accountId: number): Promise<OwnReport[]> {
  const rows = await handle
    .selectFrom('reports')
    .selectAll()
    .where('reporter_id', '=', accountId)
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.map(ownReport);
}

/** The report that a guest’s secret opens; null for any other text. */
export async function reportBySecret(handle: Handle, secret: string): Promise<OwnReport | null> {
  const row = await handle
    .selectFrom('reports')
    .selectAll()
    .where('secret_hash', '=', hashOfSecret(secret))
    .executeTakeFirst();
  return row ? ownReport(row) : null;
}

/** Reports at once in the queue. */
const QUEUE = 500;

/** Reports in the queue, oldest first, or those that were closed, latest first; none for who may not see them. */
export async function queuedReports(
  handle: Handle,
  viewer: Viewer,
  which: 'waiting' | 'closed',
  page: { offset: number; limit: number } = { offset: 0, limit: QUEUE },
): Promise<{ total: number; reports: QueuedReport[] }> {
  if (!may(viewer, 'see-reports')) return { total: 0, reports: [] };
  const reports = handle.selectFrom('reports').where('state', which === 'closed' ? '=' : '<>', 'closed');
  const { total } = await reports.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await reports
    .selectAll()
    .orderBy(which === 'closed' ? 'closed_at' : 'created_at', which === 'closed' ? 'desc' : 'asc')
    .orderBy('id', which === 'closed' ? 'desc' : 'asc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return { total: Number(total), reports: await described(handle, viewer, rows) };
}

/** How many reports wait in the queue; none for who may not see them. */
export async function countReportsWaiting(handle: Handle, viewer: Viewer): Promise<number> {
  if (!may(viewer, 'see-reports')) return 0;
  const { waiting } = await handle
    .selectFrom('reports')
    .where('state', '<>', 'closed')
    .select((count) => count.fn.countAll<number>().as('waiting'))
    .executeTakeFirstOrThrow();
  return Number(waiting);
}

export interface ReportNote {
  by: string | null;
  words: string;
  at: number;
}

/** One report with its notes and the others about the same thing; null for who may not see it. */
export async function findReport(
  handle: Handle,
  viewer: Viewer,
  publicId: string,
): Promise<{ report: QueuedReport; notes: ReportNote[]; alike: QueuedReport[] } | null> {
  if (!isPublicId(publicId) || !may(viewer, 'see-reports')) return null;
  const row = await handle.selectFrom('reports').selectAll().where('public_id', '=', publicId).executeTakeFirst();
  if (!row) return null;
  const others = await handle
    .selectFrom('reports')
    .selectAll()
    .where('subject_kind', '=', row.subject_kind)
    .where('subject_id', '=', row.subject_id)
    .$if(row.subject_id === 0, (query) => query.where('path', '=', row.path))
    .where('id', '<>', row.id)
    .where('subject_kind', '<>', 'gone')
    .orderBy('id', 'desc')
    .limit(50)
    .execute();
  const [report, ...alike] = await described(handle, viewer, [row, ...others]);
  if (!report) return null;
  const notes = await handle
    .selectFrom('report_notes')
    .leftJoin('pseuds', (join) =>
      join.onRef('pseuds.account_id', '=', 'report_notes.account_id').on('pseuds.is_default', '=', 1),
    )
    .select(['pseuds.name as by', 'report_notes.words', 'report_notes.at'])
    .where('report_notes.report_id', '=', row.id)
    .orderBy('report_notes.id')
    .execute();
  return { report, notes, alike };
}

/** Reports with the names of what they are about. A hidden work has none for who gave no reason to look at it. */
async function described(handle: Handle, viewer: Viewer, rows: readonly ReportRow[]): Promise<QueuedReport[]> {
  const ids = (kind: string) => [
    ...new Set(rows.filter((row) => row.subject_kind === kind).map((row) => row.subject_id)),
  ];
  const cards = new Map((await workCards(handle, viewer, ids('work'))).map((card) => [card.id, card.title]));
  const pseuds = new Map(
    (await named(handle, 'pseuds', ids('creator'))).map((row) => [row.id, { name: row.name, publicId: row.public_id }]),
  );
  const holders = [...new Set(rows.flatMap((row) => row.claimed_by ?? []))];
  const claims =
    holders.length === 0
      ? []
      : await handle
          .selectFrom('pseuds')
          .select(['account_id', 'name'])
          .where('is_default', '=', 1)
          .where('account_id', 'in', holders)
          .execute();
  const claimers = new Map(claims.map((row) => [row.account_id, row.name]));
  const thing = (row: ReportRow): ReportedThing => {
    const key = row.subject_kind === 'page' ? row.path : `${row.subject_kind} ${row.subject_id}`;
    const plain = { kind: row.subject_kind, key, moderatedAt: null };
    if (row.gone !== null) return { ...plain, name: GONE_NAMES[row.subject_kind] ?? 'Something that is gone' };
    switch (row.subject_kind) {
      case 'work':
        return {
          ...plain,
          name: cards.get(row.subject_id) ?? 'A work that is hidden or not for everybody',
          moderatedAt: `/moderation/works/${row.path.split('/')[2] ?? ''}`,
        };
      case 'creator': {
        const pseud = pseuds.get(row.subject_id);
        return {
          ...plain,
          name: pseud?.name ?? 'A pseud',
          moderatedAt: pseud ? `/moderation/people/${pseud.publicId}` : null,
        };
      }
      case 'imported-creator':
        return { ...plain, name: 'A name from elsewhere' };
      case 'series':
        return { ...plain, name: 'A series' };
      case 'tag':
        return { ...plain, name: 'A tag' };
      case 'page':
        return { ...plain, name: row.path };
      case 'gone':
        return { ...plain, key: `report ${row.id}`, name: 'Something that is gone' };
    }
  };
  return rows.map((row) => ({
    ...ownReport(row),
    id: row.id,
    subject: thing(row),
    claimedBy: row.claimed_by === null ? null : (claimers.get(row.claimed_by) ?? null),
    claimedByViewer: row.claimed_by !== null && row.claimed_by === viewer.accountId,
    fromAccount: row.secret_hash === null,
    email: row.email,
  }));
}

const GONE_NAMES: Record<string, string> = { work: 'A work that is gone', creator: 'A pseud that is gone' };

function named(handle: Handle, table: 'pseuds', ids: readonly number[]) {
  return ids.length === 0
    ? Promise.resolve([])
    : handle
        .selectFrom(table)
        .select(['id', 'public_id', 'name'])
        .where('id', 'in', [...ids])
        .execute();
}
