/** The one search box: which of the words are names of tags here, and what else they could mean. */
import { tagKey, tagNameProblem, tagsById, tagsNamed, type Tag, type TagKind } from '../tags/index.ts';
import { tagsInUse, tagsOffered } from '../works/index.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
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

/** Kinds in which a name is looked for; the first wins where several have it. */
const FIELDS = ['fandom', 'character', 'relationship', 'tag', 'warning', 'category'] as const satisfies NameField[];

/** @returns what is meant by a search; a name counts when its tag is canonical or stands on works of the viewer's lists. */
export async function understand(
  handle: Handle,
  viewer: Viewer,
  text: string,
): Promise<Understood | { mistakes: readonly FilterMistake[] }> {
  const reading = readSearchBox(text);
  const name = await wholeName(handle, viewer, text, 'mistakes' in reading ? null : reading.filter);
  if (name !== null) return name;
  if ('mistakes' in reading) return reading;
  const known = await knownNames(handle, viewer, reading.words);
  const parts = conjuncts(reading.filter.q);
  const named = longestFirst(
    reading.words.flatMap((phrase) => {
      const names = namesOf(known, phrase);
      const words = phrase.covers.flatMap((place) => parts[place] ?? []);
      return names.length > 0 ? [{ phrase, names, words }] : [];
    }),
  );
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
  handle: Handle,
  viewer: Viewer,
  text: string,
  read: WorkFilter | null,
): Promise<Understood | null> {
  const name = tidy(text);
  if (!HAS_SIGNS.test(name) || name.startsWith('-') || tagNameProblem(name) !== null) return null;
  const phrase: BoxPhrase = { text: name, negated: false, quoted: true, covers: [] };
  const names = namesOf(await knownNames(handle, viewer, [phrase]), phrase);
  const [first] = names;
  if (first === undefined) return null;
  const filter = settleNames(NO_FILTER, [{ phrase, ...first }]);
  const words = read !== null && isWordsAlone(read) ? conjuncts(read.q) : [phraseOf(name)];
  return { filter, named: [{ phrase, names, words }] };
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

function namesOf(known: Known, phrase: BoxPhrase): NamedPhrase['names'] {
  const names = FIELDS.flatMap((field) => {
    const tag = known(field, phrase);
    return tag ? [{ field, names: [tag.name] }] : [];
  });
  return names.length > 0 ? names : pairOf(known, phrase);
}

/**
 * What a pair means whose name is none here: the relationship that has its names in another order; else works with all of
 * these characters, where each is one. Without a pair is not without its characters, so a minus asks for the relationship alone.
 */
function pairOf(known: Known, phrase: BoxPhrase): NamedPhrase['names'] {
  const pair = pairIn(phrase.text);
  if (pair === null) return [];
  const named = (field: (typeof FIELDS)[number], text: string) => known(field, { ...phrase, text })?.name;
  const relationship = pair.relationships.map((text) => named('relationship', text)).find((name) => name !== undefined);
  if (relationship !== undefined) return [{ field: 'relationship', names: [relationship] }];
  const characters = pair.names.flatMap((name) => named('character', name) ?? []);
  const all = new Set(characters).size === pair.names.length && !phrase.negated;
  return all ? [{ field: 'character', names: characters }] : [];
}

/** Words that are looked for are best answered best match first, unless an order was asked for. */
function byRelevance(filter: WorkFilter): WorkFilter {
  const usual = filter.sort.by === NO_FILTER.sort.by && !filter.sort.reversed;
  const looks = leavesIn(filter.q, true).some((leaf) => leaf.field === 'text');
  return usual && looks ? { ...filter, sort: { by: 'relevance', reversed: false, seed: null } } : filter;
}

/** Those that do not overlap with a longer one, as `settleNames` chooses them. */
function longestFirst(named: readonly NamedPhrase[]): NamedPhrase[] {
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
