/** What is typed when somebody writes: a new work with its first chapter, or a chapter alone. Pure. */
import type { Form } from '../../platform/http/form.ts';
import {
  CHAPTER_CHARACTERS,
  CHAPTER_WARNINGS_CHARACTERS,
  NOTES_CHARACTERS,
  SUMMARY_CHARACTERS,
  TITLE_CHARACTERS,
} from '../site/index.ts';
import { dayField, dayFrom } from './dates.ts';
import type { NewChapter } from './drafts.actions.ts';
import { readEditForm } from './edit-form.ts';
import type { WrittenChapter } from './kept-chapters.queries.ts';
import type { ChapterValues } from './pages/ChapterFields.tsx';
import type { NewWorkValues } from './pages/NewWorkPage.tsx';
import { typedIn } from './typed.ts';
import type { ChapterRefusal, Notation } from './work.ts';

export type NewWorkErrors = Partial<Record<keyof NewWorkValues, string>>;
export type ChapterErrors = Partial<Record<keyof ChapterValues, string>>;

/** The notations there are to write in; `help` says what becomes of what is typed. */
export const NOTATIONS: readonly { value: Notation; label: string; help: string }[] = [
  { value: 'html', label: 'HTML', help: 'Blank lines make paragraphs, as on AO3.' },
  { value: 'markdown', label: 'Markdown', help: '*emphasis*, **strong**, # headings, > quotations.' },
  { value: 'text', label: 'Plain text', help: 'Just as it is typed.' },
];

/** A notation by its name; HTML for anything else. */
export function notationFrom(typed: string): Notation {
  return NOTATIONS.find((one) => one.value === typed)?.value ?? 'html';
}

/** The notation that a form names, or the one that stands where it names none. */
export function notationTyped(form: Form, stands: Notation): Notation {
  const typed = form.one('format');
  return typed === undefined ? stands : notationFrom(typed);
}

/** The form for a new work, before anything is typed. `pseud`: the public id of the one that signs unless another is chosen. */
export function blankWork(pseud: string | null): NewWorkValues {
  return {
    title: '',
    pseuds: pseud === null ? [] : [pseud],
    fandoms: '',
    relationships: '',
    characters: '',
    freeforms: '',
    rating: '',
    warnings: [],
    categories: [],
    language: '',
    status: 'in-progress',
    plannedChapters: '1',
    summary: '',
    notes: '',
    endNotes: '',
    restricted: false,
    noindex: false,
    chapterTitle: '',
    text: '',
    format: 'html',
    postedOn: '',
  };
}

/** The form for a new work as a browser sends it. */
export function readNewWork(form: Form): NewWorkValues {
  const { text, line } = typedIn(form);
  const said = readEditForm(form);
  return {
    ...said,
    status: said.status === '' ? 'in-progress' : said.status,
    pseuds: form.all('pseuds'),
    chapterTitle: line('chapterTitle'),
    text: text('text'),
    format: notationFrom(text('format')),
    postedOn: line('postedOn'),
  };
}

/** The form for a chapter, before anything is typed, or as the chapter stands. */
export function chapterValues(chapter: WrittenChapter | null): ChapterValues {
  return {
    chapterTitle: chapter?.title ?? '',
    chapterWarnings: chapter?.warnings ?? '',
    summary: chapter?.summary.source ?? '',
    notes: chapter?.notes.source ?? '',
    endNotes: chapter?.endNotes.source ?? '',
    text: chapter?.text.source ?? '',
    format: chapter?.format ?? 'html',
    postedOn: dayField(chapter?.postedAt ?? null),
  };
}

/** The form for a chapter as a browser sends it. */
export function readChapterForm(form: Form): ChapterValues {
  const { text, line } = typedIn(form);
  return {
    chapterTitle: line('chapterTitle'),
    chapterWarnings: line('chapterWarnings'),
    summary: text('summary'),
    notes: text('notes'),
    endNotes: text('endNotes'),
    text: text('text'),
    format: notationFrom(text('format')),
    postedOn: line('postedOn'),
  };
}

/** The day that a form names, in UTC milliseconds or null, or the sentence beside its field. */
export function dayTyped(postedOn: string, now: number): { day: number | null } | { errors: { postedOn: string } } {
  const day = dayFrom(postedOn, now);
  return typeof day === 'string' ? { errors: { postedOn: day } } : { day };
}

/**
 * Sentences for what is longer than the field's limits, measured on clean HTML. A text that stands as it was stored is
 * left alone: an import over a limit is kept whole.
 */
export function chapterLengthErrors(chapter: NewChapter, stored: WrittenChapter | null): ChapterErrors {
  const errors: ChapterErrors = {};
  const check = (field: 'summary' | 'notes' | 'endNotes' | 'text', what: string, limit: number) => {
    const { source, html } = chapter[field];
    const same = stored !== null && source.trim() === stored[field].source.replaceAll('\r\n', '\n').trim();
    if (!same && html.length > limit) errors[field] = `${what} at most ${limit} characters; here are ${html.length}.`;
  };
  if (chapter.title.length > TITLE_CHARACTERS && chapter.title !== stored?.title)
    errors.chapterTitle = `A title has at most ${TITLE_CHARACTERS} characters; this one has ${chapter.title.length}.`;
  const warnings = chapter.warnings ?? '';
  if (warnings.length > CHAPTER_WARNINGS_CHARACTERS && warnings !== stored?.warnings)
    errors.chapterWarnings = `Warnings have at most ${CHAPTER_WARNINGS_CHARACTERS} characters; here are ${warnings.length}.`;
  check('summary', 'A summary has', SUMMARY_CHARACTERS);
  check('notes', 'Notes have', NOTES_CHARACTERS);
  check('endNotes', 'End notes have', NOTES_CHARACTERS);
  check('text', 'A chapter has', CHAPTER_CHARACTERS);
  return errors;
}

/** A refusal as a sentence beside a field of the chapter's form. */
export function chapterErrorsFor(
  refused: Exclude<ChapterRefusal, { refusal: 'not-found' }> | { refusal: 'saved-since' },
): ChapterErrors {
  if (refused.refusal === 'saved-since') return { text: SAVED_SINCE };
  if (refused.refusal === 'incomplete') return { text: 'A posted chapter needs a text.' };
  if (refused.refusal === 'changed-meanwhile') return { text: CHANGED_MEANWHILE };
  return { text: refused.reason };
}

const CHANGED_MEANWHILE =
  'This chapter was saved meanwhile, perhaps in another tab. Your text is here, the saved one below. Saving now puts yours in its place; the other stays among the revisions.';

const SAVED_SINCE =
  'This form was saved already, and the chapter was saved again since, perhaps in another tab. Your text is here, the one that stands now below. Saving now puts yours in its place; both stay among the revisions.';

/** A refusal as one sentence, where there is no form to say it beside. */
export function refusalWords(refused: Exclude<ChapterRefusal, { refusal: 'not-found' }>): string {
  if (refused.refusal === 'incomplete') return 'This chapter has no text yet.';
  if (refused.refusal === 'changed-meanwhile') return 'The chapters were changed meanwhile. Look again.';
  return refused.reason;
}

/** What a form is told that was sent a second time, where what it saved has been changed in between. */
export const CHANGED_SINCE = 'This form was saved already. The work has been changed since: this is how it stands now.';
