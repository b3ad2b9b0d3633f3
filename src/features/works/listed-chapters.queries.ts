/** Chapters of listed works that anybody of the audience may read, by id: what a search may quote from. */
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { AUDIENCES, mayReadChapter } from './visibility.ts';
import { audienceOf, listedWorks } from './visible.ts';
import type { ChapterHead } from './work.ts';
import './tables.ts';

export interface ListedChapter extends ChapterHead {
  work: { id: number; publicId: string; title: string; language: string | null; adult: boolean };
}

/** In no order. A chapter's position is counted among those that the audience may read. */
export async function listedChapters(handle: Handle, viewer: Viewer, ids: readonly number[]): Promise<ListedChapter[]> {
  const relations = new Set(AUDIENCES[audienceOf(viewer)]);
  const found: ListedChapter[] = [];
  for (const piece of chunks([...new Set(ids)])) {
    const rows = await listedWorks(handle, viewer)
      .innerJoin('chapters', 'chapters.work_id', 'works.id')
      .innerJoin('chapter_revisions', (join) =>
        join
          .onRef('chapter_revisions.chapter_id', '=', 'chapters.id')
          .onRef('chapter_revisions.number', '=', 'chapters.revision'),
      )
      .where('chapters.id', 'in', piece)
      .select((chapter) => [
        'works.id as workId',
        'works.public_id as workPublicId',
        'works.title as workTitle',
        'works.language',
        'works.adult',
        'chapters.id',
        'chapters.public_id as publicId',
        'chapters.state',
        'chapters.words',
        'chapters.posted_at as postedAt',
        'chapters.deleted_at as deletedAt',
        'chapter_revisions.title',
        chapter
          .selectFrom('chapters as earlier')
          .whereRef('earlier.work_id', '=', 'chapters.work_id')
          .whereRef('earlier.position', '<=', 'chapters.position')
          .where('earlier.state', '=', 'posted')
          .where('earlier.deleted_at', 'is', null)
          .select((count) => count.fn.countAll<number>().as('earlier'))
          .as('place'),
      ])
      .execute();
    for (const row of rows) {
      // The work is listed, so nothing about it stands in the way; what counts is the chapter's own state.
      if (!mayReadChapter(LISTED, { state: row.state, deleted: row.deletedAt !== null }, relations)) continue;
      const { id, publicId, state, words, postedAt, title } = row;
      const work = {
        id: row.workId,
        publicId: row.workPublicId,
        title: row.workTitle,
        language: row.language,
        adult: row.adult === 1,
      };
      found.push({ id, publicId, position: Number(row.place), title, state, words, postedAt, publishAt: null, work });
    }
  }
  return found;
}

const LISTED = {
  state: 'posted',
  restricted: false,
  unrevealed: false,
  anonymous: false,
  hidden: false,
  deleted: false,
} as const;
