/** Changes of series. */
import { held } from '../../platform/db/locks.ts';
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

/** Takes a work out of all its series, and removes those of them that are left without a work and that nobody made by hand. */
export async function leaveAllSeries(tx: Tx, workId: number): Promise<void> {
  const left = await tx.deleteFrom('series_works').where('work_id', '=', workId).returning('series_id').execute();
  for (const { series_id: id } of left) {
    // Held first: whoever is placing another work in it has then done so, and is seen by the next question.
    await held(tx, tx.selectFrom('series').select('id').where('id', '=', id)).execute();
    await removeIfEmpty(tx, id);
  }
}

async function removeIfEmpty(tx: Tx, id: number): Promise<void> {
  const other = await tx.selectFrom('series_works').select('work_id').where('series_id', '=', id).limit(1).execute();
  if (other.length > 0) return;
  await tx.deleteFrom('series').where('id', '=', id).where('made_by', 'is', null).execute();
}

/** Takes an account out of the series that it made; those without a work go with it. */
export async function forgetMaker(tx: Tx, accountId: number): Promise<void> {
  const made = await tx
    .updateTable('series')
    .set({ made_by: null })
    .where('made_by', '=', accountId)
    .returning('id')
    .execute();
  for (const { id } of made) await removeIfEmpty(tx, id);
}
