/** Reads of imports: which there were, how far they are, what became of each file. Only their own account may look. */
import { z } from 'zod';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { mayManageSql, visibleWorks } from '../works/index.ts';
import type { ImportOptions, Outcome } from './import-options.ts';
import type { ImportOrigin, ImportState } from './import-run.ts';
import { reasonWithoutName } from './queries.ts';
import './tables.ts';

/** Files that an import has dealt with: what each was then, by the key of its path. */
export async function recordedStamps(handle: Handle, importId: number): Promise<Map<string, string>> {
  const rows = await handle
    .selectFrom('import_files')
    .select(['path_key', 'stamp'])
    .where('import_id', '=', importId)
    .execute();
  return new Map(rows.map((row) => [row.path_key, row.stamp]));
}

/** Files that were handed over and wait to be read, or were being read when the process ended. */
export interface UploadToRun {
  id: number;
  publicId: string;
  accountId: number;
  options: ImportOptions;
}

/** Imports of handed-over files that are to run, the oldest first. */
export async function uploadsToRun(handle: Handle): Promise<UploadToRun[]> {
  const rows = await handle
    .selectFrom('imports')
    .select(['id', 'public_id', 'account_id', 'options'])
    .where('state', '=', 'running')
    .where('origin', '=', 'upload')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    publicId: row.public_id,
    accountId: row.account_id,
    options: JSON.parse(row.options) as ImportOptions,
  }));
}

export type FileOutcome = Outcome | 'undone';

/** An import as lists show it. */
export interface ImportCard {
  id: number;
  publicId: string;
  origin: ImportOrigin;
  named: string[];
  options: ImportOptions;
  state: ImportState;
  files: number;
  weight: number;
  weightDone: number;
  beganAt: number;
  seenAt: number;
  endedAt: number | null;
  counts: Record<FileOutcome, number>;
  /** Questions that its works leave for a person. */
  guesses: number;
}

const names = z.array(z.string());

/** The viewer's imports, the newest first. */
export async function importsOf(
  handle: Handle,
  viewer: Viewer,
  page: { offset: number; limit: number },
): Promise<{ total: number; imports: ImportCard[] }> {
  if (viewer.accountId === null) return { total: 0, imports: [] };
  const { total } = await handle
    .selectFrom('imports')
    .select((count) => count.fn.countAll<number>().as('total'))
    .where('account_id', '=', viewer.accountId)
    .executeTakeFirstOrThrow();
  const rows = await handle
    .selectFrom('imports')
    .selectAll()
    .where('account_id', '=', viewer.accountId)
    .orderBy('id', 'desc')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
  return { total: Number(total), imports: await withCounts(handle, rows) };
}

/** One import of the viewer's, or null. */
export async function findImport(handle: Handle, viewer: Viewer, publicId: string): Promise<ImportCard | null> {
  if (viewer.accountId === null) return null;
  const rows = await handle
    .selectFrom('imports')
    .selectAll()
    .where('public_id', '=', publicId)
    .where('account_id', '=', viewer.accountId)
    .execute();
  return (await withCounts(handle, rows))[0] ?? null;
}

interface ImportRow {
  id: number;
  public_id: string;
  origin: ImportOrigin;
  named: string;
  options: string;
  state: ImportState;
  files: number;
  weight: number;
  weight_done: number;
  began_at: number;
  seen_at: number;
  ended_at: number | null;
}

async function withCounts(handle: Handle, rows: readonly ImportRow[]): Promise<ImportCard[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const outcomes = await handle
    .selectFrom('import_files')
    .select(['import_id', 'outcome', (count) => count.fn.countAll<number>().as('files')])
    .where('import_id', 'in', ids)
    .groupBy(['import_id', 'outcome'])
    .execute();
  const guesses = await handle
    .selectFrom('import_files')
    .innerJoin('import_sources', 'import_sources.work_id', 'import_files.work_id')
    .select(['import_files.import_id', (sum) => sum.fn.sum<number>('import_sources.guesses').as('guesses')])
    .where('import_files.import_id', 'in', ids)
    .where('import_files.outcome', 'in', ['draft', 'posted'])
    .groupBy('import_files.import_id')
    .execute();
  return rows.map((row) => {
    const counts = { posted: 0, draft: 0, unchanged: 0, update: 0, refused: 0, undone: 0 };
    for (const one of outcomes) if (one.import_id === row.id) counts[one.outcome] = Number(one.files);
    return {
      id: row.id,
      publicId: row.public_id,
      origin: row.origin,
      named: names.parse(JSON.parse(row.named)),
      options: JSON.parse(row.options) as ImportOptions,
      state: row.state,
      files: row.files,
      weight: row.weight,
      weightDone: row.weight_done,
      beganAt: row.began_at,
      seenAt: row.seen_at,
      endedAt: row.ended_at,
      counts,
      guesses: Number(guesses.find((one) => one.import_id === row.id)?.guesses ?? 0),
    };
  });
}

