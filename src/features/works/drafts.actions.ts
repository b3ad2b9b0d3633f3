/** New works, which all begin as drafts, and new chapters of any work. Texts arrive clean. */
import { newPublicId } from '../../platform/db/public-id.ts';
import { boundedKey, nameKey } from '../../platform/db/name-key.ts';
import { append } from '../../platform/events/log.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { ensureTags, type TagKind } from '../tags/index.ts';
import { columnsOf, type Decisions } from './deciding.ts';
import type { CleanText, Notation } from './work.ts';
import { addTags, adultFlag } from './work-tags.actions.ts';
import './tables.ts';

export type NewCreator =
  | { kind: 'pseud'; pseudId: number }
  | { kind: 'imported'; name: string; site: string; url: string | null };

export interface NewChapter {
  title: string;
  /** One line of plain text; where a source cannot say, those of the revision before stay. */
  warnings?: string;
  format: Notation;
  summary: CleanText;
  notes: CleanText;
  endNotes: CleanText;
  text: CleanText;
  /** Version of the cleaning rules. */
  rules: number;
  words: number;
  /** UTC milliseconds, where the source dates the chapter. */
  postedAt: number | null;
}

export interface NewWork {
  title: string;
  language: string | null;
  status: string;
  plannedChapters: number | null;
  format: Notation;
  summary: CleanText;
  notes: CleanText;
  endNotes: CleanText;
  rules: number;
  /** In the creator's order; names that tags can have. */
  tags: readonly { kind: TagKind; name: string }[];
  creators: readonly NewCreator[];
  /** The pseud that brings it in, for what somebody else wrote. */
  archivedBy: number | null;
  restricted: boolean;
  noindex: boolean;
  /** What it lets others do; the defaults that protect people where nothing is said. */
  decisions?: Decisions;
  sample: boolean;
  sourceUrl: string | null;
  notices: readonly string[];
  /** Dates of the source; they stay, and so a posting never counts as new. */
  postedAt: number | null;
  updatedAt: number | null;
  chapters: readonly NewChapter[];
  savedBy: number | null;
}

export interface InsertedWork {
  id: number;
  publicId: string;
}

