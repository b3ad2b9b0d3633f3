/** What stands in lists: which tags are used there, how many words there are, and what a projection reads of works. */
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import type { Tag } from '../tags/index.ts';
import { audienceOf, listedColumn, listedWorks } from './visible.ts';

/**
 * Whether a tag itself stands on a work of the viewer's lists. Works under its canonical tag do not count: a spelling
 * that only a draft uses is known to nobody else.
 */
export async function isTagInUse(handle: Handle, viewer: Viewer, tag: Tag): Promise<boolean> {
  return (await tagsInUse(handle, viewer, [tag.id])).has(tag.id);
}

/** Which of these tags themselves stand on works of the viewer's lists. */
export async function tagsInUse(handle: Handle, viewer: Viewer, tagIds: readonly number[]): Promise<Set<number>> {
  const used = new Set<number>();
  for (const piece of chunks(tagIds)) {
    const rows = await handle
      .selectFrom('tags')
      .select('tags.id')
      .where('tags.id', 'in', piece)
      // The first such work is enough: a tag can stand on a tenth of the archive.
      .where((tags) =>
        tags.exists(
          tags
            .selectFrom('work_tags')
            .innerJoin('works', 'works.id', 'work_tags.work_id')
            .select('work_tags.work_id')
            .whereRef('work_tags.tag_id', '=', 'tags.id')
            .where(listedColumn(audienceOf(viewer)), '=', 1),
        ),
      )
      .execute();
    for (const row of rows) used.add(row.id);
  }
  return used;
}

/** A work as a projection needs it: what it is listed for and its tags. No viewer: nothing of it may be shown as it is. */
export interface IndexedWork {
  id: number;
  listedGuest: boolean;
  listedAccount: boolean;
  tagIds: number[];
}

/** Works for a projection, by id, by tag, or walked in the order of their ids. */
export async function worksForIndex(
  handle: Handle,
  which: { ids: readonly number[] } | { tagIds: readonly number[] } | { after: number; limit: number },
): Promise<IndexedWork[]> {
  let works = handle.selectFrom('works').select(['id', 'listed_guest', 'listed_account']).orderBy('id');
  if ('ids' in which) works = works.where('id', 'in', [...which.ids]);
  else if ('tagIds' in which) {
    works = works.where('id', 'in', (sub) =>
      sub
        .selectFrom('work_tags')
        .select('work_id')
        .where('tag_id', 'in', [...which.tagIds]),
    );
  } else works = works.where('id', '>', which.after).limit(which.limit);
  const rows = await works.execute();
  const tags = new Map<number, number[]>();
  for (const piece of chunks(rows.map((row) => row.id))) {
    const links = await handle
      .selectFrom('work_tags')
      .select(['work_id', 'tag_id'])
      .where('work_id', 'in', piece)
      .execute();
    for (const link of links) {
      const list = tags.get(link.work_id) ?? [];
      list.push(link.tag_id);
      tags.set(link.work_id, list);
    }
  }
  return rows.map((row) => ({
    id: row.id,
    listedGuest: row.listed_guest === 1,
    listedAccount: row.listed_account === 1,
    tagIds: tags.get(row.id) ?? [],
  }));
}

/** How many words stand in the viewer's lists. */
export async function countWords(handle: Handle, viewer: Viewer): Promise<number> {
  const row = await listedWorks(handle, viewer)
    .select((sum) => sum.fn.sum<number | null>('works.words').as('words'))
    .executeTakeFirstOrThrow();
  return Number(row.words ?? 0);
}

/** How many works of the sample library are still here. */
export async function countSamples(handle: Handle): Promise<number> {
  const row = await handle
    .selectFrom('works')
    .select((count) => count.fn.countAll<number>().as('works'))
    .where('sample', '=', 1)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.works);
}
