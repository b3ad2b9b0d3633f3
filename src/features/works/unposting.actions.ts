/** A posted work becomes a draft again. Nobody can ask for it: it is what a restored copy does with a work whose keepers it does not know. */
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import './tables.ts';

/** Makes a draft of a work and of its posted chapters, which keep their days for when it is posted again. A draft is fine. */
export async function unpostWork(tx: Tx, now: number, workId: number): Promise<void> {
  const chapters = tx
    .selectFrom('chapters')
    .select((sum) => sum.fn.coalesce(sum.fn.sum<number>('words'), sum.val(0)).as('words'))
    .where('work_id', '=', workId)
    .where('deleted_at', 'is', null);
  const { words } = await chapters.executeTakeFirstOrThrow();
  const changed = await tx
    .updateTable('works')
    .set((set) => ({ state: 'draft' as const, posted_chapters: 0, words, version: set('version', '+', 1) }))
    .where('id', '=', workId)
    .where('state', '=', 'posted')
    .returning('version')
    .executeTakeFirst();
  if (!changed) return;
  await tx
    .updateTable('chapters')
    .set({ state: 'draft' })
    .where('work_id', '=', workId)
    .where('state', '=', 'posted')
    .execute();
  await append(tx, now, {
    kind: 'work.edited',
    subject: 'work',
    subjectId: workId,
    workId,
    version: changed.version,
  });
}
