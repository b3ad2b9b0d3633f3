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

export interface SeriesPart {
  workId: number;
  position: number;
}

/** One page of a series, with what is true of all its parts in the viewer's lists. */
export interface SeriesPageOf {
  series: Series;
  total: number;
  words: number;
  /** UTC milliseconds of the latest change of any part. */
  updatedAt: number;
  /** The language of the first part: the title's, as far as anybody said. */
  language: string | null;
  /** Clean HTML, '' for none. */
  summaryHtml: string;
  notesHtml: string;
  complete: boolean;
  /** The parts on this page, in order; none when it lies beyond the end. */
  parts: SeriesPart[];
}

/** A series and a page of it as the viewer's lists show it; null when they show none of its works. */
export async function findSeries(
  handle: Handle,
  viewer: Viewer,
  publicId: string,
  page: { offset: number; limit: number },
): Promise<SeriesPageOf | null> {
  if (!isPublicId(publicId)) return null;
  const row = await handle
    .selectFrom('series')
    .select(['id', 'title', 'summary_html', 'notes_html', 'complete', 'ranked'])
    .where('public_id', '=', publicId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (!row) return null;
  const listed = listedParts(handle, viewer, row.id);
  const ordered = listed.orderBy('series_works.position').orderBy('works.id');
  const [whole, first, parts] = await Promise.all([
    listed
      .select(({ fn }) => [
        fn.countAll<number>().as('total'),
        fn.sum<number | null>('works.words').as('words'),
        fn.max<number | null>('works.updated_at').as('updated_at'),
      ])
      .executeTakeFirstOrThrow(),
    ordered.select('works.language').limit(1).executeTakeFirst(),
    ordered.select(['works.id as workId', 'series_works.position']).limit(page.limit).offset(page.offset).execute(),
  ]);
  if (!first) return null;
  return {
    series: { id: row.id, publicId, title: row.title },
    total: Number(whole.total),
    words: Number(whole.words),
    updatedAt: Number(whole.updated_at),
    language: first.language,
    summaryHtml: row.summary_html,
    notesHtml: row.notes_html,
    complete: row.complete === 1,
    parts: row.ranked === 1 ? parts.map((part, index) => ({ ...part, position: page.offset + index + 1 })) : parts,
  };
}

/** The works of a series that stand in the viewer's lists, and whose place in it tells the viewer nothing secret. */
function listedParts(handle: Handle, viewer: Viewer, seriesId: number) {
  return listedWorks(handle, viewer)
    .innerJoin('series_works', 'series_works.work_id', 'works.id')
    .where('series_works.series_id', '=', seriesId)
    .where((works) => mayKnowCreatorsSql(works, viewer));
}

/**
 * In which series the works stand that the viewer may see, and where. In a series that people put in order the position is
 * counted among what stands in the viewer's lists: a gap would say that there is something they may not see.
 */
export async function seriesOfWorks(
  handle: Handle,
  viewer: Viewer,
  workIds: readonly number[],
): Promise<Map<number, { series: Series; position: number }[]>> {
  const found = await storedPlaces(handle, viewer, workIds);
  return new Map(
    [...found].map(([workId, places]) => [workId, places.map(({ series, position }) => ({ series, position }))]),
  );
}

interface StoredPlace {
  series: Series;
  /** As the viewer counts. */
  position: number;
  /** As it is stored. */
  stored: number;
}

async function storedPlaces(
  handle: Handle,
  viewer: Viewer,
  workIds: readonly number[],
): Promise<Map<number, StoredPlace[]>> {
  const places = new Map<number, StoredPlace[]>();
  for (const piece of chunks(workIds)) {
    const rows = await visibleWorks(handle, viewer)
      .innerJoin('series_works', 'series_works.work_id', 'works.id')
      .innerJoin('series', 'series.id', 'series_works.series_id')
      .select([
        'works.id as workId',
        'series.id',
        'series.public_id',
        'series.title',
        'series.ranked',
        'series_works.position',
      ])
      .where('works.id', 'in', piece)
      .where('series.deleted_at', 'is', null)
      .where((works) => mayKnowCreatorsSql(works, viewer))
      .orderBy('series.id')
      .execute();
    const ranked = await listedOrder(
      handle,
      viewer,
      rows.filter((row) => row.ranked === 1).map((row) => row.id),
    );
    for (const row of rows) {
      const list = places.get(row.workId) ?? [];
      const position =
        row.ranked === 1 ? rankOf({ id: row.workId, position: row.position }, ranked.get(row.id)) : row.position;
      list.push({
        series: { id: row.id, publicId: row.public_id, title: row.title },
        position,
        stored: row.position,
      });
      places.set(row.workId, list);
    }
  }
  return places;
}

interface Part {
  id: number;
  position: number;
}

/** What stands in the viewer's lists of each of the series, by the series' id. */
async function listedOrder(handle: Handle, viewer: Viewer, seriesIds: readonly number[]): Promise<Map<number, Part[]>> {
  const parts = new Map<number, Part[]>();
  for (const piece of chunks([...new Set(seriesIds)])) {
    const rows = await listedWorks(handle, viewer)
      .innerJoin('series_works', 'series_works.work_id', 'works.id')
      .where('series_works.series_id', 'in', piece)
      .where((works) => mayKnowCreatorsSql(works, viewer))
      .select(['works.id', 'series_works.series_id', 'series_works.position'])
      .execute();
    for (const { series_id: series, ...part } of rows) {
      const list = parts.get(series);
      if (list) list.push(part);
      else parts.set(series, [part]);
    }
  }
  return parts;
}

/** Which one it is among the listed parts, itself counted also where it stands in no list. */
function rankOf(part: Part, listed: readonly Part[] = []): number {
  const before = listed.filter(
    (one) => one.position < part.position || (one.position === part.position && one.id < part.id),
  );
  return before.length + 1;
}

/** A work's places with the works before and after it in the viewer's lists. */
export async function seriesPlaces(handle: Handle, viewer: Viewer, workId: number): Promise<SeriesPlace[]> {
  const found = (await storedPlaces(handle, viewer, [workId])).get(workId) ?? [];
  return Promise.all(
    found.map(async ({ series, position, stored }) => {
      const part = { workId, position: stored };
      const [previousId, nextId] = await Promise.all([
        neighbour(handle, viewer, series.id, part, 'before'),
        neighbour(handle, viewer, series.id, part, 'after'),
      ]);
      return { series, position, previousId, nextId };
    }),
  );
}

/** The part next to one in the order of the series: by position, and where several say the same, by who came first. */
async function neighbour(
  handle: Handle,
  viewer: Viewer,
  seriesId: number,
  part: SeriesPart,
  side: 'before' | 'after',
): Promise<number | null> {
  const [beyond, direction] = side === 'before' ? (['<', 'desc'] as const) : (['>', 'asc'] as const);
  const row = await listedParts(handle, viewer, seriesId)
    .select('works.id')
    .where((where) =>
      where.or([
        where('series_works.position', beyond, part.position),
        where.and([where('series_works.position', '=', part.position), where('works.id', beyond, part.workId)]),
      ]),
    )
    .orderBy('series_works.position', direction)
    .orderBy('works.id', direction)
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}
