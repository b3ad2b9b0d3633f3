/**
 * Reads of series. A series is there for those in whose lists one of its works stands. An anonymous work is in no
 * series for those who may not know its creator: the works beside it would name them.
 */
import { chunks } from '../../platform/db/chunks.ts';
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { listedWorks, mayKnowCreatorsSql, visibleWorks } from '../works/index.ts';
import type { Series, SeriesPlace } from './series.ts';
import './tables.ts';

/** A series with the ids of the works that the viewer's lists show of it, in order; null when there are none. */
export async function findSeries(
  handle: Handle,
  viewer: Viewer,
  publicId: string,
): Promise<{ series: Series; parts: { workId: number; position: number }[] } | null> {
  if (!isPublicId(publicId)) return null;
  const row = await handle
    .selectFrom('series')
    .select(['id', 'title'])
    .where('public_id', '=', publicId)
    .executeTakeFirst();
  if (!row) return null;
  const parts = await listedWorks(handle, viewer)
    .innerJoin('series_works', 'series_works.work_id', 'works.id')
    .select(['works.id as workId', 'series_works.position'])
    .where('series_works.series_id', '=', row.id)
    .where((works) => mayKnowCreatorsSql(works, viewer))
    .orderBy('series_works.position')
    .orderBy('works.id')
    .execute();
  return parts.length === 0 ? null : { series: { id: row.id, publicId, title: row.title }, parts };
}

/** In which series the works stand that the viewer may see, and where. */
export async function seriesOfWorks(
  handle: Handle,
  viewer: Viewer,
  workIds: readonly number[],
): Promise<Map<number, { series: Series; position: number }[]>> {
  const places = new Map<number, { series: Series; position: number }[]>();
  for (const piece of chunks(workIds)) {
    const rows = await visibleWorks(handle, viewer)
      .innerJoin('series_works', 'series_works.work_id', 'works.id')
      .innerJoin('series', 'series.id', 'series_works.series_id')
      .select(['works.id as workId', 'series.id', 'series.public_id', 'series.title', 'series_works.position'])
      .where('works.id', 'in', piece)
      .where((works) => mayKnowCreatorsSql(works, viewer))
      .orderBy('series.id')
      .execute();
    for (const row of rows) {
      const list = places.get(row.workId) ?? [];
      list.push({ series: { id: row.id, publicId: row.public_id, title: row.title }, position: row.position });
      places.set(row.workId, list);
    }
  }
  return places;
}

/** A work's places with the works before and after it in the viewer's lists. */
export async function seriesPlaces(handle: Handle, viewer: Viewer, workId: number): Promise<SeriesPlace[]> {
  const places: SeriesPlace[] = [];
  for (const { series, position } of (await seriesOfWorks(handle, viewer, [workId])).get(workId) ?? []) {
    const parts = (await findSeries(handle, viewer, series.publicId))?.parts ?? [];
    const before = parts.filter((part) => part.position < position).at(-1);
    const after = parts.find((part) => part.position > position);
    places.push({ series, position, previousId: before?.workId ?? null, nextId: after?.workId ?? null });
  }
  return places;
}
