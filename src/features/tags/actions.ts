/** Changes of tags: making those that somebody typed, and saying how they stand to each other. */
import { nameKey } from '../../platform/db/name-key.ts';
import { chunks } from '../../platform/db/chunks.ts';
import { append } from '../../platform/events/log.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { tagNameProblem, type Tag, type TagKind } from './tag.ts';
import { tagKey, tagsNamed } from './queries.ts';
import './tables.ts';

/** Tags made by one statement. */
const INSERTED = 100;

/**
 * The tags of those kinds and names, in the same order; those that are not there are made.
 * @throws for a name no tag can have; check it before.
 */
export async function ensureTags(
  tx: Tx,
  now: number,
  wanted: readonly { kind: TagKind; name: string }[],
): Promise<Tag[]> {
  for (const { name } of wanted) {
    const problem = tagNameProblem(name);
    if (problem) throw new Error(problem);
  }
  const found = await tagsNamed(tx, wanted);
  const missing = new Map(wanted.filter((tag) => !found.has(tagKey(tag))).map((tag) => [tagKey(tag), tag]));
  if (missing.size > 0) {
    // In one order for everybody, so that two who make the same tags do not wait for each other in a circle.
    const rows = [...missing].toSorted(([a], [b]) => (a < b ? -1 : 1));
    for (const piece of chunks(rows, INSERTED)) {
      await tx
        .insertInto('tags')
        .values(
          piece.map(([, { kind, name }]) => ({
            kind,
            name,
            name_key: nameKey(name),
            synonym_of: null,
            created_at: now,
          })),
        )
        .onConflict((conflict) => conflict.columns(['kind', 'name_key']).doNothing())
        .execute();
    }
    for (const [key, tag] of await tagsNamed(tx, [...missing.values()])) found.set(key, tag);
  }
  return wanted.map((one) => {
    const tag = found.get(tagKey(one));
    if (!tag) throw new Error(`The tag "${one.name}" could not be made.`);
    return tag;
  });
}

/** The tag of that kind and name, made if there is none. @throws for a name no tag can have; check it before. */
export async function ensureTag(tx: Tx, now: number, kind: TagKind, name: string): Promise<Tag> {
  const [tag] = await ensureTags(tx, now, [{ kind, name }]);
  if (!tag) throw new Error(`The tag "${name}" could not be made.`);
  return tag;
}

export type TagRefusal = 'different-kinds' | 'not-canonical' | 'would-circle' | 'has-synonyms' | 'has-links';

/** Makes a tag canonical: offered to everybody, and able to have synonyms, metatags and subtags. */
export async function makeCanonical(tx: Tx, now: number, tagId: number): Promise<void> {
  await tx.updateTable('tags').set({ canonical: 1, synonym_of: null }).where('id', '=', tagId).execute();
  await append(tx, now, { kind: 'tag.changed', subject: 'tag', subjectId: tagId });
}

/** Makes a tag a synonym: works keep its wording and are found under the canonical tag. */
export async function makeSynonym(tx: Tx, now: number, tag: Tag, of: Tag): Promise<TagRefusal | null> {
  if (tag.kind !== of.kind) return 'different-kinds';
  if (!of.canonical || tag.id === of.id) return 'not-canonical';
  const own = await tx.selectFrom('tags').select('id').where('synonym_of', '=', tag.id).executeTakeFirst();
  if (own) return 'has-synonyms';
  // What stands below or above it would be lost to every filter; it is moved to the canonical tag first.
  const link = await tx
    .selectFrom('tag_links')
    .select('tag_id')
    .where((where) => where.or([where('tag_id', '=', tag.id), where('target_id', '=', tag.id)]))
    .limit(1)
    .executeTakeFirst();
  if (link) return 'has-links';
  await tx.updateTable('tags').set({ canonical: 0, synonym_of: of.id }).where('id', '=', tag.id).execute();
  await append(tx, now, { kind: 'tag.merged', subject: 'tag', subjectId: tag.id });
  return null;
}

/** Places a canonical tag below another: `sub-of` among the same kind, inherited; `child-of` anywhere, never inherited. */
export async function linkTags(
  tx: Tx,
  now: number,
  tag: Tag,
  relation: 'sub-of' | 'child-of',
  target: Tag,
): Promise<TagRefusal | null> {
  if (!tag.canonical || !target.canonical) return 'not-canonical';
  if (relation === 'sub-of') {
    if (tag.kind !== target.kind) return 'different-kinds';
    if (await isAbove(tx, tag.id, target.id)) return 'would-circle';
  }
  await tx
    .insertInto('tag_links')
    .values({ tag_id: tag.id, relation, target_id: target.id })
    .onConflict((conflict) => conflict.columns(['tag_id', 'relation', 'target_id']).doNothing())
    .execute();
  await append(tx, now, { kind: 'tag.linked', subject: 'tag', subjectId: tag.id });
  return null;
}

/** Whether `upper` is `lower` itself or one of its metatags, at any height. */
async function isAbove(tx: Tx, upper: number, lower: number): Promise<boolean> {
  const seen = new Set([lower]);
  let layer = [lower];
  while (layer.length > 0) {
    if (seen.has(upper)) return true;
    const rows = await tx
      .selectFrom('tag_links')
      .select('target_id')
      .where('relation', '=', 'sub-of')
      .where('tag_id', 'in', layer)
      .execute();
    layer = rows.map((row) => row.target_id).filter((id) => !seen.has(id));
    for (const id of layer) seen.add(id);
  }
  return seen.has(upper);
}

/**
 * Forgets tags that stand on no work: those that nobody has made canonical, a synonym, or part of a vocabulary. Each is
 * told of by its id, which no other tag will ever have.
 */
export async function forgetTags(tx: Tx, now: number, ids: readonly number[]): Promise<void> {
  for (const piece of chunks(ids)) {
    const forgotten = await tx
      .deleteFrom('tags')
      .where('id', 'in', piece)
      .where('canonical', '=', 0)
      .where('synonym_of', 'is', null)
      .where('unwrangleable', '=', 0)
      .where((tag) =>
        tag.not(
          tag.exists(
            tag.selectFrom('vocabulary_terms').select('code').whereRef('vocabulary_terms.tag_id', '=', 'tags.id'),
          ),
        ),
      )
      .returning('id')
      .execute();
    for (const { id } of forgotten) await append(tx, now, { kind: 'tag.forgotten', subject: 'tag', subjectId: id });
  }
}
