/** Documents: what a work is found under. */
import { describe, expect, test } from 'vitest';
import type { IndexRow } from '../../works/index.ts';
import { codeTermId, TRAITS, type ConceptKind, type TermKind } from '../browse-query.ts';
import type { IndexDocument } from '../engine/index-document.ts';
import { ConceptMap } from './concepts.ts';
import { documentMaker, documentOf, isCrossover } from './document.ts';

const ROW: IndexRow = {
  id: 7,
  listedGuest: true,
  listedAccount: true,
  anonymous: false,
  title: 'The Bees',
  language: 'en',
  status: 'in-progress',
  plannedChapters: null,
  postedChapters: 3,
  words: 1_200,
  kudos: 4,
  comments: 3,
  bookmarks: 2,
  hits: 1,
  postedAt: Date.UTC(2019, 11, 31, 23, 59),
  updatedAt: Date.UTC(2024, 1, 1),
  tagIds: [],
  creators: [],
};

function mapOf(tags: readonly [id: number, kind: ConceptKind, synonymOf?: number][], links: [number, number][] = []) {
  const map = new ConceptMap();
  for (const [id, kind, synonymOf] of tags) map.put({ id, kind, synonymOf: synonymOf ?? null });
  for (const [lower, uppers] of Map.groupBy(links, ([from]) => from)) {
    map.setMetatags(
      lower,
      uppers.map(([, upper]) => upper),
    );
  }
  return map;
}

const idsOf = (document: IndexDocument, kind: TermKind) =>
  document.terms.filter((term) => term.kind === kind).map((term) => term.id);
const of = (row: Partial<IndexRow>, map = mapOf([]), series: number[] = []) =>
  documentOf({ ...ROW, ...row }, series, map);

describe('concepts', () => {
  // 1 and 2 are synonyms of 3; 3 stands below 4 and 5, both below 6.
  const map = mapOf(
    [
      [1, 'relationship', 3],
      [2, 'relationship', 3],
      [3, 'relationship'],
      [4, 'relationship'],
      [5, 'relationship'],
      [6, 'relationship'],
      [7, 'relationship'],
      [8, 'character'],
    ],
    [
      [3, 4],
      [3, 5],
      [4, 6],
      [5, 6],
    ],
  );

  test('are closed, each once, while the counts are of the tags on the work', () => {
    const document = of({ tagIds: [8, 2, 1, 7] }, map);
    expect(idsOf(document, 'relationship').toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6, 7]);
    expect(idsOf(document, 'character')).toEqual([8]);
    expect(document.counts).toEqual({ fandoms: 0, relationships: 3, characters: 1, tags: 0 });
  });

  test('main is the relationship listed first with what is above it', () => {
    expect(idsOf(of({ tagIds: [8, 2, 7] }, map), 'main').toSorted((a, b) => a - b)).toEqual([3, 4, 5, 6]);
    expect(idsOf(of({ tagIds: [7, 2] }, map), 'main')).toEqual([7]);
    expect(idsOf(of({ tagIds: [8] }, map), 'main')).toEqual([]);
  });

  test('what nobody knows of is passed over', () => {
    const document = of({ tagIds: [99, 8] }, map);
    expect(document.terms.filter((term) => term.id === 99)).toEqual([]);
    expect(idsOf(document, 'character')).toEqual([8]);
  });
});

