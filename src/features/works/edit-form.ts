/** The form for what is said about a work: from a work to its values, and from what was typed to changes or sentences. Pure. */
import type { Form } from '../../platform/http/form.ts';
import { NOTES_CHARACTERS, SUMMARY_CHARACTERS, TAGS_PER_WORK, TITLE_CHARACTERS } from '../site/index.ts';
import {
  tagNameProblem,
  type FreeKind,
  type Language,
  type TagKind,
  type Term,
  type Vocabulary,
} from '../tags/index.ts';
import type { EditWorkValues } from './pages/WorkFields.tsx';
import { fieldFromNames, namesFromField } from './tag-fields.ts';
import { typedIn } from './typed.ts';
import type { CleanText, Missing, WorkRefusal, WorkWhole } from './work.ts';

/** A sentence for each field that cannot stand. */
export type EditErrors = Partial<Record<keyof EditWorkValues, string>>;

/** The fields as a browser sends them; what is absent is empty. */
export function readEditForm(form: Form): EditWorkValues {
  const { text, line } = typedIn(form);
  return {
    title: line('title'),
    fandoms: line('fandoms'),
    relationships: line('relationships'),
    characters: line('characters'),
    freeforms: line('freeforms'),
    rating: text('rating'),
    warnings: form.all('warnings'),
    categories: form.all('categories'),
    language: text('language'),
    status: text('status'),
    plannedChapters: line('plannedChapters'),
    summary: text('summary'),
    notes: text('notes'),
    endNotes: text('endNotes'),
    restricted: form.one('restricted') !== undefined,
    noindex: form.one('noindex') !== undefined,
  };
}

const FREE_FIELDS: readonly [FreeKind, 'fandoms' | 'relationships' | 'characters' | 'freeforms'][] = [
  ['fandom', 'fandoms'],
  ['relationship', 'relationships'],
  ['character', 'characters'],
  ['freeform', 'freeforms'],
];

/** The values of a work as it stands. */
export function valuesOf(work: WorkWhole, vocabulary: Vocabulary): EditWorkValues {
  const names = (kind: TagKind) => fieldFromNames(work.tags.filter((tag) => tag.kind === kind).map((tag) => tag.name));
  const codes = (kind: TagKind, terms: readonly Term[]) =>
    work.tags
      .filter((tag) => tag.kind === kind)
      .flatMap((tag) => terms.find((term) => term.tag?.id === tag.id)?.code ?? []);
  return {
    title: work.title,
    fandoms: names('fandom'),
    relationships: names('relationship'),
    characters: names('character'),
    freeforms: names('freeform'),
    rating: codes('rating', vocabulary.ratings)[0] ?? '',
    warnings: codes('warning', vocabulary.warnings),
    categories: codes('category', vocabulary.categories),
    language: work.language ?? '',
    status: work.status,
    plannedChapters: work.plannedChapters === null ? '?' : String(work.plannedChapters),
    summary: work.summarySource,
    notes: work.notesSource,
    endNotes: work.endNotesSource,
    restricted: work.restricted,
    noindex: work.noindex,
  };
}

/** What was typed, in the archive's terms, before its texts are cleaned. */
export interface ReadChanges {
  title: string;
  language: string | null;
  status: string;
  plannedChapters: number | null;
  tags: { kind: TagKind; name: string }[];
  restricted: boolean;
  noindex: boolean;
}

