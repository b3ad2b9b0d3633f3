/** The one search box: which of the words are names of tags here, and what else they could mean. */
import { tagKey, tagNameProblem, tagsById, tagsNamed, type Tag, type TagKind } from '../tags/index.ts';
import { audienceOf, tagsInUse, tagsOffered } from '../works/index.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { EVERYTHING, type BrowseIndex, type Term } from './browse-query.ts';
import { leavesIn } from './conditions.ts';
import type { BoxPhrase } from './filter/box-phrases.ts';
import { tidy, typewritten } from './filter/choices.ts';
import { conjuncts } from './filter/expressions.ts';
import { pairIn } from './filter/pair-names.ts';
import { readSearchBox } from './filter/search-box.ts';
import { settleNames, type FoundName } from './filter/settle-names.ts';
import {
  NO_FILTER,
  type Expression,
  type FilterMistake,
  type NameField,
  type WorkFilter,
} from './filter/work-filter.ts';
import { withFewWords } from './list-request.ts';
import { KIND_OF_FIELD } from './names-met.queries.ts';

/** A phrase with everything that it names here: the first is how it was understood. A pair can be two characters. */
export interface NamedPhrase {
  phrase: BoxPhrase;
  names: readonly { field: NameField; names: readonly string[] }[];
  /** The conditions on words that stand for it when it is no name. */
  words: readonly Expression[];
}

export interface Understood {
  filter: WorkFilter;
  named: readonly NamedPhrase[];
}

/** Where the archive's tags and works are looked for. */
export interface BoxSources {
  handle: Handle;
  index: BrowseIndex;
}

/** What a phrase names, with the concept of a single tag. */
interface Reading {
  field: NameField;
  names: readonly string[];
  concept: number | null;
}

/** Kinds in which a name is looked for. Where several have it, that with most works wins, of equal ones the first. */
const FIELDS = ['fandom', 'character', 'relationship', 'tag', 'warning', 'category'] as const satisfies NameField[];

/** @returns what is meant by a search; a name counts when its tag is canonical or stands on works of the viewer's lists. */
export async function understand(
  sources: BoxSources,
  viewer: Viewer,
  text: string,
): Promise<Understood | { mistakes: readonly FilterMistake[] }> {
  const reading = readSearchBox(text);
  const name = await wholeName(sources, viewer, text, 'mistakes' in reading ? null : reading.filter);
  if (name !== null) return name;
  if ('mistakes' in reading) return reading;
  const known = await knownNames(sources.handle, viewer, reading.words);
  const parts = conjuncts(reading.filter.q);
  const read = longestFirst(
    reading.words.flatMap((phrase) => {
      const names = readingsOf(known, phrase);
      const words = phrase.covers.flatMap((place) => parts[place] ?? []);
      return names.length > 0 ? [{ phrase, names, words }] : [];
    }),
  );
  const named = await mostWorksFirst(sources.index, viewer, read);
  const found = named.flatMap(({ phrase, names: [first] }): FoundName[] => (first ? [{ phrase, ...first }] : []));
  const settled = withFewWords({ filter: settleNames(reading.filter, found) });
  if ('mistakes' in settled) return settled;
  return { filter: byRelevance(settled.filter), named };
}

/**
 * The whole text as the name of one tag, whatever its signs mean elsewhere: `Ash (Book 1) - A. Dane`, `Wren/Finch`.
 * @param read the same text read sign by sign, null where it cannot be.
 */
async function wholeName(
  { handle, index }: BoxSources,
  viewer: Viewer,
  text: string,
  read: WorkFilter | null,
): Promise<Understood | null> {
  const name = tidy(text);
  if (!HAS_SIGNS.test(name) || name.startsWith('-') || tagNameProblem(name) !== null) return null;
  const phrase: BoxPhrase = { text: name, negated: false, quoted: true, covers: [] };
  const readings = readingsOf(await knownNames(handle, viewer, [phrase]), phrase);
  if (readings.length === 0) return null;
  const words = read !== null && isWordsAlone(read) ? conjuncts(read.q) : [phraseOf(name)];
  const named = await mostWorksFirst(index, viewer, [{ phrase, names: readings, words }]);
  const first = named[0]?.names[0];
  if (first === undefined) return null;
  const filter = settleNames(NO_FILTER, [{ phrase, ...first }]);
  return { filter, named };
}

/** Anything but letters, digits and marks on letters. */
const HAS_SIGNS = /[^\p{L}\p{N}\p{M}]/u;

function isWordsAlone(filter: WorkFilter): boolean {
  return filter.include.length === 0 && filter.exclude.length === 0 && filter.q !== null;
}

function phraseOf(words: string): Expression {
  return { field: 'text', place: null, words: words.replaceAll('"', ' '), phrase: true, prefix: false, near: null };
}

type Known = Awaited<ReturnType<typeof knownNames>>;

function readingsOf(known: Known, phrase: BoxPhrase): Reading[] {
  const readings = FIELDS.flatMap((field): Reading[] => {
    const tag = known(field, phrase);
    return tag ? [{ field, names: [tag.name], concept: tag.id }] : [];
  });
  return readings.length > 0 ? readings : pairOf(known, phrase);
}

type ReadPhrase = Omit<NamedPhrase, 'names'> & { names: readonly Reading[] };

/** A box can hold hundreds of names: for so many the works are counted, and those that follow stay as they are. */
const MOST_COUNTED = 50;

/**
 * What each phrase names, that with most works of the viewer's lists first. One question to the index for all of them, none
 * where no name stands in several kinds; as they are while nothing can be counted.
 */
