/**
 * Keeping what is typed until it is saved: by its writer alone, for each opened form. What is older never takes the place of
 * what is newer, and nothing goes but what was saved or thrown away. It is no revision, and nobody is told of it.
 */
import { lockNames } from '../../platform/db/locks.ts';
import type { Tx } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import {
  AUTOSAVE_BYTES,
  AUTOSAVES,
  AUTOSAVES_BYTES,
  digestOfTyped,
  isBlank,
  openingOf,
  placeFrom,
  SAVED_SHEET_MS,
  type Continued,
  type Place,
  type SentAutosave,
  type Slip,
  type TypedFields,
} from './autosave.ts';
import { mayManageWork } from './visibility.ts';
import { findWork } from './work.queries.ts';
import './tables.ts';

/** `reason`: a sentence for people. */
export type AutosaveRefusal = { refusal: 'not-found' } | { refusal: 'too-much'; reason: string };

/**
 * Up to which of what the sheet sent all is kept; `over` where these very words were saved or thrown away since. `other`: the
 * sheet has other words under that number, or later ones, or words of another page, as when it is open in two tabs; these were not
 * kept, and want a sheet of their own.
 */
export interface KeptSheet {
  saved: number;
  over?: true;
  other?: true;
}

/**
 * Keeps what is typed on a sheet, in place of what it sent before. Words are never written over by nothing: an emptied form
 * leaves the last that stood there. Refused where the viewer may not write there, and past the limits; what was begun there
 * before goes on being kept, though a co-creator has taken the place away. So is what somebody types who has been suspended
 * meanwhile: nobody else sees it, and it is theirs to take out.
 */
export async function keepAutosave(
  tx: Tx,
  now: number,
  viewer: Viewer,
  sheet: string,
  sent: SentAutosave,
): Promise<KeptSheet | AutosaveRefusal> {
  const place = placeFrom(sent.place);
  if (viewer.accountId === null || place === null) return { refusal: 'not-found' };
  const account = viewer.accountId;
  await lockSheets(tx, account);
  const { sequence, base } = sent;
  const over = await sheetRow(tx, account, sheet);
  if (over && sequence <= over.sequence)
    return isBlank(sent.fields) || over.digest.startsWith(digestOfTyped(sent.fields))
      ? { saved: sequence, over: true }
      : { saved: over.sequence, other: true };
  const before = await tx
    .selectFrom('autosaves')
    .select(['sequence', 'place', 'work_id', 'chapter_id', 'fields', 'writer'])
    .where('account_id', '=', account)
    .where('sheet', '=', sheet)
    .executeTakeFirst();
  const isGoingOn = before !== undefined && before.place === place.kind;
  const where =
    (await rowsOf(tx, viewer, place)) ?? (isGoingOn ? { workId: before.work_id, chapterId: before.chapter_id } : null);
  if (!where) return { refusal: 'not-found' };
  const isElsewhere =
    before !== undefined &&
    (before.place !== place.kind || before.work_id !== where.workId || before.chapter_id !== where.chapterId);
  if (isElsewhere) return { refusal: 'not-found' };
  if (before && before.sequence >= sequence)
    return isBlank(sent.fields) || saysTheSame(before.fields, sent.fields)
      ? { saved: before.sequence }
      : { saved: before.sequence, other: true };
  const writer = sent.writer ?? null;
  const isAnotherPage = before !== undefined && before.writer !== null && writer !== null && before.writer !== writer;
  if (before && isAnotherPage && !isBlank(sent.fields) && !saysTheSame(before.fields, sent.fields))
    return { saved: before.sequence, other: true };
  if (isBlank(sent.fields)) {
    if (isAnotherPage) return { saved: sequence };
    if (before)
      await tx
        .updateTable('autosaves')
        .set({ sequence })
        .where('account_id', '=', account)
        .where('sheet', '=', sheet)
        .execute();
    return { saved: sequence };
  }
  const fields = JSON.stringify(sent.fields);
  const bytes = Buffer.byteLength(fields);
  const continues = sent.continues ?? null;
  const refused = await pastLimits(tx, account, bytes, [sheet, ...(continues === null ? [] : [continues.sheet])]);
  if (refused !== null) return { refusal: 'too-much', reason: refused };
  const typed = { base, sequence, opening: openingOf(sent.fields), fields, bytes, saved_at: now, writer };
  await tx
    .insertInto('autosaves')
    .values({
      account_id: account,
      sheet,
      place: place.kind,
      work_id: where.workId,
      chapter_id: where.chapterId,
      ...typed,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'sheet']).doUpdateSet(typed))
    .execute();
  // This sheet began with all that the other held.
  if (continues !== null && continues.sheet !== sheet) await removeSheet(tx, account, continues);
  return { saved: sequence };
}

