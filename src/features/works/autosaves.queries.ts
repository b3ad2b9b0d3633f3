/** What the viewer has typed and not saved. Nobody reads another's: not who keeps the work with them, and no moderator. */
import { newPublicId } from '../../platform/db/public-id.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { archiveEpoch } from '../../platform/events/log.ts';
import type { Form } from '../../platform/http/form.ts';
import { deviceKey, type Viewer } from '../accounts/index.ts';
import { placePath, slipOf, type Continued, type Place, type Slip, type TypedFields } from './autosave.ts';
import { mayManageSql } from './visible.ts';
import { findWork } from './work.queries.ts';
import { mayChangeWork } from './visibility.ts';
import './tables.ts';

/** One that waits, as a list names it. */
export interface AutosaveHead {
  sheet: string;
  opening: string;
  base: number;
  sequence: number;
  savedAt: number;
  kind: Place['kind'];
  /** Null where the viewer no longer writes there: the text is still theirs. */
  place: Place | null;
  /** The title of the work; null for a new one, and where the viewer no longer writes there. */
  work: string | null;
}

export interface Autosave extends AutosaveHead {
  fields: TypedFields;
}

function own(handle: Handle, accountId: number) {
  return handle
    .selectFrom('autosaves')
    .leftJoin('chapters', (join) =>
      join.onRef('chapters.id', '=', 'autosaves.chapter_id').on('chapters.deleted_at', 'is', null),
    )
    .where('autosaves.account_id', '=', accountId)
    .select([
      'autosaves.sheet',
      'autosaves.place',
      'autosaves.work_id',
      'chapters.public_id as chapter',
      'autosaves.base',
      'autosaves.opening',
      'autosaves.saved_at',
      'autosaves.sequence',
    ])
    .orderBy('autosaves.saved_at', 'desc')
    .orderBy('autosaves.sheet');
}

interface Row {
  sheet: string;
  place: Place['kind'];
  work_id: number | null;
  chapter: string | null;
  base: number;
  sequence: number;
  opening: string;
  saved_at: number;
}

type Kept = Map<number, { publicId: string; title: string }>;

/** Those of the works that the viewer keeps and can write in. */
async function keptWorks(handle: Handle, viewer: Viewer, rows: readonly Row[]): Promise<Kept> {
  const ids = [...new Set(rows.flatMap((row) => row.work_id ?? []))];
  if (ids.length === 0) return new Map();
  const works = await handle
    .selectFrom('works')
    .where('works.id', 'in', ids)
    .where('works.deleted_at', 'is', null)
    .where((work) => mayManageSql(work, viewer))
    .select(['works.id', 'works.public_id', 'works.title'])
    .execute();
  return new Map(works.map((row) => [row.id, { publicId: row.public_id, title: row.title }]));
}

function headOf(row: Row, works: Kept): AutosaveHead {
  const work = row.work_id === null ? undefined : works.get(row.work_id);
  return {
    sheet: row.sheet,
    opening: row.opening,
    base: row.base,
    sequence: row.sequence,
    savedAt: row.saved_at,
    kind: row.place,
    place: placeOf(row, work?.publicId),
    work: work?.title ?? null,
  };
}

function placeOf(row: Row, work: string | undefined): Place | null {
  if (row.place === 'new-work') return { kind: 'new-work' };
  if (work === undefined) return null;
  if (row.place !== 'chapter') return { kind: row.place, work };
  return row.chapter === null ? null : { kind: 'chapter', work, chapter: row.chapter };
}

/** All that the viewer has typed and not saved, the latest first. */
export async function autosavesOf(handle: Handle, viewer: Viewer): Promise<AutosaveHead[]> {
  if (viewer.accountId === null) return [];
  const rows = await own(handle, viewer.accountId).execute();
  const works = await keptWorks(handle, viewer, rows);
  return rows.map((row) => headOf(row, works));
}