/** What became of one file. */
export interface ImportedFile {
  path: string;
  outcome: FileOutcome;
  work: {
    id: number;
    publicId: string;
    title: string;
    state: 'draft' | 'scheduled' | 'posted';
    deleted: boolean;
    guesses: number;
  } | null;
  reason: string | null;
  format: string | null;
  repairs: string[];
  unmapped: string[];
}

/** The files of an import in the order of their paths. */
export async function filesOf(
  handle: Handle,
  importId: number,
  page: { outcome: FileOutcome | null; offset: number; limit: number },
): Promise<ImportedFile[]> {
  let query = handle
    .selectFrom('import_files')
    .leftJoin('works', 'works.id', 'import_files.work_id')
    .leftJoin('import_sources', 'import_sources.work_id', 'import_files.work_id')
    .select([
      'import_files.path',
      'import_files.outcome',
      'import_files.reason',
      'import_files.format',
      'import_files.repairs',
      'import_files.unmapped',
      'works.id',
      'works.public_id',
      'works.title',
      'works.state',
      'works.deleted_at',
      'import_sources.guesses',
    ])
    .where('import_files.import_id', '=', importId);
  if (page.outcome !== null) query = query.where('import_files.outcome', '=', page.outcome);
  const rows = await query.orderBy('import_files.path_key').offset(page.offset).limit(page.limit).execute();
  return rows.map((row) => ({
    path: row.path,
    outcome: row.outcome,
    work:
      row.id === null || row.public_id === null || row.title === null || row.state === null
        ? null
        : {
            id: row.id,
            publicId: row.public_id,
            title: row.title,
            state: row.state,
            deleted: row.deleted_at !== null,
            guesses: row.guesses ?? 0,
          },
    reason: row.reason,
    format: row.format,
    repairs: names.parse(JSON.parse(row.repairs)),
    unmapped: names.parse(JSON.parse(row.unmapped)),
  }));
}

/**
 * The files as their importer may know them now. A work of somebody else's that was found here already may have been
 * hidden, taken back or deleted since: then the report names it no more. `kept`: whether the viewer keeps the work.
 */
export async function filesAsSeen(
  handle: Handle,
  viewer: Viewer,
  files: readonly ImportedFile[],
): Promise<(ImportedFile & { kept: boolean })[]> {
  const ids = [...new Set(files.flatMap((file) => file.work?.id ?? []))];
  if (ids.length === 0) return files.map((file) => ({ ...file, kept: false }));
  const seen = await visibleWorks(handle, viewer).select('works.id').where('works.id', 'in', ids).execute();
  const kept = await handle
    .selectFrom('works')
    .select('works.id')
    .where('works.id', 'in', ids)
    .where((works) => mayManageSql(works, viewer))
    .execute();
  const keptIds = new Set(kept.map((row) => row.id));
  const named = new Set([...seen.map((row) => row.id), ...keptIds]);
  return files.map((file) => {
    if (file.work === null || named.has(file.work.id))
      return { ...file, kept: file.work !== null && keptIds.has(file.work.id) };
    return { ...file, work: null, reason: reasonWithoutName(file.outcome) ?? file.reason, kept: false };
  });
}

/** The files of an import that these works came from. */
export async function filesOfWorks(
  handle: Handle,
  importId: number,
  workIds: readonly number[],
): Promise<{ file: string; stamp: string }[]> {
  const rows = await handle
    .selectFrom('import_files')
    .select(['path as file', 'stamp'])
    .where('import_id', '=', importId)
    .where('work_id', 'in', workIds)
    .orderBy('path_key')
    .execute();
  return rows;
}

/** A work that came in with an import and is there. */
export interface StandingWork {
  id: number;
  publicId: string;
  title: string;
  posted: boolean;
  /** Questions it still asks. */
  guesses: number;
  /** A person has gone through it. */
  reviewed: boolean;
  /** The first of the files it came from. */
  path: string;
}

/** Works that came in with an import and are there, in the order of their files. */
export async function standingWorks(handle: Handle, importId: number): Promise<StandingWork[]> {
  const rows = await handle
    .selectFrom('import_files')
    .innerJoin('works', 'works.id', 'import_files.work_id')
    .innerJoin('import_sources', 'import_sources.work_id', 'works.id')
    .select([
      'works.id',
      'works.public_id',
      'works.title',
      'works.state',
      'import_sources.guesses',
      'import_sources.reviewed_at',
      'import_files.path',
    ])
    .where('import_files.import_id', '=', importId)
    .where('import_files.outcome', 'in', ['draft', 'posted'])
    .where('works.deleted_at', 'is', null)
    .orderBy('import_files.path_key')
    .execute();
  // A work of several files is one, and stands for its first.
  const each = new Map<number, (typeof rows)[number]>();
  for (const row of rows) if (!each.has(row.id)) each.set(row.id, row);
  return [...each.values()].map((row) => ({
    id: row.id,
    publicId: row.public_id,
    title: row.title,
    posted: row.state === 'posted',
    guesses: row.guesses,
    reviewed: row.reviewed_at !== null,
    path: row.path,
  }));
}
