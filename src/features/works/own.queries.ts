/** The viewer's own works: drafts to review, deletions that can be undone. */
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { creatorsOf } from './cards.queries.ts';
import { mayManageSql } from './visible.ts';

/** The viewer's own works in one state, the newest first: drafts, those and scheduled ones, or deletions that can be undone. */
export async function ownWorks(
  handle: Handle,
  viewer: Viewer,
  which: 'drafts' | 'unposted' | 'deleted',
  page: { offset: number; limit: number },
): Promise<{ total: number; ids: number[] }> {
  const works = handle
    .selectFrom('works')
    .where((work) => mayManageSql(work, viewer))
    .where('works.deleted_at', which === 'deleted' ? 'is not' : 'is', null)
    .$if(which === 'drafts', (query) => query.where('works.state', '=', 'draft'))
    .$if(which === 'unposted', (query) => query.where('works.state', '<>', 'posted'));
  const { total } = await works.select((count) => count.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const rows = await works
    .select('works.id')
    .orderBy(which === 'deleted' ? 'works.deleted_at' : 'works.created_at', 'desc')
    .orderBy('works.id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return { total: Number(total), ids: rows.map((row) => row.id) };
}

/** A deleted work as its keepers see it: enough to know whether to restore it. */
export interface DeletedWork {
  id: number;
  publicId: string;
  title: string;
  language: string | null;
  creators: string[];
  words: number;
  chapters: number;
  deletedAt: number;
}

/** Those of the works that are deleted and that the viewer may restore, the last deleted first. */
export async function deletedWorks(handle: Handle, viewer: Viewer, ids: readonly number[]): Promise<DeletedWork[]> {
  if (ids.length === 0) return [];
  const rows = await handle
    .selectFrom('works')
    .where('works.id', 'in', [...ids])
    .where('works.deleted_at', 'is not', null)
    .where((work) => mayManageSql(work, viewer))
    .select(['works.id', 'public_id', 'title', 'language', 'words', 'deleted_at'])
    .orderBy('deleted_at', 'desc')
    .execute();
  const creators = await creatorsOf(handle, viewer, ids);
  const chapters = await chapterCounts(handle, ids);
  return rows.map((row) => ({
    id: row.id,
    publicId: row.public_id,
    title: row.title,
    language: row.language,
    creators: (creators.get(row.id) ?? []).map((creator) => creator.name),
    words: row.words,
    chapters: chapters.get(row.id) ?? 0,
    deletedAt: row.deleted_at ?? 0,
  }));
}

/** How many chapters works have that the viewer keeps, drafts among them. Takes ids that `ownWorks` gave. */
export async function chapterCounts(handle: Handle, workIds: readonly number[]): Promise<Map<number, number>> {
  if (workIds.length === 0) return new Map();
  const rows = await handle
    .selectFrom('chapters')
    .select(['work_id', (count) => count.fn.countAll<number>().as('chapters')])
    .where('work_id', 'in', [...workIds])
    .where('deleted_at', 'is', null)
    .groupBy('work_id')
    .execute();
  return new Map(rows.map((row) => [row.work_id, Number(row.chapters)]));
}

/** How many of the viewer's drafts have all that posting needs. */
export async function countComplete(handle: Handle, viewer: Viewer): Promise<number> {
  const row = await handle
    .selectFrom('works')
    .where((work) => mayManageSql(work, viewer))
    .where('works.state', '=', 'draft')
    .where('works.deleted_at', 'is', null)
    .where('works.title', '<>', '')
    .where('works.language', 'is not', null)
    .where((work) =>
      work.and(
        (['rating', 'warning', 'fandom'] as const).map((kind) =>
          work.exists(
            work
              .selectFrom('work_tags')
              .select('work_tags.tag_id')
              .whereRef('work_tags.work_id', '=', 'works.id')
              .where('work_tags.kind', '=', kind),
          ),
        ),
      ),
    )
    .where((work) =>
      work.exists(
        work
          .selectFrom('chapters')
          .select('chapters.id')
          .whereRef('chapters.work_id', '=', 'works.id')
          .where('chapters.state', '=', 'draft')
          .where('chapters.deleted_at', 'is', null),
      ),
    )
    .select((count) => count.fn.countAll<number>().as('works'))
    .executeTakeFirstOrThrow();
  return Number(row.works);
}

/** When works are to be posted that the viewer keeps, those that are scheduled. Takes ids that `ownWorks` gave. */
export async function scheduledHours(handle: Handle, workIds: readonly number[]): Promise<Map<number, number>> {
  if (workIds.length === 0) return new Map();
  const rows = await handle
    .selectFrom('works')
    .select(['id', 'publish_at'])
    .where('id', 'in', [...workIds])
    .where('state', '=', 'scheduled')
    .execute();
  return new Map(rows.map((row) => [row.id, row.publish_at ?? 0]));
}
