import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BrowseQuery, Suggestion } from '../browse-query.ts';
import { Engine, isMergeDue } from './engine.ts';
import type { IndexBatch, IndexDocument, IndexTag } from './index-document.ts';
import { mergeSegment, type MergeInput } from './merge.ts';
import { batches, documents, NaiveEngine, queries, suggestQueries, tags, terms } from './naive-engine.fixture.ts';
import { openSegment, type Segment } from './segment.ts';
import { SegmentBuilder } from './segment-builder.ts';

const archives = fc.record({
  documents: fc.uniqueArray(documents, { maxLength: 60, selector: ({ id }) => id }),
  tags: fc.uniqueArray(tags, { maxLength: 30, selector: ({ id }) => id }),
});
/** Runs of each property; with 3,000 they take a minute or two, worth it after a change of the engine. */
const RUNS = 150;
interface Archive {
  documents: IndexDocument[];
  tags: IndexTag[];
}

function built({ documents: works, tags: names }: Archive, version: number): Segment {
  const builder = new SegmentBuilder();
  builder.addTags(names);
  for (const work of works) builder.add(work);
  return builder.build(version);
}

/** The segment as it comes back from a file. */
function reread({ buffer }: Segment): Segment {
  const copy = new SharedArrayBuffer(buffer.byteLength);
  new Uint8Array(copy).set(new Uint8Array(buffer));
  return { buffer: copy, version: openSegment(copy).version };
}

/** Suggestions and answers of both, the one to be compared with the other. */
function expectSame(engine: Engine, naive: NaiveEngine, asked: readonly BrowseQuery[]) {
  for (const query of asked) expect(engine.search(query), JSON.stringify(query)).toEqual(naive.search(query));
}

describe('an engine answers what a plain one does', () => {
  test('for a segment', () => {
    fc.assert(
      fc.property(archives, fc.array(queries, { minLength: 1, maxLength: 6 }), (archive, asked) => {
        const naive = new NaiveEngine(archive.documents, archive.tags, 5);
        expectSame(new Engine(reread(built(archive, 5))), naive, asked);
      }),
      { numRuns: RUNS },
    );
  });

  test('for type-ahead', () => {
    fc.assert(
      fc.property(
        archives,
        fc.array(batches, { maxLength: 2 }),
        fc.array(suggestQueries, { minLength: 3, maxLength: 6 }),
        (archive, changes, asked) => {
          const naive = new NaiveEngine(archive.documents, archive.tags, 5);
          const engine = new Engine(built(archive, 5));
          for (const batch of changes) {
            naive.apply(batch);
            engine.apply(batch);
          }
          const answers: Suggestion[][] = asked.map((query) => engine.suggest(query));
          expect(answers).toEqual(asked.map((query) => naive.suggest(query)));
        },
      ),
      { numRuns: RUNS },
    );
  });

  type Step =
    | { does: 'apply'; batch: IndexBatch; twice: boolean }
    | { does: 'ask'; queries: BrowseQuery[] }
    | { does: 'freeze' }
    | { does: 'begin' }
    | { does: 'swap' };
  const steps: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: fc.record({ does: fc.constant('apply' as const), batch: batches, twice: fc.boolean() }) },
    {
      weight: 4,
      arbitrary: fc.record({
        does: fc.constant('ask' as const),
        queries: fc.array(queries, { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ does: 'begin' as const }) },
    { weight: 2, arbitrary: fc.constant({ does: 'swap' as const }) },
  );

  test('through changes and merges at any moment', () => {
    fc.assert(
      fc.property(
        archives,
        fc.array(steps, { maxLength: 14 }),
        fc.array(queries, { minLength: 1, maxLength: 3 }),
        terms,
        (archive, path, last, term) => {
          const naive = new NaiveEngine(archive.documents, archive.tags, 5);
          const engine = new Engine(built(archive, 5));
          let input: MergeInput | null = null;
          for (const step of path) {
            if (step.does === 'apply') {
              for (let time = 0; time < (step.twice && step.batch.renames.length === 0 ? 2 : 1); time += 1)
                engine.apply(step.batch);
              naive.apply(step.batch);
            } else if (step.does === 'ask') expectSame(engine, naive, step.queries);
            else if (step.does === 'begin') input = structuredClone(engine.mergeInput());
            else if (step.does === 'swap' && input !== null) {
              engine.swap(reread(mergeSegment(input)));
              input = null;
            }
          }
          expectSame(engine, naive, last);
          expect(engine.worksUnder(term)).toBe(naive.worksUnder(term));
          expect(engine.version).toBe(naive.version);
          expect(engine.figures()).toMatchObject({ works: naive.works.size, tags: naive.tags.size });
        },
      ),
      { numRuns: RUNS },
    );
  });
});

test('an engine begins empty, and a merge is due once enough has changed', () => {
  const engine = new Engine();
  const figures = engine.figures();
  expect(figures).toMatchObject({ works: 0, tags: 0, changed: 0, dead: 0, segments: 1 });
  expect(isMergeDue(figures)).toBe(false);
  expect(isMergeDue({ ...figures, works: 1_000_000, changed: 19_999, dead: 0 })).toBe(false);
  expect(isMergeDue({ ...figures, works: 1_000_000, changed: 10_000, dead: 10_000 })).toBe(true);
});

test('a segment that would lose changes is refused', () => {
  const engine = new Engine(built({ documents: [], tags: [] }, 9));
  expect(() => engine.swap(built({ documents: [], tags: [] }, 8))).toThrow(RangeError);
  expect(() => openSegment(new SharedArrayBuffer(4_096))).toThrow(RangeError);
});

test('a concept that took in another is listed once, with the works of both', () => {
  const work = (id: number, concepts: number[]): IndexDocument => ({
    id,
    audiences: 3,
    terms: concepts.map((concept) => ({ kind: 'freeform', id: concept })),
    postedAt: 0,
    updatedAt: 0,
    words: 1,
    chapters: 1,
    kudos: 0,
    comments: 0,
    bookmarks: 0,
    hits: 0,
    counts: { fandoms: 0, relationships: 0, characters: 0, tags: concepts.length },
    titleKey: '',
    creatorKey: '',
  });
  const tag = (id: number): IndexTag => ({ id, kind: 'freeform', key: `tag ${id}`, canonical: true, synonymOf: null });
  // Many more terms than hits: then only the terms of the hits are looked at.
  const fillers = Array.from({ length: 400 }, (_, index) => work(index + 10, [index + 1_000]));
  const engine = new Engine(
    built({ documents: [work(1, [1]), work(2, [2]), work(3, [1, 2]), ...fillers], tags: [tag(1), tag(2)] }, 1),
  );
  engine.apply({
    version: 2,
    renames: [{ kind: 'freeform', from: 1, to: 2 }],
    removals: [],
    documents: [],
    counters: [],
    tags: [],
    removedTags: [],
  });
  const answer = engine.search({
    audience: 'guest',
    where: { term: { kind: 'freeform', id: 2 } },
    hide: null,
    sort: { by: 'updated', reversed: false },
    offset: 0,
    limit: 10,
    facets: { kinds: ['freeform'], top: 5, also: [{ kind: 'freeform', id: 1 }], without: [] },
  });
  expect(answer.ids).toEqual([3, 2, 1]);
  expect(answer.facets?.freeform).toEqual([
    { id: 2, works: 3 },
    { id: 1, works: 0 },
  ]);
});
