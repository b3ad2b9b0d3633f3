/** The one search box: which of the words are names of tags here, and what else they could mean. */
import { tagKey, tagNameProblem, tagsById, tagsNamed, type Tag } from '../tags/index.ts';
import { tagsInUse, tagsOffered } from '../works/index.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { leavesIn } from './conditions.ts';
import type { BoxPhrase } from './filter/box-phrases.ts';
import { tidy } from './filter/choices.ts';
import { conjuncts } from './filter/expressions.ts';
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

/** A phrase with everything that it names here: the first is how it was understood. */
export interface NamedPhrase {
  phrase: BoxPhrase;
  names: readonly { field: NameField; name: string }[];
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

function namesOf(known: Awaited<ReturnType<typeof knownNames>>, phrase: BoxPhrase): NamedPhrase['names'] {
  return FIELDS.flatMap((field) => {
    const tag = known(field, phrase);
    return tag ? [{ field, name: tag.name }] : [];
  });
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

/** Finds the tag that a phrase names. One plain word is a name only where the tag is offered to everybody: most words are just words. */
async function knownNames(handle: Handle, viewer: Viewer, phrases: readonly BoxPhrase[]) {
  const wanted = phrases.flatMap(({ text: name }) => FIELDS.map((field) => ({ kind: KIND_OF_FIELD[field], name })));
  const tags = await tagsNamed(handle, wanted);
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
    const tag = tags.get(tagKey({ kind: KIND_OF_FIELD[field], name: phrase.text }));
    if (!tag || tag.canonical) return tag ?? null;
    const plain = phrase.covers.length === 1 && !phrase.quoted && !phrase.negated;
    if (!used.has(tag.id) || (plain && tag.synonymOf === null && !offered.has(tag.id))) return null;
    return (tag.synonymOf === null ? undefined : canonicals.get(tag.synonymOf)) ?? tag;
  };
}
