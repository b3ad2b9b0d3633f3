/** Works and chapters as a program sends them. Limits, choices and notations are those of the forms: what is read here becomes their values. Pure. */
import { z } from 'zod';
import { tagNameProblem, type FreeKind } from '../tags/index.ts';
import type { ChapterValues } from './pages/ChapterFields.tsx';
import type { NewWorkValues } from './pages/NewWorkPage.tsx';
import { lineOf, textOf } from './typed.ts';
import { blankWork, NOTATIONS } from './writing-form.ts';

const line = z.string().max(10_000).transform(lineOf);
/** Longer than anything that a limit of the archive lets through, so that the limit itself is what is told. */
const text = z.string().max(4_000_000).transform(textOf);
const codes = z.array(z.string().max(40)).max(50);
const names = z.array(line).max(200).default([]);
const day = z
  .string()
  .max(20)
  .default('')
  .meta({ description: 'The day it bears, like 2019-04-27; today when it is posted, unless one is said.' });
const format = z
  .enum(NOTATIONS.map((one) => one.value))
  .default('html')
  .meta({ description: 'In what the texts are written; in `html`, blank lines make paragraphs.' });
const post = z.boolean().default(false).meta({ description: 'Whether it is posted at once; a draft otherwise.' });

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

export const newWorkJson = z
  .strictObject({
    title: line.default(''),
    pseuds: codes
      .default([])
      .meta({ description: 'Ids of those of your pseuds that sign it; your default one when empty.' }),
    rating: z.string().max(40).default('').meta({ description: 'By its code, like `general`.' }),
    warnings: codes.default([]).meta({ description: 'By their codes, like `none`.' }),
    categories: codes.default([]),
    tags: z
      .strictObject({ fandom: names, relationship: names, character: names, freeform: names })
      .default({ fandom: [], relationship: [], character: [], freeform: [] })
      .meta({ description: 'Names in the order that counts: the first relationship is the main one.' }),
    language: z.string().max(40).default('').meta({ description: 'BCP 47' }),
    status: z.string().max(40).default('in-progress'),
    chaptersPlanned: z.int().min(1).max(999_999).nullable().default(1).meta({ description: 'null: not known' }),
    summary: text.default(''),
    notes: text.default(''),
    endNotes: text.default(''),
    restricted: z.boolean().default(false).meta({ description: 'For registered readers only.' }),
    noindex: z.boolean().default(false).meta({ description: 'Hidden from search engines.' }),
    format,
    chapter: z
      .strictObject({ title: line.default(''), text: text.default('') })
      .default({ title: '', text: '' })
      .meta({ description: 'The first chapter.' }),
    postedOn: day,
    post,
  })
  .meta({ id: 'NewWork' });

export type NewWorkJson = z.infer<typeof newWorkJson>;
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

/** A work as the form has it. @returns its values, or a sentence for each kind of tags that holds none. */
export function valuesOfJson(said: NewWorkJson): { values: NewWorkValues } | { errors: Record<string, string> } {
  const errors: Record<string, string> = {};
  const field = (kind: FreeKind) => {
    for (const name of said.tags[kind]) {
      const problem = tagNameProblem(name);
      if (problem !== null) errors[`tags.${kind}`] ??= problem;
    }
    return said.tags[kind].join(', ');
  };
  const values: NewWorkValues = {
    ...blankWork(null),
    title: said.title,
    pseuds: said.pseuds,
    fandoms: field('fandom'),
    relationships: field('relationship'),
    characters: field('character'),
    freeforms: field('freeform'),
    rating: said.rating,
    warnings: said.warnings,
    categories: said.categories,
    language: said.language,
    status: said.status,
    plannedChapters: said.chaptersPlanned === null ? '?' : String(said.chaptersPlanned),
    summary: said.summary,
    notes: said.notes,
    endNotes: said.endNotes,
    restricted: said.restricted,
    noindex: said.noindex,
    chapterTitle: said.chapter.title,
    text: said.chapter.text,
    format: said.format,
    postedOn: said.postedOn,
  };
  return Object.keys(errors).length > 0 ? { errors } : { values };
}

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

/** The fields of a work as JSON, by the fields of the form: a sentence stands beside what was sent. */
const SENT_AS: Partial<Record<keyof NewWorkValues, string>> = {
  fandoms: 'tags.fandom',
  relationships: 'tags.relationship',
  characters: 'tags.character',
  freeforms: 'tags.freeform',
  plannedChapters: 'chaptersPlanned',
  chapterTitle: 'chapter.title',
  text: 'chapter.text',
};

/** Sentences of the form for a new work, each under the name that its field has in JSON. */
export function workErrorsAsSent(errors: Partial<Record<keyof NewWorkValues, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([field, sentence]) => [SENT_AS[field as keyof NewWorkValues] ?? field, sentence]),
  );
}

/** Sentences of the form for a chapter, each under the name that its field has in JSON. */
export function chapterErrorsAsSent(errors: Partial<Record<keyof ChapterValues, string>>): Record<string, string> {
  const { chapterTitle: title, chapterWarnings: warnings, ...others } = errors;
  return { ...others, ...(title === undefined ? {} : { title }), ...(warnings === undefined ? {} : { warnings }) };
}