function saysTheSame(kept: string, sent: TypedFields): boolean {
  return digestOfTyped(JSON.parse(kept) as TypedFields) === digestOfTyped(sent);
}

/**
 * Keeps what a form says whose place is gone, for the account that wrote on its sheet before, or on the one that it goes on
 * from. Later words of that sheet stay as they are. @returns whether this account wrote there.
 */
export async function keepWithoutPlace(
  tx: Tx,
  now: number,
  viewer: Viewer,
  slip: Slip,
  typed: { place: string; base: number; fields: TypedFields },
): Promise<boolean> {
  if (viewer.accountId === null) return false;
  const sheets = [slip.sheet, ...(slip.continues === null ? [] : [slip.continues.sheet])];
  const rows = await tx
    .selectFrom('autosaves')
    .select(['sheet', 'sequence'])
    .where('account_id', '=', viewer.accountId)
    .where('sheet', 'in', sheets)
    .execute();
  const own = rows.find((row) => row.sheet === slip.sheet);
  if (own) {
    await keepAutosave(tx, now, viewer, slip.sheet, { ...typed, sequence: Math.max(1, slip.sequence) });
    return true;
  }
  const [from] = rows;
  // It goes on from there, so it says all that stands there, unless more was typed since.
  if (from && slip.continues !== null && from.sequence <= slip.continues.sequence)
    await keepAutosave(tx, now, viewer, from.sheet, { ...typed, sequence: from.sequence + 1 });
  return from !== undefined;
}

/** The ids behind a place; null where nothing of the viewer's stands there. */
async function rowsOf(
  tx: Tx,
  viewer: Viewer,
  place: Place,
): Promise<{ workId: number | null; chapterId: number | null } | null> {
  if (place.kind === 'new-work') return { workId: null, chapterId: null };
  const work = await findWork(tx, viewer, place.work);
  if (!work || !mayManageWork(work.relations)) return null;
  if (place.kind !== 'chapter') return { workId: work.id, chapterId: null };
  const chapter = await tx
    .selectFrom('chapters')
    .select('id')
    .where('work_id', '=', work.id)
    .where('public_id', '=', place.chapter)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return chapter ? { workId: work.id, chapterId: chapter.id } : null;
}

async function pastLimits(tx: Tx, account: number, bytes: number, without: string[]): Promise<string | null> {
  if (bytes > AUTOSAVE_BYTES) return 'This is longer than can wait here unsaved. Save it in parts.';
  const { kept, sum } = await tx
    .selectFrom('autosaves')
    .where('account_id', '=', account)
    .where('sheet', 'not in', without)
    .select((rows) => [
      rows.fn.countAll<number>().as('kept'),
      rows.fn.coalesce(rows.fn.sum<number>('bytes'), rows.lit(0)).as('sum'),
    ])
    .executeTakeFirstOrThrow();
  if (Number(kept) >= AUTOSAVES || Number(sum) + bytes > AUTOSAVES_BYTES)
    return 'Too many texts wait unsaved. Save some of them, or throw them away, on the page of your drafts.';
  return null;
}

async function lockSheets(tx: Tx, account: number): Promise<void> {
  await lockNames(tx, [`the sheets of account ${account}`]);
}

function sheetRow(tx: Tx, account: number, sheet: string) {
  return tx
    .selectFrom('saved_sheets')
    .leftJoin('works', 'works.id', 'saved_sheets.work_id')
    .select([
      'saved_sheets.sequence',
      'saved_sheets.digest',
      'saved_sheets.version',
      'works.id as work_id',
      'works.public_id as work',
      'works.title',
    ])
    .where('saved_sheets.account_id', '=', account)
    .where('saved_sheets.sheet', '=', sheet)
    .executeTakeFirst();
}

/** Removes what a sheet sent up to there; what came later stays, and what another page than the `writer` sent. */
async function removeSheet(
  tx: Tx,
  account: number,
  { sheet, sequence }: Continued,
  writer: string | null = null,
): Promise<number> {
  const removed = await tx
    .deleteFrom('autosaves')
    .where('account_id', '=', account)
    .where('sheet', '=', sheet)
    .where('sequence', '<=', sequence)
    .$if(writer !== null, (rows) =>
      rows.where((row) => row.or([row('writer', 'is', null), row('writer', '=', writer)])),
    )
    .returning('sheet')
    .execute();
  return removed.length;
}

/** A form that was saved before from the same sheet: the work it went to, and whether it said the same. */
export interface SavedBefore {
  publicId: string;
  title: string;
  same: boolean;
  /** Whether the chapter that it became, or the work, was changed since. */
  changedSince: boolean;
}