describe('traits', () => {
  test.each([
    { plannedChapters: null, postedChapters: 1, traits: [], status: 'in-progress' },
    { plannedChapters: 2, postedChapters: 1, traits: [], status: 'in-progress' },
    { plannedChapters: 2, postedChapters: 2, traits: [TRAITS.complete], status: 'complete' },
    { plannedChapters: 1, postedChapters: 1, traits: [TRAITS.complete, TRAITS.oneshot], status: 'complete' },
  ])('$postedChapters of $plannedChapters chapters', ({ traits, status, ...row }) => {
    const document = of(row);
    expect(idsOf(document, 'trait')).toEqual(traits);
    expect(idsOf(document, 'status')).toEqual([codeTermId(status)]);
  });

  const fandoms = mapOf(
    [
      [1, 'fandom'],
      [2, 'fandom'],
      [3, 'fandom'],
      [4, 'fandom', 1],
      [5, 'fandom'],
      [6, 'fandom'],
      [7, 'fandom'],
      [8, 'fandom'],
    ],
    // 1 and 2 below 5; 2 and 3 below 6; 7 below 8.
    [
      [1, 5],
      [2, 5],
      [2, 6],
      [3, 6],
      [7, 8],
    ],
  );
  test.each([
    { says: 'no fandom', tags: [], is: false },
    { says: 'one fandom', tags: [1], is: false },
    { says: 'a fandom and its synonym', tags: [1, 4], is: false },
    { says: 'two below one metatag', tags: [1, 2], is: false },
    { says: 'a fandom and its metatag', tags: [1, 5], is: false },
    { says: 'two that have nothing in common', tags: [1, 3], is: true },
    { says: 'two joined by a third', tags: [1, 3, 2], is: false },
    { says: 'two joined by a third that comes first', tags: [2, 3, 1], is: false },
    { says: 'two joined by a synonym of a third', tags: [3, 4, 2], is: false },
    { says: 'three that are joined, and one apart', tags: [1, 3, 2, 7], is: true },
    { says: 'joined through metatags alone', tags: [5, 6, 2], is: false },
  ])('crossover of $says: $is', ({ tags, is }) => {
    expect(isCrossover(fandoms, tags)).toBe(is);
    expect(idsOf(of({ tagIds: tags }, fandoms), 'trait').includes(TRAITS.crossover)).toBe(is);
  });
});

describe('the rest', () => {
  test.each([
    [0, 1],
    [499, 1],
    [500, 2],
    [1_999, 3],
    [199_999, 9],
    [200_000, 10],
    [2 ** 40, 10],
  ])('%i words stand in step %i', (words, step) => {
    expect(idsOf(of({ words }), 'length')).toEqual([step]);
  });

  test('the year is that of posting, UTC; without one that of the last change', () => {
    expect(idsOf(of({}), 'year')).toEqual([2019]);
    const undated = of({ postedAt: null });
    expect(idsOf(undated, 'year')).toEqual([2024]);
    expect(undated.postedAt).toBe(ROW.updatedAt);
  });

  test('a language that nobody said is no term', () => {
    expect(idsOf(of({}), 'language')).toEqual([codeTermId('en')]);
    expect(idsOf(of({ language: null }), 'language')).toEqual([]);
  });

  test('audiences are those in whose lists it stands', () => {
    expect(of({}).audiences).toBe(3);
    expect(of({ listedGuest: false }).audiences).toBe(2);
  });

  test('titles and names are sorted by their keys', () => {
    const creators = [
      { kind: 'imported' as const, id: 5, nameKey: 'ben' },
      { kind: 'pseud' as const, id: 5, nameKey: 'ada' },
    ];
    const document = of({ creators }, undefined, [9, 11]);
    expect(document).toMatchObject({ titleKey: 'bees', creatorKey: 'ben' });
    expect(document.terms.filter((term) => term.id === 5)).toEqual([
      { kind: 'imported', id: 5 },
      { kind: 'pseud', id: 5 },
    ]);
    expect(idsOf(document, 'series')).toEqual([9, 11]);
  });

  test('an anonymous work names no creator and no series, whatever is said of it', () => {
    const creators = [{ kind: 'pseud' as const, id: 5, nameKey: 'ada' }];
    const document = of({ anonymous: true, creators }, undefined, [9]);
    expect(document.terms.filter(({ kind }) => ['pseud', 'imported', 'series'].includes(kind))).toEqual([]);
    expect(document.creatorKey).toBe('');
    expect(JSON.stringify(document)).not.toContain('ada');
  });

  test('one maker takes in what the map is told later', () => {
    const map = mapOf([[1, 'fandom']]);
    const make = documentMaker(map);
    const row = { ...ROW, tagIds: [1] };
    expect(idsOf(make(row, []), 'fandom')).toEqual([1]);
    map.put({ id: 2, kind: 'fandom', synonymOf: null });
    map.setMetatags(1, [2]);
    expect(idsOf(make(row, []), 'fandom')).toEqual([1, 2]);
  });
});
