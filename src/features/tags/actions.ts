/** Changes of tags: making those that somebody typed, and saying how they stand to each other. */
import { nameKey } from '../../platform/db/name-key.ts';
import { append } from '../../platform/events/log.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { tagNameProblem, type Tag, type TagKind } from './tag.ts';
import { findTag } from './queries.ts';
import './tables.ts';

/** The tag of that kind and name, made if there is none. @throws for a name no tag can have; check it before. */
export async function ensureTag(tx: Tx, now: number, kind: TagKind, name: string): Promise<Tag> {
  const problem = tagNameProblem(name);
  if (problem) throw new Error(problem);
  const found = await findTag(tx, kind, name);
  if (found) return found;
  await tx
    .insertInto('tags')
    .values({ kind, name, name_key: nameKey(name), synonym_of: null, created_at: now })
    .onConflict((conflict) => conflict.columns(['kind', 'name_key']).doNothing())
    .execute();
  const made = await findTag(tx, kind, name);
  if (!made) throw new Error(`The tag "${name}" could not be made.`);
  return made;
}

export type TagRefusal = 'different-kinds' | 'not-canonical' | 'would-circle' | 'has-synonyms';

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
  await tx.updateTable('tags').set({ canonical: 0, synonym_of: of.id }).where('id', '=', tag.id).execute();
  await append(tx, now, { kind: 'tag.merged', subject: 'tag', subjectId: tag.id });
  return null;
}

/** Places a canonical tag below another: `sub-of` among the same kind, inherited; `child-of` anywhere, never inherited. */
export async function linkTags(tx: Tx, now: number, tag: Tag, relation: 'sub-of' | 'child-of', target: Tag): Promise<TagRefusal | null> {
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
    const rows = await tx.selectFrom('tag_links').select('target_id').where('relation', '=', 'sub-of').where('tag_id', 'in', layer).execute();
    layer = rows.map((row) => row.target_id).filter((id) => !seen.has(id));
    for (const id of layer) seen.add(id);
  }
  return seen.has(upper);
}
