/**
 * What a filter means here, for whoever looks: the question that the index is asked. What the viewer may not know of and
 * what was never here are told in one and the same sentence, and find the same: nothing.
 */
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { WORKS_PER_PAGE } from '../site/index.ts';
import { audienceOf } from '../works/index.ts';
import type { BrowseQuery, Sort, Where } from './browse-query.ts';
import { conditionOf, facetsOf, leavesIn, namesIn, textGroups, type Known } from './conditions.ts';
import type { Leaf, TextLeaf, WorkFilter } from './filter/work-filter.ts';
import { namesMet, type NamesMet } from './names-met.queries.ts';
import type { Words } from './queries.ts';
import { isShortBeginning, SHORTEST_BEGINNING } from './text/leaf-query.ts';
import type { TextSearch } from './text/text-search.ts';

export interface MeaningExtras {
  words: Words;
  /** UTC milliseconds. */
  now: number;
  /** What the list is a list of, before anything is chosen; empty for all works. */
  within: readonly Where[];
  /** What is left out for this person: their mutes. */
  hide: Where | null;
  /** Whether values are counted beside the list. */
  facets: boolean;
}

export interface Meaning {
  query: BrowseQuery;
  /** What the names in the filter stand for. */
  names: NamesMet;
  /** What must be said about it, in plain sentences. */
  notices: readonly string[];
  /** Names that nothing is known by, with their parameters. */
  unknown: readonly { parameter: string; name: string }[];
  /** Words that are looked for, without those that must not stand there. */
  text: readonly TextLeaf[];
  /** The place in the event log that what was found for words is true of. */
  textVersion: number | undefined;
}

const DAY_MS = 86_400_000;

export async function meaningOf(
  handle: Handle,
  viewer: Viewer,
  filter: WorkFilter,
  text: TextSearch,
  extras: MeaningExtras,
): Promise<Meaning> {
  const leaves = [...filter.include, ...filter.exclude, ...leavesIn(filter.q)];
  const [names, found] = await Promise.all([
    namesMet(handle, viewer, leaves, extras.words),
    worksWithWords(text, textGroups(filter.q), filter.inText),
  ]);
  const known: Known = {
    named: names,
    found: ([first]) => (first && found.works.get(first)) ?? new Uint32Array(),
    today: Math.floor(extras.now / DAY_MS),
    made: new Map(),
  };
  const positive = leavesIn(filter.q, true).filter((leaf) => leaf.field === 'text');
  const { sort, notice } = await sortOf(filter, textGroups(filter.q, true), text);
  const perPage = filter.per ?? WORKS_PER_PAGE;
  const unknown = unknownNames(leaves, names);
  return {
    query: {
      audience: audienceOf(viewer),
      where: { all: [...extras.within, conditionOf(filter, known)] },
      hide: extras.hide,
      sort,
      offset: (filter.page - 1) * perPage,
      limit: perPage,
      facets: extras.facets ? facetsOf(filter, known, extras.within) : null,
    },
    names,
    notices: [
      ...unknown.map(({ sentence }) => sentence),
      ...shortBeginnings(leaves),
      ...[notice, found.notice].filter((one) => one !== null),
    ],
    unknown: unknown.map(({ parameter, name }) => ({ parameter, name })),
    text: positive,
    textVersion: found.version,
  };
}

interface Found {
  /** By the first leaf of each group. */
  works: ReadonlyMap<TextLeaf, Uint32Array>;
  version: number | undefined;
  notice: string | null;
}

/** The works in which all words of each group stand, all asked for at once. */
async function worksWithWords(text: TextSearch, groups: readonly TextLeaf[][], inText: boolean): Promise<Found> {
  if (groups.length === 0) return { works: new Map(), version: undefined, notice: null };
  const { works, version, state } = await text.match(groups, inText);
  return {
    works: new Map(groups.flatMap(([first], index) => (first ? [[first, works[index] ?? new Uint32Array()]] : []))),
    // Where nothing has been read yet, nothing was found.
    version: version === 0 ? undefined : version,
    notice:
      state.state === 'ready'
        ? null
        : 'The words of some works are still being read: some may be missing here, and some stand here with words that were left out.',
  };
}

async function sortOf(
  { sort, inText }: WorkFilter,
  groups: readonly TextLeaf[][],
  text: TextSearch,
): Promise<{ sort: Sort; notice: string | null }> {
  const { by, reversed } = sort;
  if (by === 'random') return { sort: { by, seed: sort.seed ?? 0, reversed }, notice: null };
  if (by !== 'relevance') return { sort: { by, reversed }, notice: null };
  if (groups.length === 0) {
    return {
      sort: { by: 'updated', reversed },
      notice: 'An order by relevance needs words to look for. The newest stand first.',
    };
  }
  return { sort: { by, ranked: await text.rank(groups, inText), reversed }, notice: null };
}

/** How a name that nothing is known by is spoken of. Said of a hidden thing as of one that never was. */
const SENTENCES: Partial<Record<Leaf['field'], (name: string) => string>> = {
  fandom: (name) => `No work here has the fandom “${name}”.`,
  relationship: (name) => `No work here has the relationship “${name}”.`,
  character: (name) => `No work here has the character “${name}”.`,
  tag: (name) => `No work here has the additional tag “${name}”.`,
  category: (name) => `No work here has the category “${name}”.`,
  warning: (name) => `No work here has the archive warning “${name}”.`,
  main: (name) => `No work here has the main relationship “${name}”.`,
  rating: (name) => `No work here has the rating “${name}”.`,
  language: (name) => `No work here is in the language “${name}”.`,
  status: (name) => `No work here has the status “${name}”.`,
  creator: (id) =>
    `No work here is by the creator “${id}”: creators go by their ids. To look for a name, search for byline:name.`,
  series: (id) => `No work here is in the series “${id}”.`,
  collection: (id) => `No work here is in the collection “${id}”.`,
};

/** A filter can hold hundreds of names: so many sentences are told, and no more. */
const MOST_TOLD = 20;

/** What is looked for as a word although its beginning was meant. */
function shortBeginnings(leaves: readonly Leaf[]): string[] {
  const short = leaves.filter((leaf) => leaf.field === 'text').filter(isShortBeginning);
  return [...new Set(short.map(({ words }) => words))].map(
    (words) => `“${words}” is looked for as a whole word: a beginning takes ${SHORTEST_BEGINNING} letters or more.`,
  );
}

function unknownNames(leaves: readonly Leaf[], names: NamesMet) {
  const unknown = new Map<string, { parameter: string; name: string; sentence: string }>();
  for (const leaf of leaves) {
    const say = SENTENCES[leaf.field];
    if (!say) continue;
    for (const name of namesIn(leaf)) {
      if (names(leaf.field, name) !== null) continue;
      unknown.set(`${leaf.field} ${name}`, { parameter: leaf.field, name, sentence: say(name) });
    }
  }
  return [...unknown.values()].slice(0, MOST_TOLD);
}
