/** The metatags above a tag and the subtags below it, as far as a page can show them. */
import type { Handle } from '../../platform/db/tables.ts';
import { tagsById, type Tag } from '../tags/index.ts';

/** How far and how many: a tree that a person can look through. */
export const FAMILY = { tags: 200, depth: 12 } as const;

export interface TagFamily {
  /** The tag itself and all that are shown around it, by id; canonical ones. */
  tags: ReadonlyMap<number, Tag>;
  /** For each tag: what stands directly below it, in the order of names. */
  below: ReadonlyMap<number, readonly number[]>;
  /** Metatags that have none above them; the tag itself when nothing stands above it. In the order of names. */
  roots: readonly number[];
}

export async function tagFamily(handle: Handle, tag: Tag): Promise<TagFamily> {
  const up = await walk(handle, tag.id, 'tag_id', 'target_id');
  const down = await walk(handle, tag.id, 'target_id', 'tag_id');
  const links = [
    ...up.links.map(({ from, to }) => ({ above: to, below: from })),
    ...down.links.map(({ from, to }) => ({ above: from, below: to })),
  ];
  const found = await tagsById(handle, [tag.id, ...up.ids, ...down.ids]);
  const tags = new Map([...found].filter(([id, one]) => one.canonical || id === tag.id));
  const kept = links.filter((link) => tags.has(link.above) && tags.has(link.below));
  const byName = (ids: Iterable<number>) =>
    [...new Set(ids)].toSorted((a, b) => (tags.get(a)?.name ?? '').localeCompare(tags.get(b)?.name ?? '', 'en'));
  const below = new Map(
    [...Map.groupBy(kept, (link) => link.above)].map(([id, list]) => [id, byName(list.map((link) => link.below))]),
  );
  const under = new Set(kept.map((link) => link.below));
  const above = [tag.id, ...up.ids].filter((id) => tags.has(id));
  return { tags, below, roots: byName(above.filter((id) => !under.has(id))) };
}

type End = 'tag_id' | 'target_id';

/** One layer after the other, each tag once. */
async function walk(handle: Handle, start: number, from: End, to: End) {
  const ids = new Set<number>();
  const links: { from: number; to: number }[] = [];
  let layer = [start];
  for (let depth = 0; depth < FAMILY.depth && layer.length > 0 && ids.size < FAMILY.tags; depth += 1) {
    const rows = await handle
      .selectFrom('tag_links')
      .select(['tag_id', 'target_id'])
      .where('relation', '=', 'sub-of')
      .where(from, 'in', layer)
      .orderBy('tag_id')
      .orderBy('target_id')
      .limit(FAMILY.tags)
      .execute();
    links.push(...rows.map((row) => ({ from: row[from], to: row[to] })));
    layer = [...new Set(rows.map((row) => row[to]))].filter((id) => id !== start && !ids.has(id));
    for (const id of layer) ids.add(id);
  }
  return { ids, links };
}
