/**
 * Which archive an index was made of, and which history of it. A database that was put back from an older copy has the
 * same epoch, and its log grows past the place that the index had reached: the event at that place tells them apart.
 */
import type { Reads } from '../../../platform/db/tables.ts';
import { archiveEpoch } from '../../../platform/events/log.ts';

/** @returns a mark of the archive at a place of its log, the same for the same history; the place itself is not in it. */
export async function archiveMark(handle: Reads, version: number): Promise<string> {
  const event = await handle
    .selectFrom('events')
    .select(['kind', 'subject', 'subject_id', 'work_id', 'at'])
    .where('id', '=', version)
    .executeTakeFirst();
  const happened = event ? [event.kind, event.subject, event.subject_id, event.work_id, event.at] : [];
  return [await archiveEpoch(handle), ...happened].join(' ');
}
