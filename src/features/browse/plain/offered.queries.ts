/**
 * Which concepts may be offered to everyone: canonical tags, those on works of two or more creators, and all on signed
 * works where there is one creator in all.
 */
import { chunks } from '../../../platform/db/chunks.ts';
import type { Handle } from '../../../platform/db/tables.ts';
import type { Audience } from '../../works/index.ts';

/**
 * Those of the concepts that are offered to an audience. An anonymous work and one without creators count for nobody. A
 * concept that is not canonical has neither synonyms nor subtags.
 */
export async function offeredAmong(
  handle: Handle,
  audience: Audience,
  concepts: readonly number[],
): Promise<Set<number>> {
  const offered = new Set<number>();
  // Two creators, or as many as there are: where nobody signs anything, nobody has.
  const enough = (await isOfOne(handle, audience)) ? 1 : 2;
  for (const piece of chunks(concepts)) {
    const canonical = await handle
      .selectFrom('tags')
      .select('id')
      .where('id', 'in', piece)
      .where('canonical', '=', 1)
      .execute();
    for (const row of canonical) offered.add(row.id);
    const others = piece.filter((id) => !offered.has(id));
    if (others.length === 0) continue;
    const creators = Map.groupBy(await creatorsOf(handle, audience, others), (row) => row.tag_id);
    for (const [id, rows] of creators) if (rows.length >= enough) offered.add(id);
  }
  return offered;
}

/** Each creator of each tag's works once. */
function creatorsOf(handle: Handle, audience: Audience, tags: readonly number[]) {
  return handle
    .selectFrom('work_tags')
    .innerJoin('works', 'works.id', 'work_tags.work_id')
    .innerJoin('work_creators', 'work_creators.work_id', 'works.id')
    .select(['work_tags.tag_id', 'work_creators.pseud_id', 'work_creators.imported_creator_id'])
    .distinct()
    .where('work_tags.tag_id', 'in', tags)
    .where(audience === 'guest' ? 'works.listed_guest' : 'works.listed_account', '=', 1)
    .where('works.anonymous', '=', 0)
    .where('work_creators.state', '=', 'accepted')
    .execute();
}

/** Whether there is one creator, and no other, in the bylines of all works of the audience. */
async function isOfOne(handle: Handle, audience: Audience): Promise<boolean> {
  const creators = await handle
    .selectFrom('works')
    .innerJoin('work_creators', 'work_creators.work_id', 'works.id')
    .select(['work_creators.pseud_id', 'work_creators.imported_creator_id'])
    .distinct()
    .where(audience === 'guest' ? 'works.listed_guest' : 'works.listed_account', '=', 1)
    .where('works.anonymous', '=', 0)
    .where('work_creators.state', '=', 'accepted')
    .limit(2)
    .execute();
  return creators.length === 1;
}