/** Checks what was typed. @returns the changes, or a sentence for each field that cannot stand. */
export function readChanges(
  values: EditWorkValues,
  known: {
    vocabulary: Vocabulary;
    languages: readonly Language[];
    chapters: number;
    /** The work as it stands: what it has over a limit already may stay. */
    stored: { title: string; tags: readonly { kind: TagKind }[] };
  },
): { changes: ReadChanges } | { errors: EditErrors } {
  const errors: EditErrors = {};
  const { vocabulary } = known;
  const term = (terms: readonly Term[], code: string) => terms.find((one) => one.code === code);
  if (values.title.length > TITLE_CHARACTERS && values.title !== known.stored.title)
    errors.title = `A title has at most ${TITLE_CHARACTERS} characters; this one has ${values.title.length}.`;
  const language = known.languages.find((one) => one.code === values.language);
  if (values.language !== '' && !language) errors.language = 'Choose one of the languages in the list.';
  const rating = term(vocabulary.ratings, values.rating);
  if (values.rating !== '' && !rating) errors.rating = 'Choose one of the ratings.';
  const status = term(vocabulary.statuses, values.status);
  if (!status) errors.status = 'Choose how the work stands.';
  const planned = plannedFrom(values.plannedChapters, known.chapters);
  if (typeof planned === 'string') errors.plannedChapters = planned;
  const tags: { kind: TagKind; name: string }[] = [];
  const addTerms = (kind: TagKind, terms: readonly (Term | undefined)[]) => {
    for (const one of terms) if (one?.tag) tags.push({ kind, name: one.tag.name });
  };
  addTerms('rating', [rating]);
  // A warning that nobody here knows would be missing from the work in silence.
  for (const [kind, field, terms, what] of [
    ['warning', 'warnings', vocabulary.warnings, 'archive warnings'],
    ['category', 'categories', vocabulary.categories, 'categories'],
  ] as const) {
    const unknown = values[field].find((code) => !term(terms, code));
    if (unknown !== undefined)
      errors[field] = `“${unknown}” is none of the ${what} here. Choose from those in the list.`;
    addTerms(
      kind,
      values[field].map((code) => term(terms, code)),
    );
  }
  let free = 0;
  for (const [kind, field] of FREE_FIELDS) {
    for (const name of namesFromField(values[field])) {
      const problem = tagNameProblem(name);
      if (problem) errors[field] ??= problem;
      tags.push({ kind, name });
      free += 1;
    }
  }
  const before = known.stored.tags.filter((tag) => FREE_FIELDS.some(([kind]) => kind === tag.kind)).length;
  if (free > Math.max(TAGS_PER_WORK, before))
    errors.freeforms ??= `A work has at most ${TAGS_PER_WORK} tags together; these are ${free}.`;
  if (Object.keys(errors).length > 0 || !status || typeof planned === 'string') return { errors };
  return {
    changes: {
      title: values.title,
      language: language?.code ?? null,
      status: status.code,
      plannedChapters: planned,
      tags,
      restricted: values.restricted,
      noindex: values.noindex,
    },
  };
}

function plannedFrom(typed: string, chapters: number): number | null | string {
  if (typed === '' || typed === '?') return null;
  if (!/^\d{1,6}$/.test(typed) || Number(typed) < 1) return 'Type a number of chapters, or ? when you do not know.';
  return Number(typed) < chapters ? `There are ${chapters} chapters already.` : Number(typed);
}

const TEXT_LIMITS = {
  summary: ['A summary has', SUMMARY_CHARACTERS],
  notes: ['Notes have', NOTES_CHARACTERS],
  endNotes: ['End notes have', NOTES_CHARACTERS],
} as const;

/**
 * A sentence for texts that are longer than the field allows, measured on clean HTML, as AO3 does. A text that stands as
 * it was stored is left alone: an import over a limit is kept whole.
 */
export function lengthErrors(
  texts: readonly [field: keyof typeof TEXT_LIMITS, text: CleanText, stored: string][],
): EditErrors {
  const errors: EditErrors = {};
  for (const [field, { source, html }, stored] of texts) {
    const [what, limit] = TEXT_LIMITS[field];
    const same = source.trim() === stored.replaceAll('\r\n', '\n').trim();
    if (!same && html.length > limit) errors[field] = `${what} at most ${limit} characters; here are ${html.length}.`;
  }
  return errors;
}

const MISSING_FIELDS: Record<Missing, [keyof EditWorkValues, string]> = {
  title: ['title', 'A posted work needs a title.'],
  language: ['language', 'A posted work needs a language.'],
  rating: ['rating', 'A posted work needs a rating.'],
  warning: ['warnings', 'A posted work needs at least one archive warning, or the choice not to use them.'],
  fandom: ['fandoms', 'A posted work needs at least one fandom.'],
  text: ['title', 'This work has no text yet.'],
};

function errorsForMissing(missing: readonly Missing[]): EditErrors {
  return Object.fromEntries(missing.map((one) => MISSING_FIELDS[one]));
}

/** A refusal as sentences beside the fields of the form. */
export function errorsFor(
  refused: Exclude<WorkRefusal, { refusal: 'not-found' }> | { refusal: 'saved-since' },
): EditErrors {
  if (refused.refusal === 'saved-since')
    return { title: 'This form was saved already, and the work was changed since. Saving again replaces that.' };
  if (refused.refusal === 'incomplete') return errorsForMissing(refused.missing);
  if (refused.refusal === 'against-the-rules') return { rating: refused.reason };
  return { title: 'This work was changed while you had it open, perhaps in another tab. Saving again replaces that.' };
}
