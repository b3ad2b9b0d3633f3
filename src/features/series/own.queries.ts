/**
 * Series as those see them who may change them: who made one, and who keeps every work that stands in it. What stands in
 * it and is not theirs to see is not shown to them either.
 */
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely';
import { chunks } from '../../platform/db/chunks.ts';
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Handle, Tables } from '../../platform/db/tables.ts';
import { may, type Viewer } from '../accounts/index.ts';
import { mayKnowCreatorsSql, mayManageSql, visibleWorks, type CleanText } from '../works/index.ts';
import './tables.ts';

/** A series in a list of one's own. */
export interface OwnSeries {
  publicId: string;
  title: string;
  complete: boolean;
  /** How many works stand in it, drafts too, of those that the viewer may see. */
  works: number;
  /** When it was deleted; null while it is there. */
  deletedAt: number | null;
}

/** A series as its forms have it. */
export interface EditedSeries {
  id: number;
  publicId: string;
  title: string;
  summary: CleanText;
  notes: CleanText;
  complete: boolean;
  version: number;
  /** In order, those that the viewer may see. */
  parts: { workId: number; publicId: string; title: string; language: string | null; state: string; words: number }[];
}

/** Whether the viewer may change a series, as an expression on its row. */
function mayOrderSql(series: ExpressionBuilder<Tables, 'series'>, viewer: Viewer): Expression<SqlBool> {
  if (viewer.accountId === null) return series.lit(false);
  const works = () =>
    series
      .selectFrom('series_works')
      .innerJoin('works', 'works.id', 'series_works.work_id')
      .select('works.id')
      .whereRef('series_works.series_id', '=', 'series.id');
  return series.or([
    series('series.made_by', '=', viewer.accountId),
    series.and([
      // A series of nothing but deleted works is gone with them, until one is taken back.
      series.exists(works().where('works.deleted_at', 'is', null)),
      series.not(series.exists(works().where((work) => work.not(mayManageSql(work, viewer))))),
    ]),
  ]);
}

function ownSeries(handle: Handle, viewer: Viewer, which: 'there' | 'deleted') {
  return handle
    .selectFrom('series')
    .where('series.deleted_at', which === 'there' ? 'is' : 'is not', null)
    .where((series) => (may(viewer, 'change-own-works') ? mayOrderSql(series, viewer) : series.lit(false)));
}

/**
 * The viewer's own series by title. Looked for among what they made and where their works stand: of all series in an
 * archive hardly one is theirs.
 */
export async function listOwnSeries(
  handle: Handle,
  viewer: Viewer,
  which: 'there' | 'deleted' = 'there',
): Promise<OwnSeries[]> {
  const { accountId } = viewer;
  if (accountId === null) return [];
  const rows = await ownSeries(handle, viewer, which)
    .where((series) =>
      series.or([
        series('series.made_by', '=', accountId),
        series(
          'series.id',
          'in',
          series
            .selectFrom('series_works')
            .innerJoin('work_creators', 'work_creators.work_id', 'series_works.work_id')
            .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
            .where('pseuds.account_id', '=', accountId)
            .select('series_works.series_id'),
        ),
        series(
          'series.id',
          'in',
          series
            .selectFrom('series_works')
            .innerJoin('works', 'works.id', 'series_works.work_id')
            .innerJoin('pseuds', 'pseuds.id', 'works.archived_by')
            .where('pseuds.account_id', '=', accountId)
            .select('series_works.series_id'),
        ),
      ]),
    )
    .select(['id', 'public_id', 'title', 'complete', 'deleted_at'])
    .orderBy('title')
    .orderBy('id')
    .execute();
  const counts = await countParts(
    handle,
    viewer,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    publicId: row.public_id,
    title: row.title,
    complete: row.complete === 1,
    works: counts.get(row.id) ?? 0,
    deletedAt: row.deleted_at,
  }));
}

