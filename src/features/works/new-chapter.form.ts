/** From what is typed about a chapter to a clean one, read and checked before a transaction begins: by its form, and by the API. */
import type { Ground } from '../../platform/ground.ts';
import { cleanChapter } from './clean-texts.form.ts';
import type { NewChapter } from './drafts.actions.ts';
import type { WrittenChapter } from './kept-chapters.queries.ts';
import type { ChapterValues } from './pages/ChapterFields.tsx';
import { chapterLengthErrors, dayTyped, type ChapterErrors } from './writing-form.ts';

/**
 * @param stored the chapter as it stands, whose blocks keep their ids; null for a new one.
 * @returns the chapter, or null where it could not be read; and a sentence for each field that cannot stand. A new chapter of which
 * nothing at all is said is refused; whether one can be posted is asked when it is.
 */
export async function chapterFrom(
  { cleaner, now }: Ground,
  values: ChapterValues,
  stored: WrittenChapter | null,
): Promise<{ chapter: NewChapter | null; errors: ChapterErrors }> {
  const dated = dayTyped(values.postedOn, now());
  const day = 'day' in dated ? dated.day : null;
  const chapter = await cleanChapter(cleaner, values, day, stored?.text.html);
  if (!chapter) return { chapter, errors: { text: 'This text could not be read.' } };
  const errors: ChapterErrors = { ...('errors' in dated ? dated.errors : {}), ...chapterLengthErrors(chapter, stored) };
  if (stored === null && saysNothing(chapter)) errors.text ??= NOTHING_TYPED;
  return { chapter, errors };
}

const NOTHING_TYPED = 'Nothing is typed yet. Any one of its fields is enough to keep it as a draft.';

function saysNothing({ title, warnings = '', summary, notes, endNotes, text }: NewChapter): boolean {
  return title === '' && warnings === '' && [summary, notes, endNotes, text].every(({ html }) => html === '');
}
