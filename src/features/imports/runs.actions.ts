/** Imports as runs: begun, taken up where they were cut short, recorded file by file, ended. */
import { boundedKey } from '../../platform/db/name-key.ts';
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { deleteWork } from '../works/index.ts';
import type { FileReport, ImportOptions } from './import-options.ts';
import type { ImportOrigin } from './import-run.ts';
import './tables.ts';

export interface BegunImport {
  id: number;
  publicId: string;
}

/** Begins an import. `named`: the paths or file names that were given, as they are shown. */
export async function beginImport(
  tx: Tx,
  now: number,
  run: { accountId: number; origin: ImportOrigin; named: readonly string[]; options: ImportOptions },
): Promise<BegunImport> {
  const publicId = newPublicId();
  const { id } = await tx
    .insertInto('imports')
    .values({
      public_id: publicId,
      account_id: run.accountId,
      origin: run.origin,
      named: JSON.stringify(run.named),
      options: JSON.stringify(run.options),
      state: run.origin === 'upload' ? 'gathering' : 'running',
      began_at: now,
      seen_at: now,
      ended_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, publicId };
}

/** Takes up the same import where it was stopped or cut short, if there is one that has not ended. */
export async function takeUpImport(
  tx: Tx,
  now: number,
  run: { accountId: number; named: readonly string[]; options: ImportOptions },
): Promise<BegunImport | null> {
  const row = await tx
    .updateTable('imports')
    .set({ state: 'running', seen_at: now, ended_at: null })
    .where('id', 'in', (imports) =>
      imports
        .selectFrom('imports')
        .select('id')
        .where('account_id', '=', run.accountId)
        .where('origin', '=', 'command')
        .where('state', 'in', ['running', 'stopped'])
        .where('named', '=', JSON.stringify(run.named))
        .where('options', '=', JSON.stringify(run.options))
        .orderBy('id', 'desc')
        .limit(1),
    )
    .returning(['id', 'public_id'])
    .executeTakeFirst();
  return row ? { id: row.id, publicId: row.public_id } : null;
}

/** What an import is to do, now that its files are counted. One that a person has stopped meanwhile stays stopped. */
export async function countImport(
  tx: Tx,
  now: number,
  importId: number,
  total: { files: number; weight: number; weightDone: number },
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ files: total.files, weight: total.weight, weight_done: total.weightDone, seen_at: now })
    .where('id', '=', importId)
    .execute();
}

/** A file's report with what is kept of it besides. */
export interface RecordedFile extends FileReport {
  workId: number | null;
  stamp: string;
}

/** Records what became of files. @returns false when the import is to stop: a person has ended it. */
export async function recordFiles(
  tx: Tx,
  now: number,
  importId: number,
  files: readonly RecordedFile[],
  weight: number,
): Promise<boolean> {
  for (const file of files) {
    const row = {
      path: file.file,
      stamp: file.stamp,
      outcome: file.outcome,
      work_id: file.workId,
      reason: file.reason,
      format: file.format,
      repairs: JSON.stringify(file.repairs),
      unmapped: JSON.stringify(file.unmapped),
      at: now,
    };
    await tx
      .insertInto('import_files')
      .values({ import_id: importId, path_key: boundedKey(file.file), ...row })
      .onConflict((conflict) => conflict.columns(['import_id', 'path_key']).doUpdateSet(row))
      .execute();
  }
  const run = await tx
    .updateTable('imports')
    .set((set) => ({ weight_done: set('weight_done', '+', weight), seen_at: now }))
    .where('id', '=', importId)
    .returning('state')
    .executeTakeFirst();
  return run?.state === 'running';
}

/** Ends an import. One that a person has stopped stays stopped. */
export async function endImport(tx: Tx, now: number, importId: number, state: 'done' | 'stopped'): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ state, seen_at: now, ended_at: now })
    .where('id', '=', importId)
    .where('state', '=', 'running')
    .execute();
}

/** Asks an import to stop; it ends after the files it has in hand. */
export async function stopImport(tx: Tx, now: number, importId: number): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ state: 'stopped', ended_at: now })
    .where('id', '=', importId)
    .where('state', 'in', ['running', 'gathering'])
    .execute();
}

/** Settles what an upload is to do, and lets it begin. @returns false when it does not wait for that. */
export async function startUpload(tx: Tx, now: number, importId: number): Promise<boolean> {
  const row = await tx
    .updateTable('imports')
    .set({ state: 'running', seen_at: now })
    .where('id', '=', importId)
    .where('state', '=', 'gathering')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes up an import of handed-over files that was stopped. @returns false when there is none such. */
export async function goOnWithUpload(tx: Tx, now: number, importId: number): Promise<boolean> {
  const row = await tx
    .updateTable('imports')
    .set({ state: 'running', seen_at: now, ended_at: null })
    .where('id', '=', importId)
    .where('origin', '=', 'upload')
    .where('state', '=', 'stopped')
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Deletes some of the works that an import brought in, as their keeper could one by one; for 30 days each can be restored.
 * To be called until it answers 0; the import is undone then.
 */
export async function undoSome(tx: Tx, now: number, viewer: Viewer, importId: number, limit: number): Promise<number> {
  const rows = await tx
    .selectFrom('import_files')
    .innerJoin('works', 'works.id', 'import_files.work_id')
    .select(['works.id', 'works.public_id'])
    .distinct()
    .where('import_files.import_id', '=', importId)
    .where('import_files.outcome', 'in', ['draft', 'posted'])
    .limit(limit)
    .execute();
  for (const row of rows) {
    await deleteWork(tx, now, viewer, row.public_id);
    await tx
      .updateTable('import_files')
      .set({ outcome: 'undone' })
      .where('import_id', '=', importId)
      .where('work_id', '=', row.id)
      .where('outcome', 'in', ['draft', 'posted'])
      .execute();
  }
  if (rows.length === 0)
    await tx.updateTable('imports').set({ state: 'undone', ended_at: now }).where('id', '=', importId).execute();
  return rows.length;
}

/** Says of an upload that has not begun what was handed over and what is to be done with it. At most 20 names are kept. */
export async function nameUpload(
  tx: Tx,
  now: number,
  importId: number,
  named: readonly string[],
  options: ImportOptions,
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ named: JSON.stringify(named.slice(0, 20)), options: JSON.stringify(options), seen_at: now })
    .where('id', '=', importId)
    .where('state', '=', 'gathering')
    .execute();
}

/** Notes that an import goes on: it still takes files, or reads them. */
export async function touchImport(tx: Tx, now: number, importId: number): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ seen_at: now })
    .where('id', '=', importId)
    .where('state', 'in', ['gathering', 'running'])
    .execute();
}

/** Removes imports that were never begun and took their last file before a time. */
export async function forgetUnbegun(tx: Tx, before: number): Promise<void> {
  await tx.deleteFrom('imports').where('state', '=', 'gathering').where('seen_at', '<', before).execute();
}

/** Removes an import that has not begun. */
export async function dropUnbegun(tx: Tx, importId: number): Promise<void> {
  await tx.deleteFrom('imports').where('id', '=', importId).where('state', '=', 'gathering').execute();
}
