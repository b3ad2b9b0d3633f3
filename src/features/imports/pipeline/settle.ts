/**
 * From what a source says to what the archive can hold: ratings, warnings, categories and languages become the
 * archive's own, dates become times, names become names that tags can have. Nothing is guessed but the language, and
 * what finds no place is named. Pure: vocabularies come in, no clock, no database.
 */
import { asHtml } from '../../../platform/html/as-html.ts';
import { nameKey } from '../../../platform/db/name-key.ts';
import type { SaidField } from './metadata.ts';
import { admissibleTagName, type Language, type TagKind, type Term, type Vocabulary } from '../../tags/index.ts';
import { TAG_CHARACTERS } from '../../site/index.ts';
import type { ImportOptions } from '../import-options.ts';
import type {
  ImportedChapter,
  ImportedCreatorName,
  ImportedSeries,
  ImportedText,
  ImportedWork,
} from '../imported-work.ts';

/** What settling needs to know of the archive. */
export interface Known {
  vocabulary: Vocabulary;
  languages: readonly Language[];
  /** UTC milliseconds; no source is dated a day that has begun nowhere by then. */
  now: number;
  /** Guesses a text's language from how it reads: a BCP 47 code, or null when unsure. */
  guessLanguage: (text: string) => string | null;
}

/** A work in the archive's own terms, its texts not cleaned yet. */
export interface SettledWork {
  title: string;
  language: string | null;
  /** The language was guessed from how the text reads. */
  languageGuessed: boolean;
  status: string;
  plannedChapters: number | null;
  rating: Term | null;
  tags: { kind: TagKind; name: string }[];
  /** All labels as the source wrote them: what the archive refuses is recognised by these. */
  labels: string[];
  creators: ImportedCreatorName[];
  series: ImportedSeries[];
  sourceUrl: string | null;
  postedAt: number | null;
  updatedAt: number | null;
  format: ImportedText['format'];
  summary: string;
  notes: string;
  endNotes: string;
  chapters: ImportedChapter[];
  repairs: string[];
  unmapped: string[];
}

/**
 * Settles a work. `fallbackTitle` is used when the file has none. `said`: fields of which metadata beside the file speaks;
 * what the person who imports says comes before those, but after what a file says of itself.
 */
export function settle(
  work: ImportedWork,
  options: ImportOptions,
  known: Known,
  fallbackTitle: string,
  said: ReadonlySet<SaidField> = new Set(),
): SettledWork {
  const repairs = [...work.repairs];
  const unmapped = [...work.unmapped];
  const filled = (field: SaidField, own: readonly string[], given: readonly string[]) =>
    given.length > 0 && (own.length === 0 || said.has(field)) ? given : own;
  const rating = settleRating(
    filled('rating', work.rating ? [work.rating] : [], options.rating ? [options.rating] : [])[0] ?? null,
    known.vocabulary.ratings,
    repairs,
    unmapped,
  );
  const saidWarnings = filled('warnings', work.warnings, options.warnings);
  const saidCategories = filled('categories', work.categories, options.categories);
  const warnings = settleTerms(saidWarnings, known.vocabulary.warnings, 'archive warning', unmapped);
  const categories = settleTerms(saidCategories, known.vocabulary.categories, 'category', unmapped);
  const free = (kind: TagKind, names: readonly string[]) => settleNames(kind, names, repairs, unmapped);
  const fixed = (kind: TagKind, terms: readonly Term[]) =>
    terms.flatMap((term) => (term.tag ? [{ kind, name: term.tag.name }] : []));
  const fandoms = filled('fandoms', work.fandoms, options.fandoms);
  const chapters = work.chapters;
  return {
    title: work.title?.trim() || fallbackTitle,
    ...settleLanguage(work, options, said, known, repairs, unmapped),
    ...settleProgress(work, chapters.length),
    rating,
    tags: [
      ...fixed('rating', rating ? [rating] : []),
      ...fixed('warning', warnings),
      ...fixed('category', categories),
      ...free('fandom', fandoms),
      ...free('relationship', work.relationships),
      ...free('character', work.characters),
      ...free('freeform', [...work.freeforms, ...options.freeforms]),
    ],
    labels: [
      ...saidWarnings,
      ...(work.rating ? [work.rating] : []),
      ...work.freeforms,
      ...options.freeforms,
      ...saidCategories,
    ],
    creators:
      options.creators.length > 0 && (work.creators.length === 0 || said.has('creators'))
        ? options.creators.map((name) => ({ name }))
        : work.creators,
    series: work.series,
    sourceUrl: settleAddress(work.sourceUrl, unmapped),
    ...settleDates(work, known.now, unmapped),
    ...inOneNotation(work),
    chapters,
    repairs,
    unmapped,
  };
}

