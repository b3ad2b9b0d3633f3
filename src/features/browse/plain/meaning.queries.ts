/** From what is asked to what rows can answer: a concept to all tags meant by it, a code's term to the code. */
import type { Handle } from '../../../platform/db/tables.ts';
import { languages, tagsById, tagsMeantBy, vocabulary, type TagKind } from '../../tags/index.ts';
import {
  codeTermId,
  CONCEPT_KINDS,
  LENGTHS,
  TRAITS,
  type ConceptKind,
  type NumberField,
  type Term,
  type Where,
} from '../browse-query.ts';
import { NOTHING, type Condition, type Range } from './condition.ts';

const DAY_MS = 86_400_000;
/** No figure and no time lies beyond it. */
const FARTHEST = Number.MAX_SAFE_INTEGER;

/** What the terms of one question mean. */
interface Meanings {
  /** For each concept: its kind, and the tags that are found under it. A synonym is no concept and is not in it. */
  concepts: ReadonlyMap<number, { kind: TagKind; tags: readonly number[] }>;
  languages: ReadonlyMap<number, string>;
  statuses: ReadonlyMap<number, string>;
}

/** The same condition with its terms looked up. Terms that nothing stands for match no work. */
export async function meaningOf(handle: Handle, where: Where): Promise<Condition> {
  const terms = termsIn(where);
  return translated(where, {
    concepts: await conceptsAmong(handle, terms),
    languages: await languagesAmong(handle, terms),
    statuses: await statusesAmong(handle, terms),
  });
}

function termsIn(where: Where): Term[] {
  if ('all' in where) return where.all.flatMap(termsIn);
  if ('any' in where) return where.any.flatMap(termsIn);
  if ('not' in where) return termsIn(where.not);
  return 'term' in where ? [where.term] : [];
}

export function isConceptKind(kind: string): kind is ConceptKind {
  return (CONCEPT_KINDS as readonly string[]).includes(kind);
}

async function conceptsAmong(handle: Handle, terms: readonly Term[]): Promise<Meanings['concepts']> {
  const ids = terms.filter((term) => isConceptKind(term.kind) || term.kind === 'main').map((term) => term.id);
  const concepts = new Map<number, { kind: TagKind; tags: readonly number[] }>();
  for (const tag of (await tagsById(handle, ids)).values()) {
    if (tag.synonymOf !== null) continue;
    concepts.set(tag.id, { kind: tag.kind, tags: await tagsMeantBy(handle, tag) });
  }
  return concepts;
}

async function languagesAmong(handle: Handle, terms: readonly Term[]): Promise<Meanings['languages']> {
  if (!terms.some((term) => term.kind === 'language')) return new Map();
  return new Map((await languages(handle)).map(({ code }) => [codeTermId(code), code]));
}

async function statusesAmong(handle: Handle, terms: readonly Term[]): Promise<Meanings['statuses']> {
  const asked = terms.filter((term) => term.kind === 'status');
  if (asked.length === 0) return new Map();
  const known = new Map((await vocabulary(handle)).statuses.map(({ code }) => [codeTermId(code), code]));
  if (asked.every((term) => known.has(term.id) || term.id === COMPLETE)) return known;
  // Some status that is no longer in the vocabulary, and may still stand on works.
  const rows = await handle.selectFrom('works').select('status').distinct().execute();
  return new Map([...known, ...rows.map((row): [number, string] => [codeTermId(row.status), row.status])]);
}

function translated(where: Where, meanings: Meanings): Condition {
  if ('all' in where) return { all: where.all.map((part) => translated(part, meanings)) };
  if ('any' in where) return { any: where.any.map((part) => translated(part, meanings)) };
  if ('not' in where) return { not: translated(where.not, meanings) };
  if ('works' in where) return { works: new Set(where.works) };
  if ('number' in where) return numberCondition(where.number, where);
  return termCondition(where.term, meanings);
}

const COMPLETE = codeTermId('complete');

function termCondition({ kind, id }: Term, meanings: Meanings): Condition {
  switch (kind) {
    case 'language': {
      const code = meanings.languages.get(id);
      return code === undefined ? NOTHING : { language: code };
    }
    case 'status':
      return statusCondition(id, meanings.statuses.get(id));
    case 'trait':
      return traitCondition(id);
    case 'length':
      return lengthCondition(id);
    case 'year':
      return { figure: 'posted', ...yearRange(id) };
    case 'pseud':
    case 'imported':
      return { byline: kind, id };
    case 'series':
      return { series: id };
    case 'collection':
      // There are none yet.
      return NOTHING;
    default:
      return conceptCondition(kind, meanings.concepts.get(id));
  }
}

function conceptCondition(
  kind: ConceptKind | 'main',
  concept: { kind: TagKind; tags: readonly number[] } | undefined,
): Condition {
  if (concept === undefined || concept.kind !== (kind === 'main' ? 'relationship' : kind)) return NOTHING;
  return kind === 'main' ? { firstRelationship: concept.tags } : { tags: concept.tags };
}

/** A complete work has the status `complete`, whatever its creator said of its progress. */
function statusCondition(id: number, code: string | undefined): Condition {
  const said: Condition = code === undefined ? NOTHING : { all: [{ status: code }, { not: { complete: true } }] };
  return id === COMPLETE ? { any: [{ complete: true }, said] } : said;
}

function traitCondition(id: number): Condition {
  if (id === TRAITS.complete) return { complete: true };
  if (id === TRAITS.crossover) return { crossover: true };
  return id === TRAITS.oneshot ? { all: [{ complete: true }, { figure: 'chapters', from: 1, to: 1 }] } : NOTHING;
}

function lengthCondition(id: number): Condition {
  if (id < 1 || id > LENGTHS.length + 1) return NOTHING;
  const end = LENGTHS[id - 1];
  return { figure: 'words', from: LENGTHS[id - 2] ?? null, to: end === undefined ? null : end - 1 };
}

/** The milliseconds of a UTC year. A year that no date can have holds no work. */
function yearRange(year: number): Range {
  const begin = (of: number) => new Date(0).setUTCFullYear(of, 0, 1);
  const [from, to] = [begin(year), begin(year + 1)];
  return Number.isNaN(to) ? { from: FARTHEST, to: -FARTHEST } : { from, to: to - 1 };
}

const TAGS_OF: Partial<Record<NumberField, TagKind>> = {
  fandoms: 'fandom',
  relationships: 'relationship',
  characters: 'character',
  tags: 'freeform',
};

function numberCondition(field: NumberField, { from, to }: Range): Condition {
  const range: Range = { from: from === null ? null : Math.ceil(from), to: to === null ? null : Math.floor(to) };
  switch (field) {
    case 'posted':
    case 'updated':
      return {
        figure: field,
        from: range.from === null ? null : within(range.from * DAY_MS),
        to: range.to === null ? null : within((range.to + 1) * DAY_MS - 1),
      };
    case 'fandoms':
    case 'relationships':
    case 'characters':
    case 'tags':
      return { tagsOfKind: TAGS_OF[field] ?? 'freeform', ...held(range) };
    default:
      return { figure: field, ...held(range) };
  }
}

function held({ from, to }: Range): Range {
  return { from: from === null ? null : within(from), to: to === null ? null : within(to) };
}

/** Nearer than any number that a database takes for a figure. */
function within(value: number): number {
  return Math.max(-FARTHEST, Math.min(FARTHEST, value));
}
