/** Documents straight from the generator, without a database: for archives larger than anybody wants to fill. */
import type { IndexTag } from '../src/features/browse/engine/index-document.ts';
import { SegmentBuilder } from '../src/features/browse/engine/segment-builder.ts';
import type { Segment } from '../src/features/browse/engine/segment.ts';
import { ConceptMap } from '../src/features/browse/feed/concepts.ts';
import { documentMaker } from '../src/features/browse/feed/document.ts';
import { CONCEPT_KINDS, type ConceptKind } from '../src/features/browse/browse-query.ts';
import { nameKey } from '../src/platform/db/name-key.ts';
import { inventWorks, TagIds, type InventedWork } from './large-archive.ts';
import type { InventedTag } from './invented-tags.ts';

/** A segment of so many works, and the names of its tags. */
export function inventedSegment(works: number, seed: number): { segment: Segment; names: Map<number, string> } {
  const tagIds = new TagIds();
  const concepts = new ConceptMap();
  const names = new Map<number, string>();
  const tags: IndexTag[] = [];
  const builder = new SegmentBuilder();
  const documentFrom = documentMaker(concepts);
  const take = (tag: InventedTag): number => {
    const { id, isNew } = tagIds.idOf(tag);
    if (isNew) {
      const kind = kindOf(tag);
      concepts.put({ id, kind, synonymOf: null });
      names.set(id, tag.name);
      tags.push({ id, kind, key: nameKey(tag.name), canonical: true, synonymOf: null });
    }
    return id;
  };
  for (const work of inventWorks(works, seed)) builder.add(documentFrom(rowOf(work, work.tags.map(take)), []));
  builder.addTags(tags);
  return { segment: builder.build(1), names };
}

function kindOf({ kind }: InventedTag): ConceptKind {
  const found = CONCEPT_KINDS.find((one) => one === kind);
  if (found === undefined) throw new Error(`Works do not stand under tags of the kind ${kind}.`);
  return found;
}

function rowOf(
  { row, creator }: InventedWork,
  tagIds: readonly number[],
): Parameters<ReturnType<typeof documentMaker>>[0] {
  return {
    id: row.id,
    listedGuest: row.restricted === 0,
    listedAccount: true,
    anonymous: false,
    title: row.title,
    language: row.language ?? null,
    status: row.status ?? '',
    plannedChapters: row.planned_chapters ?? null,
    postedChapters: row.posted_chapters ?? 0,
    words: row.words ?? 0,
    kudos: row.kudos ?? 0,
    comments: row.comments ?? 0,
    bookmarks: row.bookmarks ?? 0,
    hits: row.hits ?? 0,
    postedAt: row.posted_at ?? null,
    updatedAt: row.updated_at,
    tagIds,
    creators: [{ kind: 'imported', id: creator, nameKey: `creator_${creator}` }],
  };
}
