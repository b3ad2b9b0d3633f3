/**
 * Which tags may be shown to everybody of an audience: canonical ones, and others that stand on listed works of two
 * creators or more, or of the only one there is. In an archive of several what one person alone has typed is nobody
 * else's to see before they have met that person's work.
 */
import { sql } from 'kysely';
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { tagsById, type Tag } from '../tags/index.ts';
import { isOfOneCreator } from './one-creator.queries.ts';
import { audienceOf, listedColumn } from './visible.ts';
import './tables.ts';

/**
 * Those of the tags that stand for themselves and may be offered to the viewer now, by id. Synonyms are left out.
 * An anonymous work, and one without creators, counts for nobody.
 */
export async function tagsOffered(handle: Handle, viewer: Viewer, ids: readonly number[]): Promise<Map<number, Tag>> {
  const concepts = [...(await tagsById(handle, ids))].filter(([, tag]) => tag.synonymOf === null);
  const typed = concepts.filter(([, tag]) => !tag.canonical).map(([id]) => id);
  const enough = typed.length > 0 && (await isOfOneCreator(handle, audienceOf(viewer))) ? onWorksOfOne : onWorksOfTwo;
  const shared = new Set<number>();
  for (const piece of chunks(typed)) for (const id of await enough(handle, viewer, piece)) shared.add(id);
  return new Map(concepts.filter(([id, tag]) => tag.canonical || shared.has(id)));
}

/** Somebody in a byline as one number: imported names below zero. */
const CREATOR = sql<number>`coalesce(byline.pseud_id, -byline.imported_creator_id)`;

/** The first creator found is compared with the others until one differs: no tag is walked further than it takes. */
async function onWorksOfTwo(handle: Handle, viewer: Viewer, ids: readonly number[]): Promise<number[]> {
  return tagsWith(handle, viewer, ids, (creators) => creators.where(CREATOR, '<>', creators.limit(1)));
}

/** Tags on works that somebody signs: where there is one creator, that is all which may be asked for. */
async function onWorksOfOne(handle: Handle, viewer: Viewer, ids: readonly number[]): Promise<number[]> {
  return tagsWith(handle, viewer, ids, (creators) => creators);
}

type Creators = ReturnType<typeof creatorsOfTag>;

async function tagsWith(
  handle: Handle,
  viewer: Viewer,
  ids: readonly number[],
  those: (creators: Creators) => Creators,
): Promise<number[]> {
  const rows = await handle
    .selectFrom('tags')
    .select('tags.id')
    .where('tags.id', 'in', ids)
    .where((tags) => tags.exists(those(creatorsOfTag(handle, viewer))))
    .execute();
  return rows.map((row) => row.id);
}

/** The creators of the works under the tag of the row around it. */
function creatorsOfTag(handle: Handle, viewer: Viewer) {
  return handle
    .selectFrom('work_tags')
    .innerJoin('works', 'works.id', 'work_tags.work_id')
    .innerJoin('work_creators as byline', 'byline.work_id', 'works.id')
    .where('work_tags.tag_id', '=', sql.ref<number>('tags.id'))
    .where(listedColumn(audienceOf(viewer)), '=', 1)
    .where('works.anonymous', '=', 0)
    .where('byline.state', '=', 'accepted')
    .select(CREATOR.as('creator'));
}
