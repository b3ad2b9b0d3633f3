/** Keeping what was imported: the work, its series, and where it came from, in one transaction. */
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { placeInSeries, type ImportedSeriesPlace } from '../series/index.ts';
import type { SiteRules } from '../site/index.ts';
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
  how: { post: boolean; rules: SiteRules },
): Promise<KeptImport> {
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
  const posted = await postWork(tx, now, viewer, work.publicId, how.rules);
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
    ? { outcome: 'unchanged', work: known.publicId, reason: null }
    : {
        outcome: 'update',
        work: known.publicId,
        reason: `The source of "${known.title}" has changed. The work here was left as it is.`,
      };
}

/** Removes where a work came from. @returns the blob of its original when no other work came from the same file. */
export async function eraseSource(tx: Tx, workId: number): Promise<string | null> {
  const row = await tx.deleteFrom('import_sources').where('work_id', '=', workId).returning('blob').executeTakeFirst();
  if (!row) return null;
  const other = await tx.selectFrom('import_sources').select('work_id').where('blob', '=', row.blob).executeTakeFirst();
  return other ? null : row.blob;
}
