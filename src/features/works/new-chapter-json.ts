/** Chapters as a program sends them, with what works have in common with them. Limits and notations are those of the forms. Pure. */
import { z } from 'zod';
import type { ChapterValues } from './pages/ChapterFields.tsx';
import { lineOf, textOf } from './typed.ts';
import { NOTATIONS } from './writing-form.ts';

export const line = z.string().max(10_000).transform(lineOf);
/** Longer than anything that a limit of the archive lets through, so that the limit itself is what is told. */
export const text = z.string().max(4_000_000).transform(textOf);
export const day = z
  .string()
  .max(20)
  .default('')
  .meta({ description: 'The day it bears, like 2019-04-27; today when it is posted, unless one is said.' });
export const format = z
  .enum(NOTATIONS.map((one) => one.value))
  .default('html')
  .meta({ description: 'In what the texts are written; in `html`, blank lines make paragraphs.' });
export const post = z
  .boolean()
  .default(false)
  .meta({ description: 'Whether it is posted at once; a draft otherwise.' });

const chapterFields = {
  title: line.default(''),
  warnings: line.default('').meta({ description: 'What readers should know before this chapter: one line.' }),
  summary: text.default(''),
  notes: text.default(''),
  endNotes: text.default(''),
  text: text.default(''),
  postedOn: day,
};

export const newChapterJson = z
  .strictObject({
    ...chapterFields,
    format,
    post,
    silently: z.boolean().default(false).meta({
      description: 'Posted without moving the work up the lists.',
    }),
  })
  .meta({ id: 'NewChapter' });

export type NewChapterJson = z.infer<typeof newChapterJson>;

export const madeWorkJson = z
  .object({
    id: z.string(),
    url: z.string().meta({ description: 'The page of the work.' }),
    state: z.enum(['draft', 'posted']),
  })
  .meta({ id: 'MadeWork' });
export const madeChapterJson = madeWorkJson
  .extend({ work: z.string().meta({ description: 'The id of its work.' }) })
  .meta({ id: 'MadeChapter' });

/** A chapter as the form has it. */
export function chapterValuesOfJson(said: NewChapterJson): ChapterValues {
  const { title, warnings, summary, notes, endNotes, text: story, format: notation, postedOn } = said;
  return {
    chapterTitle: title,
    chapterWarnings: warnings,
    summary,
    notes,
    endNotes,
    text: story,
    format: notation,
    postedOn,
  };
}

/** Sentences of the form for a chapter, each under the name that its field has in JSON. */
export function chapterErrorsAsSent(errors: Partial<Record<keyof ChapterValues, string>>): Record<string, string> {
  const { chapterTitle: title, chapterWarnings: warnings, ...others } = errors;
  return { ...others, ...(title === undefined ? {} : { title }), ...(warnings === undefined ? {} : { warnings }) };
}
