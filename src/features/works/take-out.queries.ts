/**
 * A work as those who keep it take it out: every column of its rows but those that are named here with the reason, so that another
 * archive could put it back as it was. A test compares the lists with the schema.
 */
import type { TakenFile } from '../../platform/feature.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { jsonFile, takenRow } from '../../platform/taken-row.ts';
import { creatorsAndInvited } from './co-creators.queries.ts';
import type { AutosavesTable, ChapterRevisionsTable, ChaptersTable, TextFormatName, WorksTable } from './tables.ts';
import './tables.ts';

type Columns<T> = readonly (keyof T & string)[];

export const WORK_COLUMNS = [
  'public_id',
  'title',
  'language',
  'state',
  'restricted',
  'unrevealed',
  'anonymous',
  'hidden',
  'deleted_at',
  'noindex',
  'adult',
  'sample',
  'status',
  'planned_chapters',
  'posted_chapters',
  'words',
  'kudos',
  'comments',
  'bookmarks',
  'hits',
  'format',
  'summary_source',
  'summary_html',
  'notes_source',
  'notes_html',
  'end_notes_source',
  'end_notes_html',
  'rules',
  'source_url',
  'notices',
  'version',
  'created_at',
  'publish_at',
  'posted_at',
  'updated_at',
  'commenters',
  'comments_moderated',
  'downloads',
  'no_ai',
] as const satisfies Columns<WorksTable>;

export const CHAPTER_COLUMNS = [
  'public_id',
  'position',
  'state',
  'revision',
  'words',
  'publish_at',
  'posted_at',
  'created_at',
  'deleted_at',
  'deleted_from',
] as const satisfies Columns<ChaptersTable>;

export const REVISION_COLUMNS = [
  'number',
  'title',
  'warnings',
  'format',
  'summary_source',
  'summary_html',
  'notes_source',
  'notes_html',
  'end_notes_source',
  'end_notes_html',
  'source',
  'html',
  'rules',
  'words',
  'saved_at',
] as const satisfies Columns<ChapterRevisionsTable>;

const AUTOSAVE_COLUMNS = [
  'sheet',
  'place',
  'base',
  'sequence',
  'opening',
  'fields',
  'saved_at',
] as const satisfies Columns<AutosavesTable>;

/** What is left out, each with the reason. */
export const LEFT_OUT: Record<'works' | 'chapters' | 'chapter_revisions', Record<string, string>> = {
  works: {
    id: 'a number of this archive alone; public_id names the work',
    archived_by: 'told as broughtInByYou; who else did is theirs to tell',
    listed_guest: 'follows from the other columns',
    listed_account: 'follows from the other columns',
  },
  chapters: {
    id: 'a number of this archive alone; public_id names the chapter',
    work_id: 'the folder says it',
  },
  chapter_revisions: {
    id: 'a number of this archive alone; chapter and number name the revision',
    chapter_id: 'the folder says it',
    saved_by: 'told as savedByYou; who else did is theirs to tell',
  },
};

export const WORK_FLAGS = [
  'restricted',
  'unrevealed',
  'anonymous',
  'hidden',
  'noindex',
  'adult',
  'sample',
  'comments_moderated',
  'downloads',
  'no_ai',
] as const;

const ENDINGS: Record<TextFormatName, string> = { html: 'html', markdown: 'md', text: 'txt' };

/** What new works of the account begin with, where it has said so. */
export async function* takenDefaults(handle: Handle, accountId: number): AsyncGenerator<TakenFile> {
  const row = await handle
    .selectFrom('new_work_defaults')
    .select(['restricted', 'noindex', 'commenters', 'comments_moderated', 'downloads', 'no_ai'])
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  const flags = ['restricted', 'noindex', 'comments_moderated', 'downloads', 'no_ai'] as const;
  if (row) yield { path: 'new-works.json', content: jsonFile(takenRow(row, { flags })) };
}