async function mostWorksFirst(
  index: BrowseIndex,
  viewer: Viewer,
  phrases: readonly ReadPhrase[],
): Promise<NamedPhrase[]> {
  const several = phrases.filter(({ names }) => names.length > 1).slice(0, MOST_COUNTED);
  const terms = several.flatMap(({ names }) => names.flatMap(termOf));
  const works = terms.length === 0 ? null : await worksUnder(index, viewer, terms);
  const worksOf = (reading: Reading) => works?.get(reading.concept ?? 0) ?? 0;
  return phrases.map(({ names, ...phrase }) => ({
    ...phrase,
    names: names
      .toSorted((one, other) => worksOf(other) - worksOf(one))
      .map(({ field, names: written }) => ({ field, names: written })),
  }));
}

function termOf({ field, concept }: Reading): (Term & { kind: (typeof KIND_OF_FIELD)[NameField] })[] {
  return concept === null ? [] : [{ kind: KIND_OF_FIELD[field], id: concept }];
}

/** Works of the viewer's lists by concept; null where nothing can be counted. */
async function worksUnder(
  index: BrowseIndex,
  viewer: Viewer,
  terms: ReturnType<typeof termOf>,
): Promise<Map<number, number> | null> {
  const kinds = [...new Set(terms.map(({ kind }) => kind))];
  const { facets } = await index.search({
    audience: audienceOf(viewer),
    where: EVERYTHING,
    hide: null,
    sort: { by: 'updated', reversed: false },
    offset: 0,
    limit: 0,
    facets: { kinds, top: 0, also: terms, without: [] },
  });
  if (facets === null) return null;
  return new Map(kinds.flatMap((kind) => (facets[kind] ?? []).map(({ id, works }) => [id, works] as const)));
}

/**
 * What a pair means whose name is none here: the relationship that has its names in another order; else works with all of
 * these characters, where each is one. Without a pair is not without its characters, so a minus asks for the relationship alone.
 */
function pairOf(known: Known, phrase: BoxPhrase): Reading[] {
  const pair = pairIn(phrase.text);
  if (pair === null) return [];
  const named = (field: (typeof FIELDS)[number], text: string) => known(field, { ...phrase, text })?.name;
  const relationship = pair.relationships.map((text) => named('relationship', text)).find((name) => name !== undefined);
  if (relationship !== undefined) return [{ field: 'relationship', names: [relationship], concept: null }];
  const characters = pair.names.flatMap((name) => named('character', name) ?? []);
  const all = new Set(characters).size === pair.names.length && !phrase.negated;
  return all ? [{ field: 'character', names: characters, concept: null }] : [];
}

/** Words that are looked for are best answered best match first, unless an order was asked for. */
function byRelevance(filter: WorkFilter): WorkFilter {
  const usual = filter.sort.by === NO_FILTER.sort.by && !filter.sort.reversed;
  const looks = leavesIn(filter.q, true).some((leaf) => leaf.field === 'text');
  return usual && looks ? { ...filter, sort: { by: 'relevance', reversed: false, seed: null } } : filter;
}

/** Those that do not overlap with a longer one, as `settleNames` chooses them. */
function longestFirst<Phrase extends { phrase: BoxPhrase }>(named: readonly Phrase[]): Phrase[] {
  const taken = new Set<number>();
  return named
    .toSorted((one, other) => other.phrase.covers.length - one.phrase.covers.length)
    .filter(({ phrase }) => {
      if (phrase.covers.some((place) => taken.has(place))) return false;
      for (const place of phrase.covers) taken.add(place);
      return true;
    });
}

/** What a name can be written as: as it stands, and with the quotation marks of a typewriter where a phone made others. */
function spellings(name: string): string[] {
  return [...new Set([name, typewritten(name)])];
}

/** Everything that is looked up for a phrase. */
function lookups({ text }: BoxPhrase): { kind: TagKind; name: string }[] {
  const pair = pairIn(text);
  const inKind = (kind: TagKind, name: string) => spellings(name).map((one) => ({ kind, name: one }));
  return [
    ...FIELDS.flatMap((field) => inKind(KIND_OF_FIELD[field], text)),
    ...(pair?.relationships ?? []).flatMap((name) => inKind('relationship', name)),
    ...(pair?.names ?? []).flatMap((name) => inKind('character', name)),
  ];
}

/** Finds the tag that a phrase names. One plain word is a name only where the tag is offered to everybody: most words are just words. */
async function knownNames(handle: Handle, viewer: Viewer, phrases: readonly BoxPhrase[]) {
  const tags = await tagsNamed(handle, phrases.flatMap(lookups));
  const typed = [...tags.values()].filter((tag) => !tag.canonical);
  const [used, offered, canonicals] = await Promise.all([
    tagsInUse(
      handle,
      viewer,
      typed.map((tag) => tag.id),
    ),
    tagsOffered(
      handle,
      viewer,
      typed.map((tag) => tag.id),
    ),
    tagsById(
      handle,
      typed.flatMap((tag) => tag.synonymOf ?? []),
    ),
  ]);
  return (field: (typeof FIELDS)[number], phrase: BoxPhrase): Tag | null => {
    const tag = spellings(phrase.text)
      .map((name) => tags.get(tagKey({ kind: KIND_OF_FIELD[field], name })))
      .find((one) => one !== undefined);
    if (!tag || tag.canonical) return tag ?? null;
    const plain = phrase.covers.length === 1 && !phrase.quoted && !phrase.negated;
    if (!used.has(tag.id) || (plain && tag.synonymOf === null && !offered.has(tag.id))) return null;
    return (tag.synonymOf === null ? undefined : canonicals.get(tag.synonymOf)) ?? tag;
  };
}
