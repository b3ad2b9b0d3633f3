/** What only a segment of many works and terms has: terms whose numbers need two entries, hundreds of dense ones. */
import { expect, test } from 'vitest';
import { EVERYTHING, FACET_KINDS, type BrowseQuery, type Term, type Where } from '../browse-query.ts';
import { Engine } from './engine.ts';
import type { IndexDocument } from './index-document.ts';
import { mergeSegment } from './merge.ts';
import { NaiveEngine } from './naive-engine.fixture.ts';
import { SegmentBuilder } from './segment-builder.ts';

const WORKS = 4_000;

/** Every work has eighteen tags of its own, which makes more than 65,536 terms; and one of 400 fandoms by turns. */
function invented(id: number): IndexDocument {
  const own = Array.from({ length: 18 }, (_, place): Term => ({ kind: 'freeform', id: id * 20 + place }));
  const dense = Array.from({ length: 10 }, (_, place): Term => ({ kind: 'character', id: place * 30 + (id % 30) + 1 }));
  return {
    id,
    audiences: id % 11 === 0 ? 2 : 3,
    terms: [...own, ...dense, { kind: 'fandom', id: 1 + (id % 400) }, { kind: 'pseud', id: 1 + (id % 977) }],
    postedAt: id * 1_000,
    updatedAt: (id * 7_919) % 1_000_003,
    words: (id * 31) % 50_000,
    chapters: 1,
    kudos: id % 97,
    comments: 0,
    bookmarks: 0,
    hits: id,
    counts: { fandoms: 1, relationships: 0, characters: 10, tags: 11 },
    titleKey: `work ${id % 5_000}`,
    creatorKey: `creator ${id % 977}`,
  };
}

const all = Array.from({ length: WORKS }, (_, index) => invented(index + 1));
const builder = new SegmentBuilder();
for (const document of all) builder.add(document);
const segment = builder.build(3);
const plain = new NaiveEngine(all, [], 3);
const term = (kind: Term['kind'], id: number): Where => ({ term: { kind, id } });
const ask = (where: Where, more: Partial<BrowseQuery> = {}): BrowseQuery => ({
  audience: 'guest',
  where,
  hide: null,
  sort: { by: 'updated', reversed: false },
  offset: 0,
  limit: 20,
  facets: {
    kinds: FACET_KINDS,
    top: 7,
    also: [
      { kind: 'freeform', id: 70_017 },
      { kind: 'fandom', id: 12 },
    ],
    without: [],
  },
  ...more,
});

/** What a filter asks that any of many fandoms satisfy, with the counts of three kinds by conditions of their own. */
function manyFandoms(isNot: boolean): BrowseQuery {
  const any: Where = { any: Array.from({ length: 300 }, (_, index) => term('fandom', index + 1)) };
  const many: Where = isNot ? { not: any } : any;
  const range: Where = { number: 'kudos', from: 5, to: null };
  const query = ask({ all: [many, range, term('character', 8)] });
  return {
    ...query,
    facets: {
      kinds: FACET_KINDS,
      top: 7,
      also: [{ kind: 'fandom', id: 333 }],
      without: [
        { kind: 'fandom', where: { all: [range, term('character', 8)] } },
        { kind: 'character', where: { all: [many, range] } },
        { kind: 'rating', where: { all: [many] } },
      ],
    },
  };
}

const QUESTIONS: readonly (readonly [string, BrowseQuery])[] = [
  ['everything', ask(EVERYTHING)],
  ['a rare tag', ask(term('freeform', 70_015))],
  ['a fandom', ask(term('fandom', 12), { sort: { by: 'title', reversed: true } })],
  ['a dense tag, far down', ask(term('character', 7), { offset: 100, sort: { by: 'kudos', reversed: true } })],
  ['not a dense tag', ask({ not: term('character', 7) }, { sort: { by: 'creator', reversed: false }, offset: 3_000 })],
  ['a narrow range', ask({ number: 'words', from: 100, to: 900 }, { sort: { by: 'words', reversed: true } })],
  [
    'a wide range',
    ask({ number: 'words', from: 900, to: null }, { sort: { by: 'random', seed: 77, reversed: false }, offset: 2_900 }),
  ],
  [
    'half a range',
    ask(
      { number: 'kudos', from: 20, to: 60 },
      { sort: { by: 'random', seed: 2 ** 26 - 1, reversed: true }, offset: 9 },
    ),
  ],
  ['many of one kind, and the rest of the kinds with and without them', manyFandoms(false)],
  ['none of many of one kind', manyFandoms(true)],
  ['what is hidden', ask(term('character', 8), { hide: { any: [term('fandom', 8), term('pseud', 5)] } })],
];

test.each(QUESTIONS)('a large segment answers like a plain one: %s', (_, query) => {
  expect(new Engine(segment).search(query)).toEqual(plain.search(query));
});

test('many changes go through small segments and a merge', () => {
  const engine = new Engine(segment);
  const changed = Array.from({ length: 570 }, (_, index) => ({
    ...invented(index * 7 + 1),
    words: 7,
    titleKey: 'changed',
  }));
  const removals = Array.from({ length: 200 }, (_, index) => index * 13 + 2);
  const batch = { version: 4, renames: [], removals: [], counters: [], tags: [], removedTags: [] };
  const naive = new NaiveEngine(all, [], 3);
  for (let start = 0; start < changed.length; start += 60) {
    engine.apply({ ...batch, documents: changed.slice(start, start + 60) });
  }
  engine.apply({ ...batch, documents: [], removals });
  naive.apply({ ...batch, documents: changed });
  naive.apply({ ...batch, documents: [], removals });
  const query = ask({ number: 'words', from: 5, to: 2_000 }, { sort: { by: 'title', reversed: false }, offset: 300 });
  expect(engine.search(query)).toEqual(naive.search(query));
  expect(engine.figures().segments).toBeLessThan(12);
  engine.swap(mergeSegment(structuredClone(engine.mergeInput())));
  expect(engine.search(query)).toEqual(naive.search(query));
  expect(engine.figures()).toMatchObject({ changed: 0, dead: 0, segments: 1, works: naive.works.size });
});
