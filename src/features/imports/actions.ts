/** Keeping what was imported: the work, its series, and where it came from, in one transaction. */
import { z } from 'zod';
import { chunks } from '../../platform/db/chunks.ts';
import { lockNames } from '../../platform/db/locks.ts';
import type { Blobs } from '../../platform/files/blobs.ts';
import { enqueue } from '../../platform/jobs/queue.ts';
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { placeInSeries, type ImportedSeriesPlace } from '../series/index.ts';
import {
  createDraft,
  missingForPosting,
  MISSING_WORDS,
  postWork,
  type NewWork,
  mayManageWork,
  relationsTo,
} from '../works/index.ts';
import type { Outcome } from './import-options.ts';
import type { Rescue } from './imported-work.ts';
import { findKnownSource, type KnownSource, type Original, type SourceKeys } from './queries.ts';
import { countGuesses } from './guesses.ts';
import { blobsOf } from './originals.queries.ts';
import './tables.ts';

/** The files of one work, ready to be kept: read, settled, cleaned, their originals safe on the disk. */
export interface PreparedImport {
  work: NewWork;
  series: readonly ImportedSeriesPlace[];
  keys: SourceKeys;
  /** In the order of the chapters. */
  originals: readonly Original[];
  format: string;
  /** Words as the source counts them. */
  statedWords: number | null;
  titleDerived: boolean;
  languageGuessed: boolean;
  /** Which original each chapter was read from, counted from 1. */
  chapterParts: readonly number[];
  /** How texts were rescued, by the place of their original. */
  rescues: readonly { position: number; rescue: Rescue }[];
  /** Why a person should look before it is posted; null when nothing speaks against posting. */
  holdBack: string | null;
}

/** A source that is here already and has changed, ready to be proposed. */
export interface PreparedUpdate {
  known: KnownSource;
  keys: SourceKeys;
  originals: readonly Original[];
  format: string;
}

export interface KeptImport {
  outcome: Outcome;
  /** Public id of the work. */
  work: string | null;
  workId: number | null;
  reason: string | null;
}

/** Keeps prepared files as a draft and posts it if asked and possible. What is here already is not written again. */
export async function keepImport(
  tx: Tx,
  now: number,
  viewer: Viewer,
  prepared: PreparedImport,
  how: { post: boolean },
): Promise<KeptImport> {
  await lockNames(tx, [...sourceNames(prepared.keys), ...prepared.originals.map((one) => blobName(one.blob))]);
  const known = await findKnownSource(tx, prepared.keys);
  if (known) return outcomeOfKnown(known);
  const work = await createDraft(tx, now, prepared.work);
  for (const place of prepared.series) await placeInSeries(tx, now, work.id, place);
  await keepSource(tx, now, work.id, prepared);
  await noteImportedChapters(tx, work.id, prepared.chapterParts);
  const draft = { ...draftOutcome(prepared.work), work: work.publicId, workId: work.id };
  if (prepared.holdBack !== null) return { ...draft, reason: prepared.holdBack };
  if (!how.post) return draft;
  const posted = await postWork(tx, now, viewer, work.publicId);
  if (!('refusal' in posted)) return { ...draft, outcome: 'posted', reason: null };
  if (posted.refusal === 'incomplete') return { ...draft, reason: needs(posted.missing) };
  return { ...draft, reason: posted.refusal === 'against-the-rules' ? posted.reason : null };
}

/** Keeps where a work came from: its keys, its originals, and how its texts were rescued. */
async function keepSource(tx: Tx, now: number, workId: number, prepared: PreparedImport): Promise<void> {
  const { keys } = prepared;
  await tx
    .insertInto('import_sources')
    .values({
      work_id: workId,
      address_key: keys.addressKey,
      text_hash: keys.textHash,
      content_hash: keys.contentHash,
      near_hash: keys.nearHash,
      opening_hash: keys.openingHash,
      format: prepared.format,
      stated_words: prepared.statedWords,
      guesses: prepared.rescues.reduce((sum, { rescue }) => sum + countGuesses(rescue), 0),
      title_derived: prepared.titleDerived ? 1 : 0,
      language_guessed: prepared.languageGuessed ? 1 : 0,
      reviewed_at: null,
      imported_at: now,
    })
    .execute();
  await keepOriginals(tx, workId, prepared.originals);
  for (const { position, rescue } of prepared.rescues) {
    await tx
      .insertInto('import_rescues')
      .values({ work_id: workId, position, rescue: JSON.stringify(rescue) })
      .execute();
  }
}

