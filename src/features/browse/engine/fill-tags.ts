/** Fills the names of a new segment: tags by kind, the most used concepts first, with an order by key beside it. */
import type { IndexTag } from './index-document.ts';
import { ByteStringsWriter, type ByteStrings } from './byte-strings.ts';
import { CONCEPT_KIND_COUNT, idOfKey, KIND_NUMBERS, packedKey } from './term-key.ts';
import { findTerm, NO_TERM, type OpenSegment } from './segment.ts';
import { sortBy, upTo } from './number-sort.ts';
import { sortStrings } from './unite-names.ts';

export interface TagTable {
  tags: readonly IndexTag[];
  keys: ByteStrings;
}

export function tagTable(tags: readonly IndexTag[]): TagTable {
  const keys = new ByteStringsWriter();
  for (const { key } of tags) keys.add(key);
  return { tags, keys: keys.strings() };
}

export function fillTags(segment: OpenSegment, { tags, keys }: TagTable): void {
  const kinds = Uint32Array.from(tags, (tag) => KIND_NUMBERS[tag.kind]);
  const concepts = Uint32Array.from(tags, (tag) =>
    findTerm(segment, packedKey(KIND_NUMBERS[tag.kind], tag.synonymOf ?? tag.id)),
  );
  const works = concepts.map((term) => (term === NO_TERM ? 0 : (segment.termWorks[term] as number)));
  const byId = upTo(tags.length);
  sortBy(
    byId,
    tags.map(({ id }) => id),
    false,
  );
  const order = byId.slice();
  sortBy(order, works, true);
  sortBy(order, kinds, false);
  const places = new Uint32Array(order.length);
  for (let place = 0; place < order.length; place += 1) {
    const index = order[place] as number;
    const tag = tags[index];
    places[index] = place;
    segment.tagIds[place] = tag?.id ?? 0;
    segment.tagKinds[place] = kinds[index] as number;
    segment.tagCanonical[place] = tag?.canonical === true ? 1 : 0;
    segment.tagSynonymOf[place] = tag?.synonymOf ?? 0;
    segment.tagConcepts[place] = concepts[index] as number;
    const start = segment.tagStarts[place] as number;
    const key = keys.bytes.subarray(keys.starts[index], keys.starts[index + 1]);
    segment.tagBytes.set(key, start);
    segment.tagStarts[place + 1] = start + key.length;
  }
  segment.tagsById.set(byId.map((index) => places[index] as number));
  segment.tagsByKey.set(segment.tagsById);
  sortStrings(segment.tagsByKey, segment.tagNames, false);
  sortBy(segment.tagsByKey, segment.tagKinds, false);
  markCanonical(segment, tags);
}

function markCanonical(segment: OpenSegment, tags: readonly IndexTag[]): void {
  const canonical = new Set<number>();
  for (const tag of tags) if (tag.canonical) canonical.add(tag.id);
  for (let term = 0; term < segment.facetTerms; term += 1) {
    const isConcept = (segment.termKinds[term] as number) < CONCEPT_KIND_COUNT;
    segment.termCanonical[term] = isConcept && canonical.has(idOfKey(segment.termKeys[term] as number)) ? 1 : 0;
  }
}