function findTerm(terms: readonly Term[], said: string): Term | undefined {
  const key = nameKey(said);
  return terms.find((term) => [term.code, term.label, term.tag?.name ?? ''].some((name) => nameKey(name) === key));
}

/** The one rating: by its label, its tag's name or its code, else by the name that another archive has for it. */
function settleRating(
  said: string | null,
  ratings: readonly Term[],
  repairs: string[],
  unmapped: string[],
): Term | null {
  if (said === null || said.trim() === '') return null;
  const term = findTerm(ratings, said);
  if (term) return term;
  const elsewhere = ratings.find((one) => ratingKeys(said).some((key) => one.alsoKnown?.includes(key)));
  if (elsewhere) repairs.push(`The rating "${said}" is ${elsewhere.label} here.`);
  else unmapped.push(`The rating "${said}" is none of this archive's.`);
  return elsewhere ?? null;
}

/** "PG-13", "PG-13 (for language)", "Rated: T", "R for violence": the whole of it, and what stands before the reason. */
function ratingKeys(said: string): string[] {
  const key = nameKey(said).replace(/^(?:rated|fiction|rating)\b[:\s]*/, '');
  return [key, key.split(/\s*[([:;,]|\s+(?:for|due|because|-|–|—)\s/u)[0]?.trim() ?? ''];
}

function settleTerms(said: readonly string[], terms: readonly Term[], what: string, unmapped: string[]): Term[] {
  const settled: Term[] = [];
  for (const name of said) {
    const term = findTerm(terms, name);
    if (term && !settled.includes(term)) settled.push(term);
    if (!term) unmapped.push(`The ${what} "${name}" is none of this archive's.`);
  }
  return settled;
}

function settleNames(kind: TagKind, names: readonly string[], repairs: string[], unmapped: string[]) {
  const tags: { kind: TagKind; name: string }[] = [];
  for (const said of names) {
    const name = admissibleTagName(said);
    if (name === '') continue;
    if ([...name].length > TAG_CHARACTERS) {
      unmapped.push(`The tag "${said}" is longer than ${TAG_CHARACTERS} characters.`);
      continue;
    }
    if (name !== said.replace(/\s+/gu, ' ').trim()) repairs.push(`The tag "${said}" is written "${name}" here.`);
    tags.push({ kind, name });
  }
  return tags;
}

const GUESS_CHARACTERS = 2_000;
const GUESS_LEAST = 120;

function settleLanguage(
  work: ImportedWork,
  options: ImportOptions,
  spokenOf: ReadonlySet<SaidField>,
  known: Known,
  repairs: string[],
  unmapped: string[],
): { language: string | null; languageGuessed: boolean } {
  const said = spokenOf.has('language') ? (options.language ?? work.language) : (work.language ?? options.language);
  if (said) {
    const language = findLanguage(known.languages, said);
    if (!language) unmapped.push(`The language "${said}" is none of this archive's.`);
    return { language: language?.code ?? null, languageGuessed: false };
  }
  const text = (work.chapters[0]?.text.source ?? '').replace(/<[^>]{0,2000}>/g, ' ').slice(0, GUESS_CHARACTERS);
  if (text.trim().length < GUESS_LEAST) return { language: null, languageGuessed: false };
  const guessed = known.guessLanguage(text);
  const language = guessed ? findLanguage(known.languages, guessed) : undefined;
  if (language) repairs.push(`The file names no language; it reads as ${language.english}.`);
  return { language: language?.code ?? null, languageGuessed: language !== undefined };
}

/** A language by its code ("en-GB" is found as "en"), its own name or its English name. */
function findLanguage(languages: readonly Language[], said: string): Language | undefined {
  const key = nameKey(said).replaceAll('_', '-');
  const base = key.split('-')[0];
  return (
    languages.find((one) => one.code.toLowerCase() === key) ??
    languages.find((one) => nameKey(one.name) === key || nameKey(one.english) === key) ??
    (/^[a-z]{2,3}(-[a-z0-9]{2,8})+$/.test(key) ? languages.find((one) => one.code.toLowerCase() === base) : undefined)
  );
}

/** Summary, notes and end notes are kept in one notation: their own if they share it, HTML if they do not. */
function inOneNotation(work: ImportedWork): Pick<SettledWork, 'format' | 'summary' | 'notes' | 'endNotes'> {
  const said = [work.summary, work.notes, work.endNotes].filter((text) => text !== undefined);
  const [first] = said;
  const isMixed = said.some((text) => text.format !== first?.format);
  const format = isMixed ? 'html' : (first?.format ?? work.chapters[0]?.text.format ?? 'text');
  const source = (text: ImportedText | undefined) => (text && isMixed ? asHtml(text) : (text?.source ?? ''));
  return { format, summary: source(work.summary), notes: source(work.notes), endNotes: source(work.endNotes) };
}

function settleProgress(work: ImportedWork, chapters: number): { status: string; plannedChapters: number | null } {
  const status = work.status === undefined || work.status === 'complete' ? 'in-progress' : work.status;
  if (work.status === 'complete') return { status, plannedChapters: chapters };
  if (typeof work.plannedChapters === 'number')
    return { status, plannedChapters: Math.max(work.plannedChapters, chapters) };
  // A single text that says nothing of more to come is whole.
  const whole = chapters <= 1 && work.plannedChapters === undefined && work.status === undefined;
  return { status, plannedChapters: whole ? 1 : null };
}

/** The day begins this much earlier than in UTC where it begins first, at UTC+14. */
const EARLIEST_DAY_MS = 14 * 3_600_000;

/** A day as a source writes it, as UTC midnight; null for what is no day, or has begun nowhere on Earth yet. */
export function settleDay(said: string | undefined, now: number): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(said?.trim() ?? '');
  if (!parts) return null;
  const time = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  const sameDay = new Date(time).toISOString().slice(0, 10) === parts[0];
  return sameDay && time <= now + EARLIEST_DAY_MS && Number(parts[1]) >= 1950 ? time : null;
}

function settleDates(
  work: ImportedWork,
  now: number,
  unmapped: string[],
): { postedAt: number | null; updatedAt: number | null } {
  const day = (said: string | undefined) => {
    const time = settleDay(said, now);
    if (said && time === null) unmapped.push(`The date "${said}" is no day between 1950 and today.`);
    return time;
  };
  const published = day(work.published);
  const updated = day(work.updated);
  return {
    postedAt: published ?? updated,
    updatedAt: updated !== null && published !== null ? Math.max(updated, published) : (updated ?? published),
  };
}

function settleAddress(said: string | undefined, unmapped: string[]): string | null {
  if (!said) return null;
  try {
    const address = new URL(said);
    if (address.protocol === 'https:' || address.protocol === 'http:') return address.href;
  } catch {
    // Falls through to the sentence below.
  }
  unmapped.push(`The source address "${said}" is no web address.`);
  return null;
}

/** What cannot be used of what a person typed for the files, in one sentence; null when all can. */
export function optionProblem(options: ImportOptions, known: Pick<Known, 'vocabulary' | 'languages'>): string | null {
  const { ratings, warnings, categories } = known.vocabulary;
  const unknown = (said: readonly string[], terms: readonly Term[]) => said.find((name) => !findTerm(terms, name));
  const choices = (terms: readonly Term[]) => terms.map((term) => `"${term.label}" (${term.code})`).join(', ');
  for (const [option, said, terms] of [
    ['--rating', options.rating === null ? [] : [options.rating], ratings],
    ['--warning', options.warnings, warnings],
    ['--category', options.categories, categories],
  ] as const) {
    const wrong = unknown(said, terms);
    if (wrong !== undefined) return `${option} "${wrong}" is none of this archive's. It has ${choices(terms)}.`;
  }
  if (options.language !== null && !findLanguage(known.languages, options.language)) {
    return `--language "${options.language}" is no language this archive knows. Use a code like en or pt-BR, or a language's own name.`;
  }
  return null;
}
