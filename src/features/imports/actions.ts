/** Keeping what was imported: the work, its series, and where it came from, in one transaction. */
import { lockNames } from '../../platform/db/locks.ts';
import type { Blobs } from '../../platform/files/blobs.ts';
import { enqueue } from '../../platform/jobs/queue.ts';
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { placeInSeries, type ImportedSeriesPlace } from '../series/index.ts';
import { createDraft, missingForPosting, MISSING_WORDS, postWork, type NewWork } from '../works/index.ts';
import type { Outcome } from './import-options.ts';
import { findKnownSource, type KnownSource, type SourceKeys } from './queries.ts';
import './tables.ts';

/** A file that is ready to be kept: read, settled, cleaned, its original safe on the disk. */
export interface PreparedImport {
  work: NewWork;
  series: readonly ImportedSeriesPlace[];
  keys: SourceKeys;
  blob: string;
  fileName: string;
  format: string;
  bytes: number;
}

export interface KeptImport {
  outcome: Outcome;
  work: string | null;
  reason: string | null;
}

/** Keeps one prepared file as a draft and posts it if asked and possible. What is here already is not written again. */
export async function keepImport(
  tx: Tx,
  now: number,
  viewer: Viewer,
  prepared: PreparedImport,
  how: { post: boolean },
): Promise<KeptImport> {
  await lockNames(tx, [...sourceNames(prepared.keys), blobName(prepared.blob)]);
  const known = await findKnownSource(tx, prepared.keys);
  if (known) return outcomeOfKnown(known);
  const work = await createDraft(tx, now, prepared.work);
  for (const place of prepared.series) await placeInSeries(tx, now, work.id, place);
  await tx
    .insertInto('import_sources')
    .values({
      work_id: work.id,
      address_key: prepared.keys.addressKey,
      text_hash: prepared.keys.textHash,
      content_hash: prepared.keys.contentHash,
      blob: prepared.blob,
      file_name: prepared.fileName,
      format: prepared.format,
      bytes: prepared.bytes,
      imported_at: now,
    })
    .execute();
  if (!how.post) return { ...draftOutcome(prepared.work), work: work.publicId };
  const posted = await postWork(tx, now, viewer, work.publicId);
  if (!('refusal' in posted)) return { outcome: 'posted', work: work.publicId, reason: null };
  if (posted.refusal === 'incomplete') return { outcome: 'draft', work: work.publicId, reason: needs(posted.missing) };
  return {
    outcome: 'draft',
    work: work.publicId,
    reason: posted.refusal === 'against-the-rules' ? posted.reason : null,
  };
}

/** What a draft still needs, said in its report. */
export function draftOutcome(work: NewWork): KeptImport {
  const missing = missingForPosting({ ...work, chapters: work.chapters.length });
  return { outcome: 'draft', work: null, reason: missing.length > 0 ? needs(missing) : null };
}

/** "It needs a rating and a fandom before it can be posted." */
function needs(missing: readonly (keyof typeof MISSING_WORDS)[]): string {
  const words = missing.map((one) => MISSING_WORDS[one]);
  const list = words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : words[0];
  return `It needs ${list} before it can be posted.`;
}

/** What becomes of a file whose source is here already. */
export function outcomeOfKnown(known: KnownSource): KeptImport {
  if (known.deleted) {
    return {
      outcome: 'unchanged',
      work: known.publicId,
      reason: `"${known.title}" is among the deleted works; restore it there.`,
    };
  }
  return known.same
    ? {
        outcome: 'unchanged',
        work: known.publicId,
        reason: known.whole ? null : `It has the text of "${known.title}".`,
      }
    : {
        outcome: 'update',
        work: known.publicId,
        reason: `The source of "${known.title}" has changed. The work here was left as it is.`,
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

/** Removes where a work came from. @returns the blob of its original, to be removed once this is committed. */
export async function eraseSource(tx: Tx, now: number, workId: number): Promise<string | null> {
  const row = await tx.deleteFrom('import_sources').where('work_id', '=', workId).returning('blob').executeTakeFirst();
  if (!row) return null;
  await enqueue(tx, now, { kind: REMOVE_ORIGINAL, payload: row.blob, uniqueKey: `${REMOVE_ORIGINAL} ${row.blob}` });
  return row.blob;
}

/**
 * Removes an original that no work came from. The file goes while the transaction is open, the one thing awaited in any
 * besides the transaction itself: an import of the same file commits before, and is seen, or after, and puts it back.
 */
export async function removeOriginal(tx: Tx, files: Blobs, blob: string): Promise<void> {
  await lockNames(tx, [blobName(blob)]);
  const used = await tx
    .selectFrom('import_sources')
    .select('work_id')
    .where('blob', '=', blob)
    .limit(1)
    .executeTakeFirst();
  if (!used) await files.remove(blob);
}
