/** One change made to many works, or to none of them. */
import { chunks } from '../../platform/db/chunks.ts';
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import type { Viewer } from '../accounts/index.ts';
import { rulesToPostUnder } from '../site/index.ts';
import { WORKS_AT_ONCE, type BulkChanges } from './bulk.ts';
import { columnsOf, type Decisions } from './deciding.ts';
import { deleteWork, restoreWork } from './deletion.actions.ts';
import { ownWorksNamed, type OwnWork } from './own-works.queries.ts';
import './tables.ts';

/** Why none of the works was changed. `gone`: how many are not there, or not the viewer's to change. */
export type BulkRefusal =
  | { refusal: 'nothing-chosen' }
  | { refusal: 'too-many' }
  | { refusal: 'gone'; gone: number }
  | { refusal: 'against-the-rules'; reason: string };

const OPEN_AGAINST_THE_RULES = 'Works in this archive are for registered readers only, so none was opened to others.';

/** The works, locked, if all of them are the viewer's to change. */
async function worksToChange(tx: Tx, viewer: Viewer, publicIds: readonly string[]): Promise<OwnWork[] | BulkRefusal> {
  if (publicIds.length === 0) return { refusal: 'nothing-chosen' };
  if (publicIds.length > WORKS_AT_ONCE) return { refusal: 'too-many' };
  await lockNames(
    tx,
    publicIds.map((id) => `work ${id}`),
  );
  const works = await ownWorksNamed(tx, viewer, publicIds);
  return works.length === publicIds.length ? works : { refusal: 'gone', gone: publicIds.length - works.length };
}

/**
 * Makes one change to all of the works. Refused whole when one of them is not there, not the viewer's, or would break a rule
 * of the archive. An edit never moves a work up the lists. @returns the works, and how many of them are other than before.
 */
export async function changeWorks(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicIds: readonly string[],
  changes: BulkChanges,
): Promise<{ works: OwnWork[]; changed: number } | BulkRefusal> {
  const rules = await rulesToPostUnder(tx);
  const works = await worksToChange(tx, viewer, publicIds);
  if ('refusal' in works) return works;
  if (changes.restricted === false && rules.registeredOnly && works.some((work) => work.state === 'posted'))
    return { refusal: 'against-the-rules', reason: OPEN_AGAINST_THE_RULES };
  const changed = works.filter((work) => isOther(work, changes));
  const flag = (value: boolean) => (value ? (1 as const) : (0 as const));
  for (const piece of chunks(changed.map((work) => work.id))) {
    const rows = await tx
      .updateTable('works')
      .set((set) => ({
        ...columnsOf(changes),
        ...(changes.restricted === undefined ? {} : { restricted: flag(changes.restricted) }),
        ...(changes.noindex === undefined ? {} : { noindex: flag(changes.noindex) }),
        ...(changes.language === undefined ? {} : { language: changes.language }),
        version: set('version', '+', 1),
      }))
      .where('id', 'in', piece)
      .returning(['id', 'version'])
      .execute();
    await append(
      tx,
      now,
      ...rows.map(({ id, version }) => ({ kind: 'work.edited', subject: 'work', subjectId: id, workId: id, version })),
    );
  }
  return { works, changed: changed.length };
}

function isOther(work: OwnWork, changes: BulkChanges): boolean {
  const { restricted, noindex, language, ...decisions } = changes;
  return (
    (restricted !== undefined && restricted !== work.restricted) ||
    (noindex !== undefined && noindex !== work.noindex) ||
    (language !== undefined && language !== work.language) ||
    (Object.entries(decisions) as [keyof Decisions, unknown][]).some(([name, value]) => work.decisions[name] !== value)
  );
}

/** Works deleted, and those whose other creators are asked first, by their public ids. */
export interface ManyDeleted {
  deleted: string[];
  asked: string[];
}

/** Deletes all of the works as each can be deleted; none when one of them is not there or not the viewer's. */
export async function deleteWorks(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicIds: readonly string[],
): Promise<ManyDeleted | BulkRefusal> {
  const works = await worksToChange(tx, viewer, publicIds);
  if ('refusal' in works) return works;
  const done: ManyDeleted = { deleted: [], asked: [] };
  for (const { publicId } of works) {
    const deletion = await deleteWork(tx, now, viewer, publicId);
    if ('refusal' in deletion) return { refusal: 'gone', gone: 1 };
    (deletion.deleted ? done.deleted : done.asked).push(publicId);
  }
  return done;
}

/** Takes the deletion of works back; those that cannot be are passed over. @returns how many are back. */
export async function restoreWorks(tx: Tx, now: number, viewer: Viewer, publicIds: readonly string[]): Promise<number> {
  let back = 0;
  for (const publicId of publicIds.slice(0, WORKS_AT_ONCE))
    if (!('refusal' in (await restoreWork(tx, now, viewer, publicId)))) back += 1;
  return back;
}
