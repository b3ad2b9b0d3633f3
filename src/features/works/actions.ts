/** Changes of works: check, write, tell. Texts arrive clean; whether the viewer may is checked here. */
import { newPublicId } from '../../platform/db/public-id.ts';
import { lockNames } from '../../platform/db/locks.ts';
import { boundedKey, nameKey } from '../../platform/db/name-key.ts';
import { append } from '../../platform/events/log.ts';
import type { Flag, Handle, Tx } from '../../platform/db/tables.ts';
import { chunks } from '../../platform/db/chunks.ts';
import { may, type Viewer } from '../accounts/index.ts';
import { refusalOf, rulesToPostUnder, UNDO_DAYS, type SiteRules } from '../site/index.ts';
import { ensureTags, findTag, forgetTags, ratingsOf, type Tag, type TagKind } from '../tags/index.ts';
import { findToPost, findWork } from './queries.ts';
import { mayChangeWork } from './visibility.ts';
import {
  missingForPosting,
  type CleanText,
  type Notation,
  type WorkRefusal,
  type WorkTag,
  type WorkWhole,
} from './work.ts';
import './tables.ts';

export type NewCreator =
  | { kind: 'pseud'; pseudId: number }
  | { kind: 'imported'; name: string; site: string; url: string | null };

export interface NewChapter {
  title: string;
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

/** Replaces the tags of a work, keeping the creator's order, and settles whether it stands behind the adult gate. */
async function replaceTags(
  tx: Tx,
  now: number,
  workId: number,
  wanted: readonly { kind: TagKind; name: string }[],
): Promise<void> {
  const tags = await ensureTags(tx, now, wanted);
  await tx.deleteFrom('work_tags').where('work_id', '=', workId).execute();
  await addTags(tx, workId, tags);
  await tx
    .updateTable('works')
    .set({ adult: await adultFlag(tx, tags) })
    .where('id', '=', workId)
    .execute();
}

async function addTags(tx: Tx, workId: number, tags: readonly Tag[]): Promise<void> {
  const each = [...new Map(tags.map((tag) => [tag.id, tag])).values()];
  const rows = each.map((tag, position) => ({ work_id: workId, tag_id: tag.id, kind: tag.kind, position }));
  for (const piece of chunks(rows)) await tx.insertInto('work_tags').values(piece).execute();
}

async function adultFlag(tx: Tx, tags: readonly Tag[]): Promise<Flag> {
  const ids = tags.filter((tag) => tag.kind === 'rating').map((tag) => tag.id);
  return (await ratingsOf(tx, ids)).some((rating) => rating.adult) ? 1 : 0;
}

/** Whether a work with these tags may be posted under the rules; the reason when not. */
export async function ruleAgainst(
  tx: Tx,
  rules: SiteRules,
  tags: readonly Pick<WorkTag, 'kind' | 'name'>[],
): Promise<string | null> {
  return refusalOf(rules, {
    labelKeys: tags.map((tag) => nameKey(tag.name)),
    rating: rules.refusedRatings.size === 0 ? null : await ratingCode(tx, tags),
  });
}

async function ratingCode(tx: Tx, tags: readonly Pick<WorkTag, 'kind' | 'name'>[]): Promise<string | null> {
  const said = tags.find((tag) => tag.kind === 'rating');
  const tag = said ? await findTag(tx, 'rating', said.name) : null;
  const [rating] = tag ? await ratingsOf(tx, [tag.id]) : [];
  return rating?.code ?? null;
}

/** Posts a draft with all its chapters. Dates from a source stay; without them it is new now. */
export async function postWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
): Promise<InsertedWork | WorkRefusal> {
  const rules = await rulesToPostUnder(tx);
  const work = may(viewer, 'change-own-works') ? await findToPost(tx, viewer, publicId) : null;
  if (!work) return { refusal: 'not-found' };
  if (work.state === 'posted') return { id: work.id, publicId };
  const missing = missingForPosting(work);
  if (missing.length > 0) return { refusal: 'incomplete', missing };
  const reason = await ruleAgainst(tx, rules, work.tags);
  if (reason !== null) return { refusal: 'against-the-rules', reason };
  await tx
    .updateTable('works')
    .set((set) => ({
      state: 'posted' as const,
      publish_at: null,
      posted_chapters: work.chapters,
      posted_at: work.postedAt ?? now,
      updated_at: work.postedAt === null ? now : work.updatedAt,
      version: set('version', '+', 1),
      ...(rules.registeredOnly ? { restricted: 1 as const } : {}),
    }))
    .where('id', '=', work.id)
    .execute();
  await tx
    .updateTable('chapters')
    .set((set) => ({
      state: 'posted' as const,
      publish_at: null,
      posted_at: set.fn.coalesce('posted_at', set.val(work.postedAt ?? now)),
    }))
    .where('work_id', '=', work.id)
    .execute();
  await append(tx, now, {
    kind: 'work.posted',
    subject: 'work',
    subjectId: work.id,
    workId: work.id,
    version: work.version + 1,
  });
  return { id: work.id, publicId };
}