/** How many works stand in each of the series, of those that the viewer may see. */
async function countParts(handle: Handle, viewer: Viewer, seriesIds: readonly number[]): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  for (const piece of chunks(seriesIds)) {
    const rows = await visibleWorks(handle, viewer)
      .innerJoin('series_works', 'series_works.work_id', 'works.id')
      .where('series_works.series_id', 'in', piece)
      .where((works) => mayKnowCreatorsSql(works, viewer))
      .select(({ fn }) => ['series_works.series_id', fn.countAll<number>().as('works')])
      .groupBy('series_works.series_id')
      .execute();
    for (const row of rows) counts.set(row.series_id, Number(row.works));
  }
  return counts;
}

/** The works of a series that the viewer may see and whose place in it tells them nothing secret, in order. */
export function partsOf(handle: Handle, viewer: Viewer, seriesId: number) {
  return visibleWorks(handle, viewer)
    .innerJoin('series_works', 'series_works.work_id', 'works.id')
    .where('series_works.series_id', '=', seriesId)
    .where((works) => mayKnowCreatorsSql(works, viewer))
    .select(['works.id', 'works.public_id', 'series_works.position'])
    .orderBy('series_works.position')
    .orderBy('works.id');
}

/** A series that the viewer may change; null for everybody else, and for one that is deleted unless that is asked for. */
export async function findOwnSeries(
  handle: Handle,
  viewer: Viewer,
  publicId: string,
  which: 'there' | 'deleted' = 'there',
): Promise<EditedSeries | null> {
  if (!isPublicId(publicId)) return null;
  const row = await ownSeries(handle, viewer, which)
    .where('public_id', '=', publicId)
    .select(['id', 'title', 'summary_source', 'summary_html', 'notes_source', 'notes_html', 'complete', 'version'])
    .executeTakeFirst();
  if (!row) return null;
  const parts = await partsOf(handle, viewer, row.id)
    .select(['works.title', 'works.language', 'works.state', 'works.words'])
    .execute();
  return {
    id: row.id,
    publicId,
    title: row.title,
    summary: { source: row.summary_source, html: row.summary_html },
    notes: { source: row.notes_source, html: row.notes_html },
    complete: row.complete === 1,
    version: row.version,
    parts: parts.map((part) => ({
      workId: part.id,
      publicId: part.public_id,
      title: part.title,
      language: part.language,
      state: part.state,
      words: part.words,
    })),
  };
}

/** Whether the viewer may change a series that is there. */
export async function mayOrderSeries(handle: Handle, viewer: Viewer, publicId: string): Promise<boolean> {
  if (!isPublicId(publicId)) return false;
  const row = await ownSeries(handle, viewer, 'there')
    .where('public_id', '=', publicId)
    .select('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** In which series a work stands, for who may change the work: all of them, whoever made them. */
export async function seriesOfOwnWork(
  handle: Handle,
  viewer: Viewer,
  workId: number,
): Promise<{ publicId: string; title: string }[]> {
  const rows = await handle
    .selectFrom('works')
    .innerJoin('series_works', 'series_works.work_id', 'works.id')
    .innerJoin('series', 'series.id', 'series_works.series_id')
    .where('works.id', '=', workId)
    .where((work) => mayManageSql(work, viewer))
    .where('series.deleted_at', 'is', null)
    .select(['series.public_id', 'series.title'])
    .orderBy('series.id')
    .execute();
  return rows.map((row) => ({ publicId: row.public_id, title: row.title }));
}

/** Ids of series whose deletion can no longer be undone. No viewer: the clock asks. */
export async function seriesPastUndo(handle: Handle, before: number, most: number): Promise<number[]> {
  const rows = await handle
    .selectFrom('series')
    .select('id')
    .where('deleted_at', '<', before)
    .orderBy('deleted_at')
    .limit(most)
    .execute();
  return rows.map((row) => row.id);
}
