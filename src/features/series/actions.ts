/** Changes of series. */
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Tx } from '../../platform/db/tables.ts';
import './tables.ts';

export interface ImportedSeriesPlace {
  title: string;
  /** What tells this series apart from others of the same title: its address, or its creators and title. */
  key: string;
  url: string | null;
  /** 1-based; after the last one when absent. */
  position: number | null;
}

/** Puts an imported work into a series, which is made when it is met first. */
export async function placeInSeries(tx: Tx, now: number, workId: number, place: ImportedSeriesPlace): Promise<void> {
  await tx
    .insertInto('series')
    .values({
      public_id: newPublicId(),
      title: place.title,
      source_url: place.url,
      source_key: place.key,
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('source_key').doNothing())
    .execute();
  const { id } = await tx
    .selectFrom('series')
    .select('id')
    .where('source_key', '=', place.key)
    .executeTakeFirstOrThrow();
  const { last } = await tx
    .selectFrom('series_works')
    .select((max) => max.fn.max<number | null>('position').as('last'))
    .where('series_id', '=', id)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('series_works')
    .values({ series_id: id, work_id: workId, position: place.position ?? (last ?? 0) + 1 })
    .onConflict((conflict) => conflict.columns(['series_id', 'work_id']).doNothing())
    .execute();
}

/** Takes a work out of all its series, and removes those that are left without a work. */
export async function leaveAllSeries(tx: Tx, workId: number): Promise<void> {
  await tx.deleteFrom('series_works').where('work_id', '=', workId).execute();
  await tx
    .deleteFrom('series')
    .where((where) =>
      where.not(
        where.exists(
          where.selectFrom('series_works').select('work_id').whereRef('series_works.series_id', '=', 'series.id'),
        ),
      ),
    )
    .execute();
}