/** What a person can change about a work without touching its chapters. */
export interface WorkChanges {
  /** The version of the work that was shown when it was changed; null where nobody says. */
  madeFrom: number | null;
  title: string;
  language: string | null;
  status: string;
  plannedChapters: number | null;
  format: Notation;
  summary: CleanText;
  notes: CleanText;
  endNotes: CleanText;
  /** The version of the rules the texts were cleaned by; absent where they stand as they were. */
  rules?: number;
  tags: readonly { kind: TagKind; name: string }[];
  restricted: boolean;
  noindex: boolean;
}

/** Changes what is said about a work. A posted one must stay complete. An edit never moves a work up the lists. */
export async function editWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  changes: WorkChanges,
): Promise<InsertedWork | WorkRefusal> {
  const siteRules = await rulesToPostUnder(tx);
  // Two who save at once do it one after the other, so that the second is told of the first.
  await lockNames(tx, [`work ${publicId}`]);
  const work = await findWork(tx, viewer, publicId);
  if (!work || !mayChangeWork(viewer, work)) return { refusal: 'not-found' };
  if (changes.madeFrom !== null && changes.madeFrom !== work.version) return { refusal: 'changed-meanwhile' };
  const reason = await ruleAgainst(tx, siteRules, changes.tags);
  // A rule that came after a work spares it, and so spares its corrections.
  const spared = work.state === 'draft' ? null : await ruleAgainst(tx, siteRules, work.tags);
  if (reason !== null && reason !== spared) return { refusal: 'against-the-rules', reason };
  const missing = missingForPosting({ ...changes, chapters: work.chapters.length });
  if (work.state !== 'draft' && missing.length > 0) return { refusal: 'incomplete', missing };
  await tx
    .updateTable('works')
    .set((set) => ({
      title: changes.title,
      language: changes.language,
      status: changes.status,
      planned_chapters: changes.plannedChapters,
      format: changes.format,
      summary_source: changes.summary.source,
      summary_html: changes.summary.html,
      notes_source: changes.notes.source,
      notes_html: changes.notes.html,
      end_notes_source: changes.endNotes.source,
      end_notes_html: changes.endNotes.html,
      ...(changes.rules === undefined ? {} : { rules: changes.rules }),
      restricted: changes.restricted || (work.state === 'posted' && siteRules.registeredOnly) ? 1 : 0,
      noindex: changes.noindex ? 1 : 0,
      notices: '[]',
      version: set('version', '+', 1),
    }))
    .where('id', '=', work.id)
    .execute();
  await replaceTags(tx, now, work.id, changes.tags);
  await append(tx, now, {
    kind: 'work.edited',
    subject: 'work',
    subjectId: work.id,
    workId: work.id,
    version: work.version + 1,
  });
  return { id: work.id, publicId };
}

/** Deletes a work; for 30 days its keepers can restore it. */
export async function deleteWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
): Promise<InsertedWork | WorkRefusal> {
  const work = await findWork(tx, viewer, publicId);
  if (!work || !mayChangeWork(viewer, work)) return { refusal: 'not-found' };
  return markDeleted(tx, now, work, now);
}

/** Takes a deletion back. */
export async function restoreWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
): Promise<InsertedWork | WorkRefusal> {
  const work = await findWork(tx, viewer, publicId, { deleted: true });
  if (!work || !mayChangeWork(viewer, work)) return { refusal: 'not-found' };
  return markDeleted(tx, now, work, null);
}

async function markDeleted(tx: Tx, now: number, work: WorkWhole, deletedAt: number | null): Promise<InsertedWork> {
  await tx
    .updateTable('works')
    .set((set) => ({ deleted_at: deletedAt, version: set('version', '+', 1) }))
    .where('id', '=', work.id)
    .execute();
  await append(tx, now, {
    kind: deletedAt === null ? 'work.restored' : 'work.deleted',
    subject: 'work',
    subjectId: work.id,
    workId: work.id,
    version: work.version + 1,
  });
  return { id: work.id, publicId: work.publicId };
}