/** One of the viewer's own, whole; null where it is saved, thrown away or never was. */
export async function findAutosave(handle: Handle, viewer: Viewer, sheet: string): Promise<Autosave | null> {
  if (viewer.accountId === null) return null;
  const row = await own(handle, viewer.accountId)
    .where('autosaves.sheet', '=', sheet)
    .select('autosaves.fields')
    .executeTakeFirst();
  if (!row) return null;
  const works = await keptWorks(handle, viewer, [row]);
  return { ...headOf(row, works), fields: JSON.parse(row.fields) as TypedFields };
}

/** Whether the viewer can write at a place. */
export async function mayWriteAt(handle: Handle, viewer: Viewer, place: Place): Promise<boolean> {
  if (place.kind === 'new-work') return viewer.accountId !== null;
  const work = await findWork(handle, viewer, place.work);
  if (!work || !mayChangeWork(viewer, work)) return false;
  if (place.kind !== 'chapter') return true;
  const chapter = await handle
    .selectFrom('chapters')
    .select('id')
    .where('work_id', '=', work.id)
    .where('public_id', '=', place.chapter)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return chapter !== undefined;
}

/** An opened form, and what waits for it. */
export interface Sheet {
  sheet: string;
  sequence: number;
  continues: Continued | null;
  /** The address of the form. */
  place: string;
  /** By what the device knows whose text it keeps. */
  device: string;
  /** The archive's epoch: after a restore the device's copies count as sent to nobody. */
  epoch: string;
  /** Sheets of this account that wait, here and elsewhere: the device forgets its copies of all others. */
  open: string[];
  /** What was typed here on other sheets and not saved, the latest first. */
  waiting: AutosaveHead[];
  /** Whether what the form shows stands nowhere but in it. */
  unsaved: boolean;
}

/** What the form at a place is asked to be filled with; null where that is not the viewer's, or not of this place. */
export async function typedAt(handle: Handle, viewer: Viewer, place: Place, sheet: string): Promise<Autosave | null> {
  const found = await findAutosave(handle, viewer, sheet);
  return found?.place && placePath(found.place) === placePath(place) ? found : null;
}

/**
 * The sheet of a form that is shown. `form`: what was sent, when it comes back; `takenUp`: the autosave that it is filled
 * with. Every form that is shown has a key nobody had before: one that comes back goes on from the sheet it was sent from, which may
 * still be written on, by who went back to it.
 */
export async function openSheet(
  handle: Handle,
  viewer: Viewer,
  place: Place,
  from: { form?: Form; takenUp?: Autosave | null } = {},
): Promise<Sheet> {
  const slip = from.form ? slipOf(from.form) : null;
  const path = placePath(place);
  const all = await autosavesOf(handle, viewer);
  const { takenUp } = from;
  const continues = slip ? wentOnFrom(slip, all) : (takenUp ?? null);
  const isMine = (head: AutosaveHead) => head.sheet === slip?.sheet || head.sheet === continues?.sheet;
  return {
    sheet: newPublicId(),
    sequence: 0,
    continues: continues && { sheet: continues.sheet, sequence: continues.sequence },
    place: path,
    device: viewer.accountId === null ? '' : await deviceKey(handle, viewer.accountId),
    epoch: await archiveEpoch(handle),
    open: all.map((head) => head.sheet),
    waiting: all.filter((head) => head.place !== null && placePath(head.place) === path && !isMine(head)),
    unsaved: slip !== null || continues !== null,
  };
}

/** What a form that comes back goes on from: its sheet where that has sent anything, else what that went on from. */
function wentOnFrom({ sheet, sequence, continues }: Slip, all: readonly AutosaveHead[]): Continued | null {
  const waits = (key: string) => all.some((head) => head.sheet === key);
  // What the sheet has sent may never have arrived, and then the one before it still waits.
  if (sequence === 0 || (continues !== null && !waits(sheet) && waits(continues.sheet))) return continues;
  return { sheet, sequence };
}
