/**
 * Tags and the links between them as an index of works needs them: walked whole, or by id. No viewer: a name that stands
 * only on works nobody may see is in here too, and whoever keeps an index must not offer it. Tags for media stand on
 * no work and are left out.
 */
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
