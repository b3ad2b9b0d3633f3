/**
 * Series made by hand: made, renamed, put in order, deleted. Each change tells the event log of every work whose place is
 * another, so that lists and the index follow. Texts arrive clean.
 */
import { chunks } from '../../platform/db/chunks.ts';
import { held, lockNames } from '../../platform/db/locks.ts';
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Tx } from '../../platform/db/tables.ts';
import { append } from '../../platform/events/log.ts';
import { may, type Viewer } from '../accounts/index.ts';
import { SERIES_EACH } from '../site/index.ts';
import { findWork, mayChangeWork, NO_TEXT, type WorkWhole } from '../works/index.ts';
import { findOwnSeries, mayOrderSeries, seriesOfOwnWork, type EditedSeries } from './own.queries.ts';
import type { SeriesRefusal, SeriesTexts } from './series.ts';
import './tables.ts';

const SUBJECT = 'series';

/** Makes a series without a work in it. @returns its public id. */
export async function makeSeries(
  tx: Tx,
  now: number,
  viewer: Viewer,
  texts: SeriesTexts,
): Promise<{ publicId: string } | SeriesRefusal> {
  const accountId = may(viewer, 'change-own-works') ? viewer.accountId : null;
  if (accountId === null) return { refusal: 'not-found' };
  await lockNames(tx, [`series of ${accountId}`]);
  const { count } = await tx
    .selectFrom('series')
    .where('made_by', '=', accountId)
    .select((all) => all.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) >= SERIES_EACH) return { refusal: 'too-many' };
  const publicId = newPublicId();
  const { id } = await tx
    .insertInto('series')
    .values({
      public_id: publicId,
      source_url: null,
      source_key: null,
      created_at: now,
      ...columns(texts),
      made_by: accountId,
      ranked: 1,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await append(tx, now, { kind: 'series.made', subject: SUBJECT, subjectId: id, version: 1 });
  return { publicId };
}

function columns(texts: SeriesTexts) {
  return {
    title: texts.title,
    summary_source: texts.summary.source,
    summary_html: texts.summary.html,
    notes_source: texts.notes.source,
    notes_html: texts.notes.html,
    rules: texts.rules,
    complete: texts.complete ? (1 as const) : (0 as const),
  };
}

/** The series, locked, if the viewer may change it: two who change it do so one after the other. */
async function seriesToChange(
  tx: Tx,
  viewer: Viewer,
  publicId: string,
  which: 'there' | 'deleted' = 'there',
): Promise<EditedSeries | null> {
  await held(tx, tx.selectFrom('series').select('id').where('public_id', '=', publicId)).execute();
  return findOwnSeries(tx, viewer, publicId, which);
}

/** Changes what is said about a series. `madeFrom`: the version that was shown. */
export async function changeSeries(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  texts: SeriesTexts & { madeFrom: number | null },
): Promise<{ publicId: string } | SeriesRefusal> {
  const series = await seriesToChange(tx, viewer, publicId);
  if (!series) return { refusal: 'not-found' };
  if (texts.madeFrom !== null && texts.madeFrom !== series.version) return { refusal: 'changed-meanwhile' };
  await tx
    .updateTable('series')
    .set({ ...columns(texts), version: series.version + 1 })
    .where('id', '=', series.id)
    .execute();
  await tellOfAll(tx, now, series, 'series.changed');
  return { publicId };
}

/**
 * Puts the works of a series into another order, and takes some out. `order`: public ids of all works that the viewer was
 * shown, those that stay and those that go; when they are others by now, nothing moves. What the viewer may not see keeps
 * its place among the others.
 */
export async function arrangeSeries(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  asked: { order: readonly string[]; removed: ReadonlySet<string> },
): Promise<{ publicId: string } | SeriesRefusal> {
  const series = await seriesToChange(tx, viewer, publicId);
  if (!series) return { refusal: 'not-found' };
  const shown = new Map(series.parts.map((part) => [part.publicId, part.workId]));
  const wanted = asked.order.flatMap((one) => shown.get(one) ?? []);
  if (new Set(wanted).size !== shown.size || asked.order.length !== shown.size) return { refusal: 'changed-meanwhile' };
  const before = await placed(tx, series.id);
  const isShown = new Set(shown.values());
  const removed = new Set([...asked.removed].flatMap((one) => shown.get(one) ?? []));
  const next = wanted[Symbol.iterator]();
  const order = before
    .map((workId) => (isShown.has(workId) ? (next.next().value ?? workId) : workId))
    .filter((workId) => !removed.has(workId));
  const isSame = removed.size === 0 && order.every((workId, index) => workId === before[index]);
  if (isSame) return { publicId };
  for (const piece of chunks([...removed]))
    await tx.deleteFrom('series_works').where('series_id', '=', series.id).where('work_id', 'in', piece).execute();
  for (const [index, workId] of order.entries())
    await tx
      .updateTable('series_works')
      .set({ position: index + 1 })
      .where('series_id', '=', series.id)
      .where('work_id', '=', workId)
      .execute();
  await tx
    .updateTable('series')
    .set({ ranked: 1, version: series.version + 1 })
    .where('id', '=', series.id)
    .execute();
  await tellOf(tx, now, before);
  return { publicId };
}

/** Deletes a series: its works stay, and for 30 days it can be taken back. */
export async function deleteSeries(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
): Promise<{ title: string } | SeriesRefusal> {
  const series = await seriesToChange(tx, viewer, publicId);
  return series ? setDeleted(tx, now, series, now) : { refusal: 'not-found' };
}

/** Takes the deletion of a series back; its works stand in it as before. */
export async function restoreSeries(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
): Promise<{ title: string } | SeriesRefusal> {
  const series = await seriesToChange(tx, viewer, publicId, 'deleted');
  return series ? setDeleted(tx, now, series, null) : { refusal: 'not-found' };
}

async function setDeleted(tx: Tx, now: number, series: EditedSeries, at: number | null): Promise<{ title: string }> {
  await tx
    .updateTable('series')
    .set({ deleted_at: at, version: series.version + 1 })
    .where('id', '=', series.id)
    .execute();
  await tellOfAll(tx, now, series, at === null ? 'series.restored' : 'series.deleted');
  return { title: series.title };
}

/** Erases a series for good; its works stay. */
export async function eraseSeries(tx: Tx, now: number, id: number): Promise<void> {
  await tx.deleteFrom('series').where('id', '=', id).execute();
  await append(tx, now, { kind: 'series.erased', subject: SUBJECT, subjectId: id });
}

/** What somebody says of the series of a work. */
export interface SaidOfSeries {
  /** Public ids of the series that it stays in, of those it stands in; null where nothing was asked. */
  kept: readonly string[] | null;
  /** One of their own that it is put into, at its end; '' for none. */
  added: string;
  /** A title, for a new one that it is put into; '' for none. */
  made: string;
}

/**
 * Takes a work out of series and puts it into others. Any of the creators may take it out of any; it is put only into a
 * series that the viewer may change.
 */
export async function placeWork(
  tx: Tx,
  now: number,
  viewer: Viewer,
  workPublicId: string,
  said: SaidOfSeries,
): Promise<{ done: true } | SeriesRefusal> {
  const work = await findWork(tx, viewer, workPublicId);
  if (!work || !mayChangeWork(viewer, work)) return { refusal: 'not-found' };
  await leaveOthers(tx, now, viewer, work, said.kept);
  const into = await seriesMeant(tx, now, viewer, said);
  if ('refusal' in into) return into;
  for (const publicId of into.series) {
    const added = await addToSeries(tx, now, viewer, publicId, [work.id]);
    if ('refusal' in added) return added;
  }
  return { done: true };
}

async function leaveOthers(
  tx: Tx,
  now: number,
  viewer: Viewer,
  work: WorkWhole,
  kept: readonly string[] | null,
): Promise<void> {
  if (kept === null) return;
  const left = (await seriesOfOwnWork(tx, viewer, work.id)).filter(({ publicId }) => !kept.includes(publicId));
  for (const { publicId } of left) {
    const { id } = await tx
      .selectFrom('series')
      .select('id')
      .where('public_id', '=', publicId)
      .executeTakeFirstOrThrow();
    await tx.deleteFrom('series_works').where('series_id', '=', id).where('work_id', '=', work.id).execute();
  }
  if (left.length > 0) await tellOf(tx, now, [work.id]);
}

/** The series that something is to be put into; a new one is made. */
export async function seriesMeant(
  tx: Tx,
  now: number,
  viewer: Viewer,
  said: Pick<SaidOfSeries, 'added' | 'made'>,
): Promise<{ series: string[] } | SeriesRefusal> {
  const series = said.added === '' ? [] : [said.added];
  if (said.made === '') return { series };
  const texts = { title: said.made, summary: NO_TEXT, notes: NO_TEXT, rules: 0, complete: false };
  const made = await makeSeries(tx, now, viewer, texts);
  return 'refusal' in made ? made : { series: [...series, made.publicId] };
}

/** Puts works at the end of a series that the viewer may change, in this order. Who calls has made sure that the works are theirs. */
export async function addToSeries(
  tx: Tx,
  now: number,
  viewer: Viewer,
  publicId: string,
  workIds: readonly number[],
): Promise<{ added: number } | SeriesRefusal> {
  const row = await held(
    tx,
    tx.selectFrom('series').select('id').where('public_id', '=', publicId).where('deleted_at', 'is', null),
  ).executeTakeFirst();
  if (!row || !(await mayOrderSeries(tx, viewer, publicId))) return { refusal: 'not-found' };
  const there = new Set(await placed(tx, row.id));
  const { last } = await tx
    .selectFrom('series_works')
    .select((max) => max.fn.max<number | null>('position').as('last'))
    .where('series_id', '=', row.id)
    .executeTakeFirstOrThrow();
  const added = [...new Set(workIds)].filter((id) => !there.has(id));
  for (const [index, workId] of added.entries())
    await tx
      .insertInto('series_works')
      .values({ series_id: row.id, work_id: workId, position: (last ?? 0) + index + 1 })
      .execute();
  await tellOf(tx, now, added);
  return { added: added.length };
}

/** The works of a series in order, whoever may see them. */
async function placed(tx: Tx, seriesId: number): Promise<number[]> {
  const rows = await tx
    .selectFrom('series_works')
    .select('work_id')
    .where('series_id', '=', seriesId)
    .orderBy('position')
    .orderBy('work_id')
    .execute();
  return rows.map((row) => row.work_id);
}

async function tellOfAll(tx: Tx, now: number, { id, version }: EditedSeries, kind: string): Promise<void> {
  const works = await placed(tx, id);
  await append(tx, now, { kind, subject: SUBJECT, subjectId: id, version: version + 1 });
  await tellOf(tx, now, works);
}

/** Of each work whose place in a series is another now. */
async function tellOf(tx: Tx, now: number, workIds: readonly number[]): Promise<void> {
  for (const piece of chunks(workIds))
    await append(
      tx,
      now,
      ...piece.map((workId) => ({ kind: 'work.placed', subject: 'work', subjectId: workId, workId })),
    );
}
