/** Sheets and what waits for them, as pages show them. */
import type { FormTarget } from '../../ui/site-view.ts';
import { continuedField, placePath, type TypedFields } from './autosave.ts';
import type { AutosaveHead, Sheet } from './autosaves.queries.ts';
import { minuteWords } from './dates.ts';
import type { SheetView } from './pages/Sheet.tsx';
import type { UnsavedRow } from './pages/UnsavedRows.tsx';

/** Where an autosave can be looked at. */
export function unsavedPath(sheet: string): string {
  return `/unsaved/${sheet}`;
}

/** The form filled with it; null where the viewer no longer writes there. */
export function takeUpPath(head: Pick<AutosaveHead, 'place' | 'sheet'>): string | null {
  return head.place === null ? null : `${placePath(head.place)}?typed=${head.sheet}`;
}

/** A button that throws it away as it was seen, and goes to `back`. */
export function throwAwayTarget(head: AutosaveHead, back: string): FormTarget {
  return { action: `${unsavedPath(head.sheet)}/deletion`, fields: { seen: String(head.sequence), return: back } };
}

/** The sheet of a form that shows `base`; `takenUp`: what it is filled with. */
export function sheetView(sheet: Sheet, base: number, takenUp: AutosaveHead | null = null, zone?: string): SheetView {
  return {
    fields: {
      sheet: sheet.sheet,
      sequence: String(sheet.sequence),
      continues: sheet.continues === null ? '' : continuedField(sheet.continues),
    },
    place: sheet.place,
    base,
    device: sheet.device,
    epoch: sheet.epoch,
    open: sheet.open,
    unsaved: sheet.unsaved,
    takenUp: takenUp === null ? null : minuteWords(takenUp.savedAt, zone),
    waiting: sheet.waiting.map((head) => ({
      at: minuteWords(head.savedAt, zone),
      savedSince: head.base !== base,
      takeUpHref: takeUpPath(head) ?? unsavedPath(head.sheet),
      compareHref: unsavedPath(head.sheet),
      throwAway: throwAwayTarget(head, sheet.place),
    })),
  };
}

/** What it is, in a few words. */
export function whatItIs(head: Pick<AutosaveHead, 'kind' | 'work' | 'place'>): string {
  if (head.kind === 'new-work') return 'A new work';
  const of = head.work === null ? 'a work that you no longer write' : head.work || 'an untitled work';
  if (head.kind === 'work') return `What is said about ${of}`;
  if (head.kind === 'new-chapter') return `A new chapter of ${of}`;
  return head.place === null && head.work !== null ? `A chapter of ${of} that is gone` : `A chapter of ${of}`;
}

/** @param writes whether they can be taken up: who is suspended can read them, and throw them away. */
export function unsavedRows(heads: readonly AutosaveHead[], writes: boolean, zone?: string): UnsavedRow[] {
  return heads.map((head) => ({
    what: whatItIs(head),
    opening: head.opening,
    at: minuteWords(head.savedAt, zone),
    lookHref: unsavedPath(head.sheet),
    takeUpHref: writes ? takeUpPath(head) : null,
    throwAway: throwAwayTarget(head, '/drafts'),
  }));
}

const LABELS: readonly (readonly [name: string, label: string])[] = [
  ['title', 'Title'],
  ['chapterTitle', 'Chapter title'],
  ['text', 'Text'],
  ['chapterWarnings', 'Warnings'],
  ['summary', 'Summary'],
  ['notes', 'Notes'],
  ['endNotes', 'End notes'],
  ['fandoms', 'Fandoms'],
  ['relationships', 'Relationships'],
  ['characters', 'Characters'],
  ['freeforms', 'Additional tags'],
];

/** The words of a form, field by field, without those that are empty. */
export function typedTexts(typed: TypedFields): { label: string; text: string }[] {
  return LABELS.flatMap(([name, label]) =>
    typed.filter(([one, value]) => one === name && value.trim() !== '').map(([, text]) => ({ label, text })),
  );
}
