/**
 * The eight questions that the bench of lists asks, as a reader asks them: filters of an address, made of tags that
 * stand on about as many works as in a large archive. They are read, understood and counted as the pages do it.
 */
import {
  codeTermId,
  CONCEPT_KINDS,
  EVERYTHING,
  type BrowseAnswer,
  type BrowseQuery,
  type ConceptKind,
  type Where,
  FACET_KINDS,
} from '../src/features/browse/browse-query.ts';
import { conditionOf, facetsOf, type Known, type Named } from '../src/features/browse/conditions.ts';
import { readFilter } from '../src/features/browse/filter/read-filter.ts';

export interface AskedQuestion {
  name: string;
  /** The query string of its address. */
  address: string;
  query: BrowseQuery;
}

/** A tag and how many works stand under it. */
export interface CountedTag {
  id: number;
  kind: ConceptKind;
  name: string;
  works: number;
}

/** Values of each kind that are looked at: down to tags on one work in five thousand. */
const LOOKED_AT = 20_000;
const PAGE = 25;
const FIELDS = {
  fandom: 'fandom',
  relationship: 'relationship',
  character: 'character',
  tag: 'freeform',
  category: 'category',
  warning: 'warning',
  rating: 'rating',
} as const satisfies Record<string, ConceptKind>;

/** What to ask an index for the tags that questions are made of. */
export const TAGS_ASKED: BrowseQuery = {
  audience: 'guest',
  where: EVERYTHING,
  hide: null,
  sort: { by: 'updated', reversed: false },
  offset: 0,
  limit: 0,
  facets: { kinds: CONCEPT_KINDS, top: LOOKED_AT, also: [], without: [] },
};

/** The tags of the answer to TAGS_ASKED, the most frequent of each kind first. */
export function countedTags({ facets }: BrowseAnswer, nameOf: (id: number) => string): CountedTag[] {
  return CONCEPT_KINDS.flatMap((kind) =>
    (facets?.[kind] ?? []).map(({ id, works }) => ({ id, kind, works, name: nameOf(id) })),
  );
}

/** The questions for an archive of so many works with these tags. */
export function questionsFor(works: number, tags: readonly CountedTag[]): AskedQuestion[] {
  const byName = new Map(tags.map((tag) => [`${tag.kind} ${tag.name}`, tag]));
  const named: Named = (field, name) => {
    if (field === 'language') return { term: { kind: 'language', id: codeTermId(name) } };
    const kind = (FIELDS as Record<string, ConceptKind | undefined>)[field];
    const tag = kind && byName.get(`${kind} ${name}`);
    return tag === undefined ? null : { term: { kind: tag.kind, id: tag.id } };
  };
  const known: Known = { named, found: () => new Uint32Array(), today: 0, made: new Map() };
  return Object.entries(addresses(works, tags)).map(([name, params]) => {
    const reading = readFilter(params);
    if (!('filter' in reading)) throw new Error(`The filter of ${name} cannot be read: ${JSON.stringify(reading)}`);
    const { filter } = reading;
    if (filter.sort.by === 'relevance' || filter.sort.by === 'random') throw new Error('No question is sorted so.');
    const query: BrowseQuery = {
      audience: 'guest',
      where: conditionOf(filter, known),
      hide: null,
      sort: { by: filter.sort.by, reversed: filter.sort.reversed },
      offset: 0,
      limit: PAGE,
      facets: facetsOf(filter, known, []),
    };
    return { name, address: params.toString(), query };
  });
}

function addresses(works: number, tags: readonly CountedTag[]): Record<string, URLSearchParams> {
  const of = (kind: ConceptKind) => tags.filter((tag) => tag.kind === kind);
  const nearest = (some: readonly CountedTag[], share: number): string => {
    const [found] = some.toSorted((a, b) => Math.abs(a.works / works - share) - Math.abs(b.works / works - share));
    if (found === undefined) throw new Error('The archive has no tags to ask for.');
    return found.name;
  };
  const [fandoms, free] = [of('fandom'), of('freeform')];
  const fandom = (rank: number) => fandoms[rank]?.name ?? '';
  const tag = (rank: number) => free[rank]?.name ?? '';
  const params = (...entries: [string, string][]) => new URLSearchParams(entries);
  return {
    huge: params(['fandom', fandom(0)]),
    small: params(['tag', nearest(free, 0.0002)]),
    two3x: params(
      ['fandom', fandom(0)],
      ['tag', tag(2)],
      ['not-tag', tag(1)],
      ['not-tag', tag(4)],
      ['not-warning', 'Graphic Depictions Of Violence'],
    ),
    free: params(['tag', nearest(free, 0.25)]),
    none: params(),
    half_not: params(['not-category', nearest(of('category'), 0.13)]),
    complex: params(
      ['fandom', [1, 2, 3, 4].map(fandom).join(',')],
      ['not-tag', tag(0)],
      ['not-rating', 'Explicit'],
      ['updated', '2014-01..2023-12'],
      ['complete', 'yes'],
      ['sort', 'kudos'],
    ),
    words_only: params(['words', '5000..50000'], ['kudos', '50..1000'], ['sort', 'kudos']),
  };
}

/** Every set of works that an answer counts: the matches, and those of each kind that is counted without its choice. */
export function countedSets({ where, facets }: BrowseQuery): Where[] {
  return [where, ...(facets?.without ?? []).map((one) => one.where)];
}

/** Kinds that an answer counts, in the order of the panel. */
export const COUNTED_KINDS = FACET_KINDS;

/** @returns the first difference between two answers to one question, or null. */
export function differenceOf(one: BrowseAnswer, other: Omit<BrowseAnswer, 'version' | 'hidden'>): string | null {
  if (one.total !== other.total) return `total ${one.total} and ${other.total}`;
  if (one.ids.join() !== other.ids.join()) return `page ${one.ids.join(' ')} and ${other.ids.join(' ')}`;
  for (const kind of COUNTED_KINDS) {
    const said = [one, other].map(({ facets }) => (facets?.[kind] ?? []).map(({ id, works }) => `${id}: ${works}`));
    const [ones, others] = [said[0] ?? [], said[1] ?? []];
    const at = Array.from({ length: Math.max(ones.length, others.length) }).findIndex((_, i) => ones[i] !== others[i]);
    if (at >= 0) return `${kind} ${ones[at] ?? 'nothing'} and ${others[at] ?? 'nothing'}`;
  }
  return null;
}
