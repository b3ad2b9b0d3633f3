/** Tags by a piece of their name, with how many works of an audience stand under what they mean. */
import { chunks } from '../../../platform/db/chunks.ts';
import type { Handle } from '../../../platform/db/tables.ts';
import { tagsById, tagsMeantBy } from '../../tags/index.ts';
import type { SuggestQuery, Suggestion } from '../browse-query.ts';
import { countMatching } from './matching.queries.ts';
import { offeredAmong } from './offered.queries.ts';

interface NamedTag {
  id: number;
  concept: number;
  /** Whether its name begins with the text, and how long it is. */
  begins: boolean;
  length: number;
}

/**
 * @param most concepts whose works are counted: those whose names are nearest to the text are taken; null takes all.
 */
export async function suggestTags(handle: Handle, query: SuggestQuery, most: number | null): Promise<Suggestion[]> {
  if (query.text === '' || query.limit <= 0) return [];
  const named = bestNames(await tagsThatHold(handle, query));
  const counted = most === null ? [...named.keys()] : await likeliest(handle, query, [...named.values()], most);
  const offered = await offeredAmong(handle, query.audience, counted);
  const suggestions: Suggestion[] = [];
  for (const [id, concept] of await tagsById(handle, [...offered])) {
    const name = named.get(id);
    const works = await countMatching(handle, query.audience, { tags: await tagsMeantBy(handle, concept) });
    if (name && works > 0) suggestions.push({ tag: name.id, concept: id, works, begins: name.begins });
  }
  return suggestions
    .sort((a, b) => Number(b.begins) - Number(a.begins) || b.works - a.works || a.tag - b.tag)
    .slice(0, query.limit);
}

async function tagsThatHold(handle: Handle, { kinds, text }: SuggestQuery): Promise<NamedTag[]> {
  if (kinds.length === 0) return [];
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await handle
    .selectFrom('tags')
    .select(['id', 'name_key', 'synonym_of'])
    .where('kind', 'in', [...kinds])
    // Both are keys: folded, and the same on both databases.
    .where((tag) => tag('name_key', 'like', pattern))
    .orderBy('id')
    .execute();
  return rows
    .filter((row) => row.name_key.includes(text))
    .map((row) => ({
      id: row.id,
      concept: row.synonym_of ?? row.id,
      begins: row.name_key.startsWith(text),
      length: row.name_key.length,
    }));
}

/** One tag a concept: a name that begins with the text first, of these its own, of synonyms the oldest. */
function bestNames(tags: readonly NamedTag[]): Map<number, NamedTag> {
  const rank = (tag: NamedTag) => (tag.begins ? 0 : 2) + (tag.id === tag.concept ? 0 : 1);
  const best = new Map<number, NamedTag>();
  for (const tag of tags) {
    const other = best.get(tag.concept);
    if (!other || rank(tag) < rank(other)) best.set(tag.concept, tag);
  }
  return best;
}

/** Names looked at for each concept that may be counted: one among ten stands on a work, or the text says too little. */
const LOOKED_AT = 10;

/** Concepts to count, those with the shortest names: canonical ones, and others that stand on works of the audience. */
async function likeliest(
  handle: Handle,
  { audience }: SuggestQuery,
  names: readonly NamedTag[],
  most: number,
): Promise<number[]> {
  if (names.length <= most) return names.map((name) => name.concept);
  const nearest = names
    .toSorted((a, b) => Number(b.begins) - Number(a.begins) || a.length - b.length || a.id - b.id)
    .slice(0, most * LOOKED_AT);
  const used = new Set<number>();
  for (const piece of chunks(nearest.map((name) => name.concept))) {
    const rows = await handle
      .selectFrom('tags')
      .select('tags.id')
      .where('tags.id', 'in', piece)
      .where((tag) =>
        tag.or([
          tag('tags.canonical', '=', 1),
          tag.exists(
            tag
              .selectFrom('work_tags')
              .innerJoin('works', 'works.id', 'work_tags.work_id')
              .select('works.id')
              .whereRef('work_tags.tag_id', '=', 'tags.id')
              .where(audience === 'guest' ? 'works.listed_guest' : 'works.listed_account', '=', 1),
          ),
        ]),
      )
      .execute();
    for (const row of rows) used.add(row.id);
  }
  return nearest
    .map((name) => name.concept)
    .filter((concept) => used.has(concept))
    .slice(0, most);
}
