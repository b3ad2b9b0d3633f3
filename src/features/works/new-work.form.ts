/**
 * From what is said about a new work to the work itself, read, checked and cleaned before a transaction begins. The form and
 * the API both come through here.
 */
import type { Ground } from '../../platform/ground.ts';
import type { Viewer } from '../accounts/index.ts';
import { languages, vocabulary } from '../tags/index.ts';
import { cleanChapter, cleanShortTexts } from './clean-texts.form.ts';
import type { NewChapter, NewWork } from './drafts.actions.ts';
import { errorsFor, lengthErrors, readChanges } from './edit-form.ts';
import type { NewWorkValues } from './pages/NewWorkPage.tsx';
import { UNSIGNED } from './signing.form.ts';
import { signingPseuds, type SigningPseud } from './signing.queries.ts';
import { missingForPosting, type Notation } from './work.ts';
import { chapterLengthErrors, dayTyped, type NewWorkErrors } from './writing-form.ts';

export interface WorkRead {
  work: NewWork;
  /** Its first chapter, which the work has only where it says anything. */
  chapter: NewChapter;
  /** Those of the viewer's pseuds that sign it. */
  signs: SigningPseud[];
}

export interface WorkUnread {
  errors: NewWorkErrors;
  /** Characters of the chapter's clean text, where it could be read. */
  has?: number;
}

/**
 * `around`: the notation of its summary and notes, where that is not the one of its text.
 * @returns a work that can be kept, and posted where `post`; or a sentence for each field that cannot stand.
 */
export async function newWorkFrom(
  { db, cleaner, now }: Ground,
  viewer: Viewer,
  values: NewWorkValues,
  post: boolean,
  around: Notation = values.format,
): Promise<WorkRead | WorkUnread> {
  const own = await signingPseuds(db.reads, viewer);
  const signs = own.filter((one) => values.pseuds.includes(one.publicId));
  const read = readChanges(values, {
    vocabulary: await vocabulary(db.reads),
    languages: await languages(db.reads),
    chapters: 1,
    stored: { title: '', tags: [] },
  });
  const dated = dayTyped(values.postedOn, now());
  const errors: NewWorkErrors = {
    ...('errors' in read ? read.errors : {}),
    ...('errors' in dated ? dated.errors : {}),
    ...(signs.length === 0 ? { pseuds: UNSIGNED } : {}),
  };
  const day = 'day' in dated ? dated.day : null;
  const short = await cleanShortTexts(cleaner, around, values);
  if (!short) errors.summary ??= 'These texts could not be read.';
  const chapter = await cleanChapter(
    cleaner,
    { ...values, chapterWarnings: '', summary: '', notes: '', endNotes: '' },
    day,
  );
  if (!chapter) errors.text ??= 'This text could not be read.';
  if (!short || !chapter) return { errors };
  const has = chapter.text.html.length;
  const isEmpty = chapter.text.html === '';
  const long = chapterLengthErrors(chapter, null);
  Object.assign(
    errors,
    lengthErrors([
      ['summary', short.summary, ''],
      ['notes', short.notes, ''],
      ['endNotes', short.endNotes, ''],
    ]),
    long.text === undefined ? {} : { text: long.text },
    long.chapterTitle === undefined ? {} : { chapterTitle: long.chapterTitle },
  );
  if (!post && values.title === '' && isEmpty)
    errors.title ??= 'Give it a title or a text: one of them is enough for a draft.';
  if ('errors' in read) return { errors, has };
  const work: NewWork = {
    ...read.changes,
    format: around,
    summary: short.summary,
    notes: short.notes,
    endNotes: short.endNotes,
    rules: Math.max(short.rules, chapter.rules),
    creators: signs.map((pseud) => ({ kind: 'pseud', pseudId: pseud.id })),
    archivedBy: null,
    sample: false,
    sourceUrl: null,
    notices: [],
    postedAt: day,
    updatedAt: day,
    // A chapter without a word of any kind would only be in the way.
    chapters: isEmpty && chapter.title === '' ? [] : [chapter],
    savedBy: viewer.accountId,
  };
  const missing = post ? missingForPosting({ ...work, chapters: isEmpty ? 0 : 1 }) : [];
  if (missing.length > 0) {
    const { title, ...others } = errorsFor({ refusal: 'incomplete', missing });
    Object.assign(errors, others, missing.includes('title') ? { title } : {});
    if (isEmpty) errors.text ??= 'A posted work needs a text.';
  }
  return Object.keys(errors).length > 0 ? { errors, has } : { work, chapter, signs };
}
