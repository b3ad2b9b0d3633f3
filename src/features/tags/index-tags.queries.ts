/**
 * Tags and the links between them as an index of works needs them: walked whole, or by id. No viewer: a name that stands
 * only on works nobody may see is in here too, and whoever keeps an index must not offer it. Tags for media stand on
 * no work and are left out.
 */
import { sql } from 'kysely';
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { TagKind } from './tag.ts';
import './tables.ts';

/** A tag of a kind that works carry. */
export interface TagForIndex {
  id: number;
  kind: Exclude<TagKind, 'media'>;
  /** `nameKey` of its name. */
  key: string;
  canonical: boolean;
  synonymOf: number | null;
}

/** Tags in the order of their ids; unknown ids are left out. */
export async function tagsForIndex(
  handle: Handle,
  which: { ids: readonly number[] } | { after: number; limit: number },
): Promise<TagForIndex[]> {
  const tags = handle
    .selectFrom('tags')
    .select(['id', 'kind', 'name_key', 'canonical', 'synonym_of'])
    .where('kind', '<>', 'media')
    .orderBy('id');
  const rows =
    'ids' in which
      ? (
          await Promise.all(
            chunks([...new Set(which.ids)].toSorted((a, b) => a - b)).map((piece) =>
              tags.where('id', 'in', piece).execute(),
            ),
          )
        ).flat()
      : await tags.where('id', '>', which.after).limit(which.limit).execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as TagForIndex['kind'],
    key: row.name_key,
    canonical: row.canonical === 1,
    synonymOf: row.synonym_of,
  }));
}

/** What stands right below what, `sub-of` alone: of the tags that are named as the lower ones, or of all. */
export async function metatagLinks(
  handle: Handle,
  lower: readonly number[] | 'all',
): Promise<{ lower: number; upper: number }[]> {
  const links = handle
    .selectFrom('tag_links')
    .select(['tag_id as lower', 'target_id as upper'])
    .where('relation', '=', 'sub-of')
    .orderBy('tag_id')
    .orderBy('target_id');
  if (lower === 'all') return links.execute();
  const pieces = chunks([...new Set(lower)]).map((piece) => links.where('tag_id', 'in', piece).execute());
  return (await Promise.all(pieces)).flat();
}

/** The tags that stand for one of these. */
export async function synonymsOf(handle: Handle, tagIds: readonly number[]): Promise<number[]> {
  const pieces = chunks([...new Set(tagIds)]).map((piece) =>
    handle.selectFrom('tags').select('id').where('synonym_of', 'in', piece).orderBy('id').execute(),
  );
  return (await Promise.all(pieces)).flat().map((row) => row.id);
}

/** Ids of a block of tags: those from `block * TAG_BLOCK` up to the next block. */
export const TAG_BLOCK = 4_096;

/** How many tags each block of ids has: by it, an index finds what has been forgotten without asking for every tag. */
export async function tagsInBlocks(handle: Handle): Promise<Map<number, number>> {
  const block = sql<number>`id / ${sql.lit(TAG_BLOCK)}`;
  const rows = await handle
    .selectFrom('tags')
    .select([block.as('block'), (count) => count.fn.countAll<number>().as('tags')])
    .where('kind', '<>', 'media')
    .groupBy(block)
    .execute();
  return new Map(rows.map((row) => [Number(row.block), Number(row.tags)]));
}

/** The ids of the tags in one block. */
export async function tagIdsInBlock(handle: Handle, block: number): Promise<number[]> {
  const rows = await handle
    .selectFrom('tags')
    .select('id')
    .where('kind', '<>', 'media')
    .where('id', '>=', block * TAG_BLOCK)
    .where('id', '<', (block + 1) * TAG_BLOCK)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}
