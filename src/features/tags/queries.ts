/** Reads of tags, of how they stand to each other, and of the archive's vocabularies. */
import { nameKey } from '../../platform/db/name-key.ts';
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Tag, TagKind } from './tag.ts';
import type { Language, Term, Vocabulary } from './vocabulary.ts';
import './tables.ts';

const TAG_COLUMNS = ['id', 'kind', 'name', 'canonical', 'synonym_of'] as const;

interface TagRow {
  id: number;
  kind: TagKind;
  name: string;
  canonical: number;
  synonym_of: number | null;
}

function tagOf(row: TagRow): Tag {
  return { id: row.id, kind: row.kind, name: row.name, canonical: row.canonical === 1, synonymOf: row.synonym_of };
}

/** The tag of a kind by its name, however it is spelled, or null. */
export async function findTag(handle: Handle, kind: TagKind, name: string): Promise<Tag | null> {
  const row = await handle
    .selectFrom('tags')
    .select(TAG_COLUMNS)
    .where('kind', '=', kind)
    .where('name_key', '=', nameKey(name))
    .executeTakeFirst();
  return row ? tagOf(row) : null;
}

/** What tells one tag from all others: its kind and how its name is compared. */
export function tagKey(tag: { kind: TagKind; name: string }): string {
  return `${tag.kind} ${nameKey(tag.name)}`;
}

/** Those of the tags that are there, by `tagKey`. */
export async function tagsNamed(
  handle: Handle,
  wanted: readonly { kind: TagKind; name: string }[],
): Promise<Map<string, Tag>> {
  const found = new Map<string, Tag>();
  for (const piece of chunks(wanted)) {
    const rows = await handle
      .selectFrom('tags')
      .select(TAG_COLUMNS)
      .where('kind', 'in', [...new Set(piece.map((tag) => tag.kind))])
      .where('name_key', 'in', [...new Set(piece.map((tag) => nameKey(tag.name)))])
      .execute();
    for (const row of rows) found.set(tagKey(row), tagOf(row));
  }
  return found;
}

/** Tags by id, in no order; unknown ids are left out. */
export async function tagsById(handle: Handle, ids: readonly number[]): Promise<Map<number, Tag>> {
  const found = new Map<number, Tag>();
  for (const piece of chunks([...new Set(ids)])) {
    const rows = await handle.selectFrom('tags').select(TAG_COLUMNS).where('id', 'in', piece).execute();
    for (const row of rows) found.set(row.id, tagOf(row));
  }
  return found;
}

/** How a tag stands to others: what a page about it shows. */
export interface TagRelations {
  canonical: Tag | null;
  synonyms: Tag[];
  metatags: Tag[];
  subtags: Tag[];
  parents: Tag[];
}

export async function tagRelations(handle: Handle, tag: Tag): Promise<TagRelations> {
  const synonyms = await handle
    .selectFrom('tags')
    .select(TAG_COLUMNS)
    .where('synonym_of', '=', tag.id)
    .orderBy('name_key')
    .execute();
  const links = async (relation: 'sub-of' | 'child-of', from: 'tag_id' | 'target_id', to: 'tag_id' | 'target_id') =>
    (
      await handle
        .selectFrom('tag_links')
        .innerJoin('tags', 'tags.id', `tag_links.${to}`)
        .select(['tags.id', 'tags.kind', 'tags.name', 'tags.canonical', 'tags.synonym_of'])
        .where(`tag_links.${from}`, '=', tag.id)
        .where('tag_links.relation', '=', relation)
        .orderBy('tags.name_key')
        .execute()
    ).map(tagOf);
  const canonical = tag.synonymOf === null ? undefined : (await tagsById(handle, [tag.synonymOf])).get(tag.synonymOf);
  return {
    canonical: canonical ?? null,
    synonyms: synonyms.map(tagOf),
    metatags: await links('sub-of', 'tag_id', 'target_id'),
    subtags: await links('sub-of', 'target_id', 'tag_id'),
    parents: await links('child-of', 'tag_id', 'target_id'),
  };
}

