/** From what is typed about a chapter to a clean one, read and checked before a transaction begins: by its form, and by the API. */
import type { Ground } from '../../platform/ground.ts';
import { cleanChapter } from './clean-texts.form.ts';
import type { NewChapter } from './drafts.actions.ts';
import type { WrittenChapter } from './kept-chapters.queries.ts';
import type { ChapterValues } from './pages/ChapterFields.tsx';
import { chapterLengthErrors, dayTyped, type ChapterErrors } from './writing-form.ts';

/**
 * @param stored the chapter as it stands, whose blocks keep their ids; null for a new one.
 * @returns the chapter, or null where it could not be read; and a sentence for each field that cannot stand.
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
  const errors = { ...('errors' in dated ? dated.errors : {}), ...chapterLengthErrors(chapter, stored) };
  return { chapter, errors };
}