/** Keeps a new work as a draft, with the first revision of each chapter. */
export async function createDraft(tx: Tx, now: number, work: NewWork): Promise<InsertedWork> {
  const publicId = newPublicId();
  const tags = await ensureTags(tx, now, work.tags);
  const { id } = await tx
    .insertInto('works')
    .values({
      public_id: publicId,
      title: work.title,
      language: work.language,
      state: 'draft',
      restricted: work.restricted ? 1 : 0,
      noindex: work.noindex ? 1 : 0,
      ...columnsOf(work.decisions ?? {}),
      adult: await adultFlag(tx, tags),
      sample: work.sample ? 1 : 0,
      deleted_at: null,
      status: work.status,
      planned_chapters: work.plannedChapters,
      words: work.chapters.reduce((sum, chapter) => sum + chapter.words, 0),
      format: work.format,
      summary_source: work.summary.source,
      summary_html: work.summary.html,
      notes_source: work.notes.source,
      notes_html: work.notes.html,
      end_notes_source: work.endNotes.source,
      end_notes_html: work.endNotes.html,
      rules: work.rules,
      source_url: work.sourceUrl,
      archived_by: work.archivedBy,
      notices: JSON.stringify(work.notices),
      created_at: now,
      publish_at: null,
      posted_at: work.postedAt,
      updated_at: work.updatedAt ?? work.postedAt ?? now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addCreators(tx, now, id, work.creators);
  await addTags(tx, id, tags);
  for (const [index, chapter] of work.chapters.entries())
    await addChapter(tx, now, id, index + 1, chapter, work.savedBy);
  await append(tx, now, { kind: 'work.created', subject: 'work', subjectId: id, workId: id, version: 1 });
  return { id, publicId };
}

/** Keeps a new chapter of a work as a draft, with its first revision. @returns its id. */
export async function addChapter(
  tx: Tx,
  now: number,
  workId: number,
  position: number,
  chapter: NewChapter,
  savedBy: number | null,
): Promise<number> {
  const { id } = await tx
    .insertInto('chapters')
    .values({
      public_id: newPublicId(),
      work_id: workId,
      position,
      state: 'draft',
      revision: 1,
      words: chapter.words,
      publish_at: null,
      posted_at: chapter.postedAt,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await insertRevision(tx, now, id, 1, chapter, savedBy);
  return id;
}

/** Keeps a revision of a chapter under its number. */
export async function insertRevision(
  tx: Tx,
  now: number,
  chapterId: number,
  number: number,
  chapter: NewChapter,
  savedBy: number | null,
): Promise<void> {
  await tx
    .insertInto('chapter_revisions')
    .values({
      chapter_id: chapterId,
      number,
      title: chapter.title,
      ...(chapter.warnings === undefined ? {} : { warnings: chapter.warnings }),
      format: chapter.format,
      summary_source: chapter.summary.source,
      summary_html: chapter.summary.html,
      notes_source: chapter.notes.source,
      notes_html: chapter.notes.html,
      end_notes_source: chapter.endNotes.source,
      end_notes_html: chapter.endNotes.html,
      source: chapter.text.source,
      html: chapter.text.html,
      rules: chapter.rules,
      words: chapter.words,
      saved_by: savedBy,
      saved_at: now,
    })
    .execute();
}

/** Keeps another text of a chapter as its new revision, which readers see from now on. */
export async function addRevision(
  tx: Tx,
  now: number,
  chapterId: number,
  chapter: NewChapter,
  savedBy: number | null,
): Promise<void> {
  const { revision } = await tx
    .updateTable('chapters')
    .set((set) => ({ revision: set('revision', '+', 1), words: chapter.words }))
    .where('id', '=', chapterId)
    .returning('revision')
    .executeTakeFirstOrThrow();
  const warnings = chapter.warnings ?? (await warningsAt(tx, chapterId, revision - 1));
  await insertRevision(tx, now, chapterId, revision, { ...chapter, warnings }, savedBy);
}

async function warningsAt(tx: Tx, chapterId: number, number: number): Promise<string> {
  const row = await tx
    .selectFrom('chapter_revisions')
    .select('warnings')
    .where('chapter_id', '=', chapterId)
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.warnings ?? '';
}

async function addCreators(tx: Tx, now: number, workId: number, creators: readonly NewCreator[]): Promise<void> {
  const seen = new Set<string>();
  for (const creator of creators) {
    const pseudId = creator.kind === 'pseud' ? creator.pseudId : null;
    const importedId = creator.kind === 'imported' ? await ensureImportedCreator(tx, now, creator) : null;
    const key = `${pseudId}/${importedId}`;
    if (seen.has(key)) continue;
    await tx
      .insertInto('work_creators')
      .values({
        work_id: workId,
        position: seen.size,
        pseud_id: pseudId,
        imported_creator_id: importedId,
        state: 'accepted',
      })
      .execute();
    seen.add(key);
  }
}

async function ensureImportedCreator(
  tx: Tx,
  now: number,
  creator: { name: string; site: string; url: string | null },
): Promise<number> {
  const key = boundedKey(nameKey(creator.name));
  const find = () =>
    tx
      .selectFrom('imported_creators')
      .select('id')
      .where('name_key', '=', key)
      .where('site', '=', creator.site)
      .executeTakeFirst();
  const found = await find();
  if (found) return found.id;
  await tx
    .insertInto('imported_creators')
    .values({
      public_id: newPublicId(),
      name: creator.name,
      name_key: key,
      site: creator.site,
      url: creator.url,
      created_at: now,
    })
    .onConflict((conflict) => conflict.columns(['name_key', 'site']).doNothing())
    .execute();
  const made = await find();
  if (!made) throw new Error(`The name "${creator.name}" could not be kept.`);
  return made.id;
}
