/** How tags stand under each other, read whole, so that a work's tags can be closed over their metatags here. */
import type { Handle } from '../../../platform/db/tables.ts';
import type { TagKind } from '../../tags/index.ts';

/** For a concept: itself and all metatags above it, at any height. */
export type Closures = (concept: number) => ReadonlySet<number>;

/** All sub-of links, as closures. Being child of something is never inherited. */
export async function closures(handle: Handle): Promise<Closures> {
  const rows = await handle
    .selectFrom('tag_links')
    .select(['tag_id', 'target_id'])
    .where('relation', '=', 'sub-of')
    .execute();
  const above = Map.groupBy(rows, (row) => row.tag_id);
  const known = new Map<number, ReadonlySet<number>>();
  return (concept) => {
    const closed = known.get(concept) ?? closureOf(concept, above);
    known.set(concept, closed);
    return closed;
  };
}

function closureOf(concept: number, above: ReadonlyMap<number, readonly { target_id: number }[]>): ReadonlySet<number> {
  const closed = new Set([concept]);
  // A set is walked in the order of adding: what is added on the way is reached.
  for (const id of closed) for (const { target_id: metatag } of above.get(id) ?? []) closed.add(metatag);
  return closed;
}

export interface TagOnWork {
  kind: TagKind;
  /** The tag itself, or the canonical one that it is a synonym of. */
  concept: number;
}

/** The tags of these kinds on some works, at most as many as one statement takes. */
export async function tagsOnWorks(
  handle: Handle,
  workIds: readonly number[],
  kinds: readonly TagKind[],
): Promise<Map<number, TagOnWork[]>> {
  const rows = await handle
    .selectFrom('work_tags')
    .innerJoin('tags', 'tags.id', 'work_tags.tag_id')
    .select(['work_tags.work_id', 'tags.id', 'tags.kind', 'tags.synonym_of'])
    .where('work_tags.work_id', 'in', workIds)
    .where('work_tags.kind', 'in', kinds)
    .execute();
  const tags = new Map<number, TagOnWork[]>();
  for (const row of rows) {
    const list = tags.get(row.work_id) ?? [];
    list.push({ kind: row.kind, concept: row.synonym_of ?? row.id });
    tags.set(row.work_id, list);
  }
  return tags;
}

/** Whether a work's fandoms, joined where they share a metatag, fall into two or more groups. */
export function isCrossover(tags: readonly TagOnWork[], closed: Closures): boolean {
  let groups: Set<number>[] = [];
  for (const { kind, concept } of tags) {
    if (kind !== 'fandom') continue;
    const own = closed(concept);
    const touched = groups.filter((group) => [...own].some((id) => group.has(id)));
    const joined = new Set([...touched, own].flatMap((group) => [...group]));
    groups = [...groups.filter((group) => !touched.includes(group)), joined];
  }
  return groups.length > 1;
}