/**
 * Whether this sheet was saved before; asked first in the transaction that saves it, so that of two that arrive at once the
 * second knows of the first. `chapter`: the public id of the one that the form changes, where it changes one.
 */
export async function savedBefore(
  tx: Tx,
  viewer: Viewer,
  slip: Slip | null,
  chapter: string | null = null,
): Promise<SavedBefore | null> {
  if (slip === null || viewer.accountId === null) return null;
  await lockSheets(tx, viewer.accountId);
  const row = await sheetRow(tx, viewer.accountId, slip.sheet);
  if (row && row.work !== null && row.work_id !== null) {
    const changedSince = row.version !== null && row.version !== (await versionOf(tx, row.work_id, chapter));
    return { publicId: row.work, title: row.title ?? '', same: row.digest === slip.digest, changedSince };
  }
  // The form came back under another key, and was saved from where it came from.
  const from = slip.continues && (await sheetRow(tx, viewer.accountId, slip.continues.sheet));
  if (!from || from.work === null || from.sequence < (slip.continues?.sequence ?? 0)) return null;
  return { publicId: from.work, title: from.title ?? '', same: false, changedSince: false };
}

/** The revision of a chapter, or the version of a work; null where the chapter is gone. */
async function versionOf(tx: Tx, workId: number, chapter: string | null): Promise<number | null> {
  if (chapter === null) {
    const work = await tx.selectFrom('works').select('version').where('id', '=', workId).executeTakeFirst();
    return work?.version ?? null;
  }
  const row = await tx
    .selectFrom('chapters')
    .select('revision')
    .where('work_id', '=', workId)
    .where('public_id', '=', chapter)
    .executeTakeFirst();
  return row?.revision ?? null;
}

/**
 * Ends a sheet whose form is saved, at the end of the same transaction: what waited for it waits no more, and what it became is known.
 * `chapter`: as for `savedBefore`.
 */
export async function settleSheet(
  tx: Tx,
  now: number,
  viewer: Viewer,
  slip: Slip | null,
  workPublicId: string,
  chapter: string | null = null,
): Promise<void> {
  if (slip === null || viewer.accountId === null) return;
  const work = await tx.selectFrom('works').select('id').where('public_id', '=', workPublicId).executeTakeFirst();
  const became = work ? { workId: work.id, version: await versionOf(tx, work.id, chapter) } : NOTHING;
  await endSheet(tx, now, viewer.accountId, slip, became);
  await removeSheet(tx, viewer.accountId, slip, slip.writer);
  if (slip.continues !== null) await removeSheet(tx, viewer.accountId, slip.continues);
}

/** What a sheet that was thrown away became. */
const NOTHING = { workId: null, version: null };

async function endSheet(
  tx: Tx,
  now: number,
  account: number,
  { sheet, sequence, digest }: { sheet: string; sequence: number; digest: string },
  { workId, version }: { workId: number | null; version: number | null },
): Promise<void> {
  const ended = { sequence, digest, work_id: workId, at: now, version };
  await tx
    .insertInto('saved_sheets')
    .values({ account_id: account, sheet, ...ended })
    .onConflict((conflict) => conflict.columns(['account_id', 'sheet']).doUpdateSet(ended))
    .execute();
}

/** Throws away what was typed on a sheet, because its writer asked for it. What came since they saw it stays, and is not thrown away. */
export async function throwAway(
  tx: Tx,
  now: number,
  viewer: Viewer,
  seen: Continued,
): Promise<{ thrown: string } | { refusal: 'not-found' }> {
  if (viewer.accountId === null) return { refusal: 'not-found' };
  await lockSheets(tx, viewer.accountId);
  const row = await tx
    .selectFrom('autosaves')
    .select('fields')
    .where('account_id', '=', viewer.accountId)
    .where('sheet', '=', seen.sheet)
    .executeTakeFirst();
  if (!row || (await removeSheet(tx, viewer.accountId, seen)) === 0) return { refusal: 'not-found' };
  const digest = digestOfTyped(JSON.parse(row.fields) as TypedFields);
  await endSheet(tx, now, viewer.accountId, { ...seen, digest }, NOTHING);
  return { thrown: seen.sheet };
}

/** Forgets which sheets were saved long ago. What waits unsaved is never forgotten. */
export async function forgetSavedSheets(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('saved_sheets')
    .where('at', '<', now - SAVED_SHEET_MS)
    .execute();
}

/** Removes all that an account has typed and not saved, when the account is erased. */
export async function eraseAutosaves(tx: Tx, accountId: number): Promise<void> {
  await tx.deleteFrom('autosaves').where('account_id', '=', accountId).execute();
  await tx.deleteFrom('saved_sheets').where('account_id', '=', accountId).execute();
}
