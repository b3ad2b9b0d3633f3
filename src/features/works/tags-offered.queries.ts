/**
 * Which tags may be shown to everybody of an audience: canonical ones, and others that stand on listed works of two
 * creators or more. What only one person has typed is nobody else's to see before they have met that person's work.
 */
import { sql } from 'kysely';
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { tagsById, type Tag } from '../tags/index.ts';
import { audienceOf } from './visible.ts';
import './tables.ts';

/**
 * Those of the tags that stand for themselves and may be offered to the viewer now, by id. Synonyms are left out.
 * An anonymous work, and one without creators, counts for nobody.
 */
export async function tagsOffered(handle: Handle, viewer: Viewer, ids: readonly number[]): Promise<Map<number, Tag>> {
  const concepts = [...(await tagsById(handle, ids))].filter(([, tag]) => tag.synonymOf === null);
  const typed = concepts.filter(([, tag]) => !tag.canonical).map(([id]) => id);
  const shared = new Set<number>();
  for (const piece of chunks(typed)) for (const id of await onWorksOfTwo(handle, viewer, piece)) shared.add(id);
  return new Map(concepts.filter(([id, tag]) => tag.canonical || shared.has(id)));
}

/** Somebody in a byline as one number: imported names below zero. */
const CREATOR = sql<number>`coalesce(byline.pseud_id, -byline.imported_creator_id)`;

/** The first creator found is compared with the others until one differs: no tag is walked further than it takes. */
async function onWorksOfTwo(handle: Handle, viewer: Viewer, ids: readonly number[]): Promise<number[]> {
  const listed = audienceOf(viewer) === 'guest' ? 'works.listed_guest' : 'works.listed_account';
  const rows = await handle
    .selectFrom('tags')
    .select('tags.id')
    .where('tags.id', 'in', ids)
    .where((tags) => {
      const creators = tags
        .selectFrom('work_tags')
        .innerJoin('works', 'works.id', 'work_tags.work_id')
        .innerJoin('work_creators as byline', 'byline.work_id', 'works.id')
        .whereRef('work_tags.tag_id', '=', 'tags.id')
        .where(listed, '=', 1)
        .where('works.anonymous', '=', 0)
        .where('byline.state', '=', 'accepted')
        .select(CREATOR.as('creator'));
      return tags.exists(creators.where(CREATOR, '<>', creators.limit(1)));
    })
    .execute();
  return rows.map((row) => row.id);
}