/** Names the originals of a work, in the order of its chapters. */
export async function keepOriginals(tx: Tx, workId: number, originals: readonly Original[]): Promise<void> {
  for (const [i, original] of originals.entries()) {
    await tx
      .insertInto('import_originals')
      .values({
        work_id: workId,
        position: i + 1,
        blob: original.blob,
        file_name: original.fileName,
        bytes: original.bytes,
      })
      .execute();
  }
}

/**
 * Remembers which revisions the import wrote, so that a person's later edits are told from it, and which original each
 * chapter was read from. `parts`: of the chapters in order; 1 where it says nothing. `kept`: chapters whose text was left
 * as it was; what a person wrote in them, or added, stays theirs.
 */
export async function noteImportedChapters(
  tx: Tx,
  workId: number,
  parts: readonly number[],
  kept: ReadonlySet<number> = new Set(),
): Promise<void> {
  const before = await tx
    .selectFrom('import_chapters')
    .select(['chapter_id', 'revision'])
    .where('work_id', '=', workId)
    .execute();
  const written = new Map(before.map((row) => [row.chapter_id, row.revision]));
  await tx.deleteFrom('import_chapters').where('work_id', '=', workId).execute();
  const chapters = await tx
    .selectFrom('chapters')
    .select(['id', 'revision'])
    .where('work_id', '=', workId)
    .where('deleted_at', 'is', null)
    .orderBy('position')
    .execute();
  const rows = chapters.flatMap((chapter, i) => {
    const revision = kept.has(chapter.id) ? written.get(chapter.id) : chapter.revision;
    return revision === undefined ? [] : [{ chapter_id: chapter.id, work_id: workId, part: parts[i] ?? 1, revision }];
  });
  for (const piece of chunks(rows)) await tx.insertInto('import_chapters').values(piece).execute();
}

/**
 * Proposes a change of a source to those who keep the work; nothing of the work is touched. The same change is proposed
 * once, and not again when it was left out.
 */
export async function proposeUpdate(
  tx: Tx,
  now: number,
  viewer: Viewer,
  update: PreparedUpdate,
  importId: number | null,
): Promise<KeptImport> {
  const { known, keys } = update;
  await lockNames(tx, [`update ${known.workId}`, ...update.originals.map((one) => blobName(one.blob))]);
  const before = await tx
    .selectFrom('import_updates')
    .select(['id', 'number', 'state', 'content_hash', 'blobs'])
    .where('work_id', '=', known.workId)
    .orderBy('number', 'desc')
    .execute();
  const outcome = { work: known.publicId, workId: known.workId };
  const isEarlier = before.some(
    (one) => one.state === 'applied' && blobsOf(one.blobs).join() === update.originals.map(({ blob }) => blob).join(),
  );
  if (isEarlier) return { ...outcome, outcome: 'unchanged', reason: `It is an earlier version of "${known.title}".` };
  const same = before.find((one) => one.content_hash === keys.contentHash);
  if (same && same.state !== 'open')
    return { ...outcome, outcome: 'unchanged', reason: `This change of "${known.title}" was looked at before.` };
  const said = { ...outcome, outcome: 'update' as const, reason: outcomeOfKnown(known).reason };
  const isWaiting = before.some((one) => one.state === 'open');
  // Only who keeps the work puts another change in the place of one that waits: anybody can claim its address.
  if (same || (isWaiting && !mayManageWork(await relationsTo(tx, viewer, known.workId)))) return said;
  // A newer change takes the place of one that nobody has looked at; should that one come again, it is proposed again.
  for (const one of before) {
    if (one.state !== 'open') continue;
    await tx.deleteFrom('import_updates').where('id', '=', one.id).execute();
    for (const blob of blobsOf(one.blobs)) await removeLater(tx, now, blob);
  }
  await tx
    .insertInto('import_updates')
    .values({
      work_id: known.workId,
      number: (before[0]?.number ?? 0) + 1,
      import_id: importId,
      state: 'open',
      content_hash: keys.contentHash,
      blobs: JSON.stringify(update.originals),
      format: update.format,
      found_at: now,
      settled_at: null,
    })
    .execute();
  return said;
}

/** What a draft still needs, said in its report. */
export function draftOutcome(work: NewWork): KeptImport {
  const missing = missingForPosting({ ...work, chapters: work.chapters.length });
  return { outcome: 'draft', work: null, workId: null, reason: missing.length > 0 ? needs(missing) : null };
}

/** "It needs a rating and a fandom before it can be posted." */
function needs(missing: readonly (keyof typeof MISSING_WORDS)[]): string {
  const words = missing.map((one) => MISSING_WORDS[one]);
  const list = words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words[0];
  return `It needs ${list} before it can be posted.`;
}