/**
 * Removes the rows of a work for good, with the names and tags that stood on nothing else, and remembers that it was
 * erased. Other features erase what is theirs before.
 */
export async function eraseWorkRows(tx: Tx, now: number, workId: number): Promise<void> {
  const tags = await tx.selectFrom('work_tags').select('tag_id').where('work_id', '=', workId).execute();
  const creators = await tx
    .selectFrom('work_creators')
    .select('imported_creator_id')
    .where('work_id', '=', workId)
    .where('imported_creator_id', 'is not', null)
    .execute();
  const work = await tx.deleteFrom('works').where('id', '=', workId).returning('public_id').executeTakeFirst();
  if (!work) return;
  for (const { imported_creator_id: id } of creators) await forgetUnusedCreator(tx, id ?? 0);
  const used = await tagsOnWorks(
    tx,
    tags.map((tag) => tag.tag_id),
  );
  await forgetTags(
    tx,
    now,
    tags.map((tag) => tag.tag_id).filter((id) => !used.has(id)),
  );
  await tx.insertInto('erased_works').values({ public_id: work.public_id, at: now }).execute();
  await append(tx, now, { kind: 'work.erased', subject: 'work', subjectId: workId, workId });
}

async function forgetUnusedCreator(tx: Tx, id: number): Promise<void> {
  const other = await tx
    .selectFrom('work_creators')
    .select('work_id')
    .where('imported_creator_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  if (!other) await tx.deleteFrom('imported_creators').where('id', '=', id).execute();
}

async function tagsOnWorks(tx: Tx, ids: readonly number[]): Promise<Set<number>> {
  const used = new Set<number>();
  for (const piece of chunks(ids)) {
    const rows = await tx.selectFrom('work_tags').select('tag_id').distinct().where('tag_id', 'in', piece).execute();
    for (const row of rows) used.add(row.tag_id);
  }
  return used;
}

/** Whether a work's deletion can no longer be undone. */
export async function isPastUndo(tx: Tx, now: number, workId: number): Promise<boolean> {
  const row = await tx.selectFrom('works').select('deleted_at').where('id', '=', workId).executeTakeFirst();
  return typeof row?.deleted_at === 'number' && row.deleted_at < now - UNDO_DAYS * 86_400_000;
}

/** Ids of works whose deletion can no longer be undone. */
export async function worksPastUndo(tx: Handle, now: number, limit: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('works')
    .select('id')
    .where('deleted_at', '<', now - UNDO_DAYS * 86_400_000)
    .orderBy('deleted_at')
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Ids of works of the sample library that are still here, deleted ones too. */
export async function sampleWorks(tx: Handle, limit: number): Promise<number[]> {
  const rows = await tx.selectFrom('works').select('id').where('sample', '=', 1).orderBy('id').limit(limit).execute();
  return rows.map((row) => row.id);
}

/** Takes an account out of bylines, out of what it brought in, and out of the revisions it saved. The texts stay. */
export async function forgetAccount(tx: Tx, now: number, accountId: number): Promise<void> {
  const pseuds = (await tx.selectFrom('pseuds').select('id').where('account_id', '=', accountId).execute()).map(
    (row) => row.id,
  );
  await tx.updateTable('chapter_revisions').set({ saved_by: null }).where('saved_by', '=', accountId).execute();
  if (pseuds.length === 0) return;
  await tx.updateTable('works').set({ archived_by: null }).where('archived_by', 'in', pseuds).execute();
  const unsigned = await tx.deleteFrom('work_creators').where('pseud_id', 'in', pseuds).returning('work_id').execute();
  for (const piece of chunks([...new Set(unsigned.map((row) => row.work_id))])) {
    await append(
      tx,
      now,
      ...piece.map((workId) => ({ kind: 'work.edited', subject: 'work', subjectId: workId, workId })),
    );
  }
}

/** Makes every posted work one for registered readers, as the archive's rule asks. One event says it of all. */
export async function restrictPostedWorks(tx: Tx, now: number): Promise<void> {
  const open = await tx
    .selectFrom('works')
    .select('id')
    .where('state', '=', 'posted')
    .where('restricted', '=', 0)
    .limit(1)
    .executeTakeFirst();
  if (!open) return;
  await tx
    .updateTable('works')
    .set({ restricted: 1 })
    .where('state', '=', 'posted')
    .where('restricted', '=', 0)
    .execute();
  await append(tx, now, { kind: 'works.restricted', subject: 'site', subjectId: 0 });
}
