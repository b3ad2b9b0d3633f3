/**
 * The series of works for an index of lists. A series names the creators of its works, so an anonymous work stands in
 * none here. No viewer: what is read here may be counted and filtered by, and shown to nobody.
 */
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import '../works/index.ts';
import './tables.ts';

/** The ids of the series that works stand in, ascending, by the work's id: of these works, or of a range of ids. */
export async function seriesForIndex(
  handle: Handle,
  which: { ids: readonly number[] } | { from: number; to: number },
): Promise<Map<number, number[]>> {
  const places = handle
    .selectFrom('series_works')
    .innerJoin('works', 'works.id', 'series_works.work_id')
    .innerJoin('series', 'series.id', 'series_works.series_id')
    .select(['series_works.work_id', 'series_works.series_id'])
    .where('works.anonymous', '=', 0)
    .where('series.deleted_at', 'is', null)
    .orderBy('series_works.work_id')
    .orderBy('series_works.series_id');
  const rows =
    'ids' in which
      ? (
          await Promise.all(
            chunks([...new Set(which.ids)]).map((piece) => places.where('series_works.work_id', 'in', piece).execute()),
          )
        ).flat()
      : await places
          .where('series_works.work_id', '>=', which.from)
          .where('series_works.work_id', '<=', which.to)
          .execute();
  const series = new Map<number, number[]>();
  for (const row of rows) {
    const list = series.get(row.work_id);
    if (list) list.push(row.series_id);
    else series.set(row.work_id, [row.series_id]);
  }
  return series;
}