/** The files of one work that the account keeps. Each chapter and each revision is read when it is written. */
export async function* takenWork(handle: Handle, accountId: number, workId: number): AsyncGenerator<TakenFile> {
  const work = await handle.selectFrom('works').select(WORK_COLUMNS).where('id', '=', workId).executeTakeFirst();
  if (!work) return;
  const people = await creatorsAndInvited(handle, { accountId, roles: new Set(), adult: true }, workId);
  yield {
    path: 'work.json',
    content: jsonFile({
      ...takenRow(work, { flags: WORK_FLAGS, json: ['notices'] }),
      broughtInByYou: await isBroughtInBy(handle, accountId, workId),
      creators: people.creators,
      invited: people.invited.map(({ name }) => ({ name })),
      refused: people.refused.map((name) => ({ name })),
      concealedBy: await handle
        .selectFrom('work_concealments')
        .select(['kind', 'cause'])
        .where('work_id', '=', workId)
        .execute(),
      tags: await tagsInOrder(handle, workId),
    }),
  };
  if (work.summary_html !== '') yield { path: 'summary.html', content: work.summary_html };
  if (work.notes_html !== '') yield { path: 'notes.html', content: work.notes_html };
  if (work.end_notes_html !== '') yield { path: 'end-notes.html', content: work.end_notes_html };
  const chapters = await handle
    .selectFrom('chapters')
    .select(['id', ...CHAPTER_COLUMNS])
    .where('work_id', '=', workId)
    .orderBy('position')
    .execute();
  for (const { id, ...chapter } of chapters) {
    const place =
      chapter.deleted_at === null ? String(chapter.position).padStart(3, '0') : `deleted-${chapter.public_id}`;
    yield* takenChapter(handle, accountId, id, chapter, `chapters/${place}`);
  }
}

type ChapterRow = { revision: number } & Readonly<Record<(typeof CHAPTER_COLUMNS)[number], string | number | null>>;

async function* takenChapter(
  handle: Handle,
  accountId: number,
  chapterId: number,
  chapter: ChapterRow,
  folder: string,
): AsyncGenerator<TakenFile> {
  yield { path: `${folder}/chapter.json`, content: jsonFile(takenRow(chapter)) };
  const numbers = await handle
    .selectFrom('chapter_revisions')
    .select('number')
    .where('chapter_id', '=', chapterId)
    .orderBy('number')
    .execute();
  for (const { number } of numbers) {
    const read = await handle
      .selectFrom('chapter_revisions')
      .select([...REVISION_COLUMNS, 'saved_by'])
      .where('chapter_id', '=', chapterId)
      .where('number', '=', number)
      .executeTakeFirst();
    // Erased since the numbers were read.
    if (!read) continue;
    const { saved_by: savedBy, ...revision } = read;
    if (number === chapter.revision) {
      yield { path: `${folder}/source.${ENDINGS[revision.format]}`, content: revision.source };
      yield { path: `${folder}/chapter.html`, content: revision.html };
    }
    yield {
      path: `${folder}/revisions/${String(number).padStart(4, '0')}.json`,
      content: jsonFile({ ...takenRow(revision), savedByYou: savedBy === accountId }),
    };
  }
}

async function isBroughtInBy(handle: Handle, accountId: number, workId: number): Promise<boolean> {
  const row = await handle
    .selectFrom('works')
    .innerJoin('pseuds', 'pseuds.id', 'works.archived_by')
    .select('works.id')
    .where('works.id', '=', workId)
    .where('pseuds.account_id', '=', accountId)
    .executeTakeFirst();
  return row !== undefined;
}

async function tagsInOrder(handle: Handle, workId: number): Promise<object[]> {
  return handle
    .selectFrom('work_tags')
    .innerJoin('tags', 'tags.id', 'work_tags.tag_id')
    .select(['work_tags.kind', 'tags.name', 'work_tags.position'])
    .where('work_tags.work_id', '=', workId)
    .orderBy('work_tags.position')
    .orderBy('tags.id')
    .execute();
}

/** What an account typed and has not saved, as one file; none where there is nothing. */
export async function* takenAutosaves(handle: Handle, accountId: number): AsyncGenerator<TakenFile> {
  const rows = await handle
    .selectFrom('autosaves')
    .leftJoin('works', 'works.id', 'autosaves.work_id')
    .leftJoin('chapters', 'chapters.id', 'autosaves.chapter_id')
    .select(AUTOSAVE_COLUMNS.map((column) => `autosaves.${column}` as const))
    .select(['works.public_id as work', 'chapters.public_id as chapter'])
    .where('autosaves.account_id', '=', accountId)
    .orderBy('autosaves.saved_at')
    .execute();
  if (rows.length > 0)
    yield { path: 'unsaved.json', content: jsonFile(rows.map((row) => takenRow(row, { json: ['fields'] }))) };
}
