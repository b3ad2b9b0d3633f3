/** Works as a program sends them. Limits, choices and sentences are those of the form: what is read here becomes its fields. Pure. */
import { z } from 'zod';
import { asHtml } from '../../platform/html/as-html.ts';
import type { WritingDefaults } from '../accounts/index.ts';
import { TITLE_CHARACTERS } from '../site/index.ts';
import { tagNameProblem, type FreeKind } from '../tags/index.ts';
import type { TypedFields } from './autosave.ts';
import { COMMENTERS, type NewWorkDefaults } from './deciding.ts';
import { day, format, line, post, text } from './new-chapter-json.ts';
import type { NewWorkValues } from './pages/NewWorkPage.tsx';
import { lineOf } from './typed.ts';
import type { Notation } from './work.ts';

const codes = z.array(z.string().max(40)).max(50);
const names = z.array(line).max(200).default([]);
/** What is left out begins as the form for a new work begins: as its creator has said for all new works. */
const begins = (what: string) => `${what} As you have said for new works when left out.`;
/** People whom one request can name: each of them is asked. */
const PEOPLE_AT_ONCE = 20;
const people = z.array(z.string().max(TITLE_CHARACTERS).transform(lineOf)).max(PEOPLE_AT_ONCE).default([]);
const yesOrNo = (what: string) =>
  z
    .boolean()
    .optional()
    .meta({ description: begins(what) });

export const newWorkJson = z
  .strictObject({
    title: line.default(''),
    pseuds: codes
      .default([])
      .meta({ description: 'Ids of those of your pseuds that sign it; your default one when empty.' }),
    coCreators: people.meta({
      description: 'Who is invited to co-create it: the name of a pseud, or the address of its page.',
    }),
    rating: z.string().max(40).default('').meta({ description: 'By its code, like `general`.' }),
    warnings: codes.default([]).meta({ description: 'By their codes, like `none`.' }),
    categories: codes.default([]),
    tags: z
      .strictObject({ fandom: names, relationship: names, character: names, freeform: names })
      .default({ fandom: [], relationship: [], character: [], freeform: [] })
      .meta({ description: 'Names in the order that counts: the first relationship is the main one.' }),
    language: z
      .string()
      .max(40)
      .optional()
      .meta({ description: begins('BCP 47.') }),
    status: z.string().max(40).default('in-progress'),
    chaptersPlanned: z.int().min(1).max(999_999).nullable().default(1).meta({ description: 'null: not known' }),
    summary: text.default(''),
    notes: text.optional().meta({ description: begins('Shown before the text.') }),
    endNotes: text.optional().meta({ description: begins('Shown after the text.') }),
    restricted: yesOrNo('For registered readers only.'),
    noindex: yesOrNo('Hidden from search engines.'),
    commentsFrom: z
      .enum(COMMENTERS)
      .optional()
      .meta({ description: begins('Who may comment.') }),
    commentsModerated: yesOrNo('Comments are looked at before others see them.'),
    downloads: yesOrNo('Readers may download it.'),
    noAi: yesOrNo('AI is asked to keep off.'),
    anonymous: z.boolean().default(false).meta({ description: 'Readers do not see who wrote it.' }),
    unrevealed: z.boolean().default(false).meta({ description: 'Nobody but its creators sees that it is there.' }),
    gifts: z
      .strictObject({
        pseuds: people.meta({
          description: 'Pseuds here, by name or the address of their page: they are asked first.',
        }),
        names: people.meta({ description: 'Names of people elsewhere.' }),
      })
      .default({ pseuds: [], names: [] })
      .meta({ description: 'Who the work is for.' }),
    series: z
      .string()
      .max(40)
      .default('')
      .meta({ description: 'The id of a series of yours, at whose end it stands.' }),
    newSeries: line.default('').meta({ description: 'The title of a new series that begins with it.' }),
    skin: z.string().max(40).default('').meta({ description: 'The id of a work skin of yours.' }),
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

/** What a new work begins with, before anything is said about it. */
export interface BegunWork {
  /** Public ids of the creator's pseuds; the first signs unless others are named. */
  pseuds: readonly string[];
  decided: NewWorkDefaults;
  writing: WritingDefaults;
}

/**
 * A work as the form sends it, field by field; and a sentence for each field that no form could send so. `around`: the notation of its
 * summary and notes. The notes that works begin with are HTML, and one notation holds for all three: where such notes are taken, what
 * was sent in another becomes HTML beside them.
 */
export function fieldsOfJson(
  said: NewWorkJson,
  begun: BegunWork,
): { fields: TypedFields; errors: Record<string, string>; around: Notation } {
  const errors: Record<string, string> = {};
  const fields: TypedFields = [];
  const say = (name: string, ...values: (string | null)[]) =>
    values.forEach((value) => fields.push([name, value ?? '?']));
  const tick = (name: string, isTicked: boolean) => isTicked && say(name, 'on');
  say('title', said.title);
  if (said.pseuds.some((one) => !begun.pseuds.includes(one))) errors['pseuds'] = 'Name pseuds of your own.';
  say('pseuds', ...(said.pseuds.length === 0 ? begun.pseuds.slice(0, 1) : said.pseuds));
  for (const [kind, field] of TAG_FIELDS) {
    const problem = said.tags[kind].map(tagNameProblem).find((one) => one !== null);
    if (problem) errors[`tags.${kind}`] = problem;
    say(field, said.tags[kind].join(', '));
  }
  say('rating', said.rating);
  say('warnings', ...said.warnings);
  say('categories', ...said.categories);
  say('language', said.language ?? begun.writing.language);
  say('status', said.status);
  say('plannedChapters', said.chaptersPlanned === null ? null : String(said.chaptersPlanned));
  const takesNotes = said.notes === undefined && begun.writing.notes !== '';
  const takesEndNotes = said.endNotes === undefined && begun.writing.endNotes !== '';
  const around = takesNotes || takesEndNotes ? 'html' : said.format;
  const sent = (source = '') => (around === said.format ? source : asHtml({ format: said.format, source }));
  say('summary', sent(said.summary));
  say('notes', takesNotes ? begun.writing.notes : sent(said.notes));
  say('endNotes', takesEndNotes ? begun.writing.endNotes : sent(said.endNotes));
  say('format', said.format);
  say('chapterTitle', said.chapter.title);
  say('text', said.chapter.text);
  say('postedOn', said.postedOn);
  say('toSeries', said.series);
  say('newSeries', said.newSeries);
  say('skin', said.skin);
  say('deciding', 'on');
  say('commenters', said.commentsFrom ?? begun.decided.commenters);
  for (const box of ['restricted', 'noindex', 'commentsModerated', 'downloads', 'noAi'] as const)
    tick(box, said[box] ?? begun.decided[box]);
  tick('anonymous', said.anonymous);
  tick('unrevealed', said.unrevealed);
  return { fields, errors, around };
}

const TAG_FIELDS = [
  ['fandom', 'fandoms'],
  ['relationship', 'relationships'],
  ['character', 'characters'],
  ['freeform', 'freeforms'],
] as const satisfies [FreeKind, keyof NewWorkValues][];

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
