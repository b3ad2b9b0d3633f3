/** Reads of what an import left to look at: rescued texts, guessed titles and languages. Only those who keep a work see it. */
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { mayManageWork, type WorkWhole } from '../works/index.ts';
import type { Rescue } from './imported-work.ts';
import './tables.ts';

/** The rescue of one original of a work. */
export interface KeptRescue {
  /** Which of the originals, counted from 1. */
  position: number;
  blob: string;
  fileName: string;
  rescue: Rescue;
  /** Counts the changes of it: another one since is not written over. */
  version: number;
}

/** The rescues of a work in the order of its originals. */
export async function rescuesOf(handle: Handle, work: WorkWhole): Promise<KeptRescue[]> {
  if (!mayManageWork(work.relations)) return [];
  const rows = await handle
    .selectFrom('import_rescues')
    .innerJoin('import_originals', (join) =>
      join
        .onRef('import_originals.work_id', '=', 'import_rescues.work_id')
        .onRef('import_originals.position', '=', 'import_rescues.position'),
    )
    .select([
      'import_rescues.position',
      'import_rescues.rescue',
      'import_rescues.version',
      'import_originals.blob',
      'import_originals.file_name',
    ])
    .where('import_rescues.work_id', '=', work.id)
    .orderBy('import_rescues.position')
    .execute();
  return rows.map((row) => ({
    position: row.position,
    blob: row.blob,
    fileName: row.file_name,
    rescue: JSON.parse(row.rescue) as Rescue,
    version: row.version,
  }));
}

/** How a work came in, as far as a review says it. */
export interface ReviewedSource {
  format: string;
  statedWords: number | null;
  guesses: number;
  titleDerived: boolean;
  languageGuessed: boolean;
  reviewedAt: number | null;
}

/** How a work came in; null for one that did not come in by import, and for who does not keep it. */
export async function sourceOf(handle: Handle, work: WorkWhole): Promise<ReviewedSource | null> {
  if (!mayManageWork(work.relations)) return null;
  const row = await handle
    .selectFrom('import_sources')
    .select(['format', 'stated_words', 'guesses', 'title_derived', 'language_guessed', 'reviewed_at'])
    .where('work_id', '=', work.id)
    .executeTakeFirst();
  if (!row) return null;
  return {
    format: row.format,
    statedWords: row.stated_words,
    guesses: row.guesses,
    titleDerived: row.title_derived === 1,
    languageGuessed: row.language_guessed === 1,
    reviewedAt: row.reviewed_at,
  };
}

/** The import a work came in with, if it is the viewer's. */
export async function importOfWork(
  handle: Handle,
  viewer: Viewer,
  workId: number,
): Promise<{ id: number; publicId: string } | null> {
  if (viewer.accountId === null) return null;
  const row = await handle
    .selectFrom('import_files')
    .innerJoin('imports', 'imports.id', 'import_files.import_id')
    .select(['imports.id', 'imports.public_id'])
    .where('import_files.work_id', '=', workId)
    .where('import_files.outcome', 'in', ['draft', 'posted'])
    .where('imports.account_id', '=', viewer.accountId)
    .orderBy('imports.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { id: row.id, publicId: row.public_id } : null;
}

/** Which revision of a chapter an import, a review or an update wrote last, and which original it was read from. */
export async function chapterParts(
  handle: Handle,
  workId: number,
): Promise<Map<number, { part: number; revision: number }>> {
  const rows = await handle
    .selectFrom('import_chapters')
    .select(['chapter_id', 'part', 'revision'])
    .where('work_id', '=', workId)
    .execute();
  return new Map(rows.map((row) => [row.chapter_id, { part: row.part, revision: row.revision }]));
}
