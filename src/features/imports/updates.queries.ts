/** Reads of changes that were found at the source of a work and wait for a person. */
import { z } from 'zod';
import type { Handle } from '../../platform/db/tables.ts';
import { mayManageWork, type WorkWhole } from '../works/index.ts';
import type { Original } from './queries.ts';
import './tables.ts';

export interface FoundUpdate {
  id: number;
  /** Counts the updates of a work from 1; stands in its address. */
  number: number;
  state: 'open' | 'applied' | 'dismissed';
  originals: Original[];
  foundAt: number;
  contentHash: string;
}

const originals = z.array(z.object({ blob: z.string(), fileName: z.string(), bytes: z.number() }));

/** One update of a work, for those who keep it. */
export async function findUpdate(handle: Handle, work: WorkWhole, number: number): Promise<FoundUpdate | null> {
  if (!mayManageWork(work.relations) || !Number.isSafeInteger(number)) return null;
  const row = await handle
    .selectFrom('import_updates')
    .selectAll()
    .where('work_id', '=', work.id)
    .where('number', '=', number)
    .executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    number: row.number,
    state: row.state,
    originals: originals.parse(JSON.parse(row.blobs)),
    foundAt: row.found_at,
    contentHash: row.content_hash,
  };
}

/** The number of the open update of each of the works that have one. */
export async function openUpdates(handle: Handle, workIds: readonly number[]): Promise<Map<number, number>> {
  if (workIds.length === 0) return new Map();
  const rows = await handle
    .selectFrom('import_updates')
    .select(['work_id', 'number'])
    .where('work_id', 'in', workIds)
    .where('state', '=', 'open')
    .execute();
  return new Map(rows.map((row) => [row.work_id, row.number]));
}

/** The revision of each chapter that the import, its review or an update wrote, by chapter id. */
export async function importedRevisions(handle: Handle, workId: number): Promise<Map<number, number>> {
  const rows = await handle
    .selectFrom('import_chapters')
    .select(['chapter_id', 'revision'])
    .where('work_id', '=', workId)
    .execute();
  return new Map(rows.map((row) => [row.chapter_id, row.revision]));
}