/** What becomes of a file whose source is here already. */
export function outcomeOfKnown(known: KnownSource): KeptImport {
  const work = { work: known.publicId, workId: known.workId };
  if (known.deleted) {
    return {
      ...work,
      outcome: 'unchanged',
      reason: `"${known.title}" is among the deleted works; restore it there.`,
    };
  }
  return known.same
    ? {
        ...work,
        outcome: 'unchanged',
        reason: known.whole ? null : `It has the text of "${known.title}".`,
      }
    : {
        ...work,
        outcome: 'update',
        reason: `The source of "${known.title}" has changed. Look at the change and take what you want of it.`,
      };
}

/** By what a source is known again, as names that do not meet each other. */
export function sourceNames({ textHash, addressKey }: SourceKeys): string[] {
  return [`text ${textHash}`, ...(addressKey === null ? [] : [`address ${addressKey}`])];
}

function blobName(blob: string): string {
  return `original ${blob}`;
}

/** The job that removes an original from the disk, should the process end before that is done. */
export const REMOVE_ORIGINAL = 'remove-original';

/** Removes where a work came from. @returns the blobs of its originals, to be removed once this is committed. */
export async function eraseSource(tx: Tx, now: number, workId: number): Promise<string[]> {
  const originals = await tx.deleteFrom('import_originals').where('work_id', '=', workId).returning('blob').execute();
  const updates = await tx.deleteFrom('import_updates').where('work_id', '=', workId).returning('blobs').execute();
  await tx.deleteFrom('import_rescues').where('work_id', '=', workId).execute();
  await tx.deleteFrom('import_chapters').where('work_id', '=', workId).execute();
  await tx.deleteFrom('import_sources').where('work_id', '=', workId).execute();
  await forgetFileNames(tx, workId);
  const blobs = [...originals.map((one) => one.blob), ...updates.flatMap((one) => blobsOf(one.blobs))];
  for (const blob of new Set(blobs)) await removeLater(tx, now, blob);
  return [...new Set(blobs)];
}

/**
 * Lets go of the files that a work was read from, and of what reports say of them, when nobody keeps the work any more. How the
 * work is known again stays, so that it is not brought in a second time.
 */
export async function forgetOriginals(tx: Tx, now: number, workId: number): Promise<void> {
  const originals = await tx.deleteFrom('import_originals').where('work_id', '=', workId).returning('blob').execute();
  const updates = await tx.deleteFrom('import_updates').where('work_id', '=', workId).returning('blobs').execute();
  await tx.deleteFrom('import_rescues').where('work_id', '=', workId).execute();
  await forgetFileNames(tx, workId);
  const blobs = [...originals.map((one) => one.blob), ...updates.flatMap((one) => blobsOf(one.blobs))];
  for (const blob of new Set(blobs)) await removeLater(tx, now, blob);
}

/** Reports name files, and so would name what is gone for good. */
async function forgetFileNames(tx: Tx, workId: number): Promise<void> {
  const files = await tx
    .deleteFrom('import_files')
    .where('work_id', '=', workId)
    .returning(['import_id', 'path'])
    .execute();
  for (const importId of new Set(files.map((file) => file.import_id))) {
    const paths = new Set(files.filter((file) => file.import_id === importId).map((file) => file.path));
    const run = await tx.selectFrom('imports').select('named').where('id', '=', importId).executeTakeFirst();
    const named = z.array(z.string()).parse(JSON.parse(run?.named ?? '[]'));
    const left = named.filter((name) => !paths.has(name));
    if (left.length < named.length)
      await tx
        .updateTable('imports')
        .set({ named: JSON.stringify(left) })
        .where('id', '=', importId)
        .execute();
  }
}

/** Has an original removed that nothing may name any more. */
export async function removeLater(tx: Tx, now: number, blob: string): Promise<void> {
  await enqueue(tx, now, { kind: REMOVE_ORIGINAL, payload: blob, uniqueKey: `${REMOVE_ORIGINAL} ${blob}` });
}

/**
 * Removes an original that no work came from. The file goes while the transaction is open, the one thing awaited in any
 * besides the transaction itself: an import of the same file commits before, and is seen, or after, and puts it back.
 */
export async function removeOriginal(tx: Tx, files: Blobs, blob: string): Promise<void> {
  await lockNames(tx, [blobName(blob)]);
  const used = await tx
    .selectFrom('import_originals')
    .select('work_id')
    .where('blob', '=', blob)
    .limit(1)
    .executeTakeFirst();
  // Hashes are of one length, so that one never stands inside another.
  const waiting = await tx
    .selectFrom('import_updates')
    .select('id')
    .where('state', '!=', 'dismissed')
    .where('blobs', 'like', `%${blob}%`)
    .limit(1)
    .executeTakeFirst();
  if (!used && !waiting) await files.remove(blob);
}
