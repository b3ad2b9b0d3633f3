/** What is scheduled and due, for the job that posts it: ids alone. */
import type { Handle } from '../../platform/db/tables.ts';
import './tables.ts';

/** Works whose minute has come, the earliest first. */
export async function dueWorks(handle: Handle, now: number): Promise<number[]> {
  const rows = await handle
    .selectFrom('works')
    .select('id')
    .where('state', '=', 'scheduled')
    .where('publish_at', '<=', now)
    .where('deleted_at', 'is', null)
    .orderBy('publish_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Chapters of posted works whose minute has come, the earliest first. */
export async function dueChapters(handle: Handle, now: number): Promise<{ workId: number; chapterId: number }[]> {
  const rows = await handle
    .selectFrom('chapters')
    .innerJoin('works', 'works.id', 'chapters.work_id')
    .select(['works.id as workId', 'chapters.id as chapterId'])
    .where('chapters.state', '=', 'scheduled')
    .where('chapters.publish_at', '<=', now)
    .where('chapters.deleted_at', 'is', null)
    .where('works.state', '=', 'posted')
    .where('works.deleted_at', 'is', null)
    .orderBy('chapters.publish_at')
    .orderBy('chapters.position')
    .execute();
  return rows;
}

/** The accounts that keep a work: of its creators, and of who brought it in. */
export async function keepersOf(handle: Handle, workId: number): Promise<number[]> {
  const creators = await handle
    .selectFrom('work_creators')
    .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .select('pseuds.account_id')
    .where('work_creators.work_id', '=', workId)
    .where('work_creators.state', '=', 'accepted')
    .execute();
  const archivists = await handle
    .selectFrom('works')
    .innerJoin('pseuds', 'pseuds.id', 'works.archived_by')
    .select('pseuds.account_id')
    .where('works.id', '=', workId)
    .execute();
  return [...new Set([...creators, ...archivists].map((row) => row.account_id))];
}