/**
 * All tags whose works a filter by this tag finds: its canonical, that one's synonyms, and the same for every subtag
 * below it. Being child of something is never inherited.
 */
export async function tagsMeantBy(handle: Handle, tag: Tag): Promise<number[]> {
  const concepts = new Set([tag.synonymOf ?? tag.id]);
  let layer = [...concepts];
  while (layer.length > 0) {
    const below = await handle
      .selectFrom('tag_links')
      .select('tag_id')
      .where('relation', '=', 'sub-of')
      .where('target_id', 'in', layer)
      .execute();
    layer = below.map((row) => row.tag_id).filter((id) => !concepts.has(id));
    for (const id of layer) concepts.add(id);
  }
  const synonyms: number[] = [];
  for (const piece of chunks([...concepts])) {
    const rows = await handle.selectFrom('tags').select('id').where('synonym_of', 'in', piece).execute();
    synonyms.push(...rows.map((row) => row.id));
  }
  return [...concepts, ...synonyms];
}

/** The concepts that tags stand for: each one's canonical tag and all metatags above it, each once. */
export async function conceptsOf(handle: Handle, tagIds: readonly number[]): Promise<number[]> {
  const tags = await tagsById(handle, tagIds);
  const concepts = new Set([...tags.values()].map((tag) => tag.synonymOf ?? tag.id));
  let layer = [...concepts];
  while (layer.length > 0) {
    const above: number[] = [];
    for (const piece of chunks(layer)) {
      const rows = await handle
        .selectFrom('tag_links')
        .select('target_id')
        .where('relation', '=', 'sub-of')
        .where('tag_id', 'in', piece)
        .execute();
      above.push(...rows.map((row) => row.target_id));
    }
    layer = above.filter((id) => !concepts.has(id));
    for (const id of layer) concepts.add(id);
  }
  return [...concepts];
}

/** Ratings, warnings, categories and statuses, in the host's order. */
export async function vocabulary(handle: Handle): Promise<Vocabulary> {
  const terms = handle
    .selectFrom('vocabulary_terms')
    .leftJoin('tags', 'tags.id', 'vocabulary_terms.tag_id')
    .select([
      'vocabulary_terms.vocabulary',
      'vocabulary_terms.code',
      'vocabulary_terms.label',
      'vocabulary_terms.short',
      'vocabulary_terms.adult',
      'tags.id as tag_id',
      'tags.name as tag_name',
    ])
    .orderBy('vocabulary_terms.position');
  const [rows, names] = await Promise.all([
    terms.execute(),
    handle.selectFrom('vocabulary_names').selectAll().execute(),
  ]);
  const alsoKnown = (vocabulary: string, code: string) =>
    names.filter((name) => name.vocabulary === vocabulary && name.code === code).map((name) => name.name_key);
  const of = (name: string): Term[] =>
    rows
      .filter((row) => row.vocabulary === name)
      .map((row) => ({
        code: row.code,
        label: row.label,
        short: row.short,
        adult: row.adult === 1,
        tag: row.tag_id === null || row.tag_name === null ? null : { id: row.tag_id, name: row.tag_name },
        alsoKnown: alsoKnown(name, row.code),
      }));
  return { ratings: of('rating'), warnings: of('warning'), categories: of('category'), statuses: of('status') };
}

/** The ratings that these tags stand for, with what posting and the adult gate need to know of them. */
export async function ratingsOf(
  handle: Handle,
  tagIds: readonly number[],
): Promise<{ code: string; adult: boolean }[]> {
  if (tagIds.length === 0) return [];
  const rows = await handle
    .selectFrom('vocabulary_terms')
    .select(['code', 'adult'])
    .where('vocabulary', '=', 'rating')
    .where('tag_id', 'in', [...tagIds])
    .execute();
  return rows.map((row) => ({ code: row.code, adult: row.adult === 1 }));
}

/** The languages works can be in, in the host's order. */
export async function languages(handle: Handle): Promise<Language[]> {
  return handle.selectFrom('languages').select(['code', 'name', 'english', 'direction']).orderBy('position').execute();
}
