/** What tags mean, compared with a reading of the same graph that remembers nothing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConceptMap } from './concepts.ts';

const TAGS = 12;

interface Graph {
  synonymOf: (number | null)[];
  links: [lower: number, upper: number][];
}

function mapOf({ synonymOf, links }: Graph): ConceptMap {
  const map = new ConceptMap();
  synonymOf.forEach((of, at) => map.put({ id: at + 1, kind: 'fandom', synonymOf: of }));
  for (const [lower, uppers] of Map.groupBy(links, ([from]) => from)) {
    map.setMetatags(
      lower,
      uppers.map(([, upper]) => upper),
    );
  }
  return map;
}

/** Whether one can climb from one tag to the other. */
function reaches(links: Graph['links'], lower: number, upper: number, seen: readonly number[] = []): boolean {
  if (lower === upper) return true;
  if (seen.includes(lower)) return false;
  return links.some(([from, to]) => from === lower && reaches(links, to, upper, [...seen, lower]));
}

const id = fc.integer({ min: 1, max: TAGS });
const graph: fc.Arbitrary<Graph> = fc.record({
  synonymOf: fc.array(fc.option(id), { minLength: TAGS, maxLength: TAGS }),
  // Circles and links to itself too: they cannot be made, and must not hang an archive in which somebody did.
  links: fc.array(fc.tuple(id, id), { maxLength: 25 }),
});
const all = Array.from({ length: TAGS }, (_, at) => at + 1);
const inOrder = (ids: readonly number[]) => ids.toSorted((a, b) => a - b);

describe('closures', () => {
  test('hold each concept and metatag once, through diamonds, synonyms of the same and circles', () => {
    fc.assert(
      fc.property(graph, fc.array(id), (one, tagIds) => {
        const closure = mapOf(one).closure(tagIds);
        expect(new Set(closure).size).toBe(closure.length);
        const naive = all.filter((upper) =>
          tagIds.some((tag) => reaches(one.links, one.synonymOf[tag - 1] ?? tag, upper)),
        );
        expect(inOrder(closure)).toEqual(naive);
      }),
      { numRuns: 300 },
    );
  });

  test('and what is below is what has it above', () => {
    fc.assert(
      fc.property(graph, id, (one, upper) => {
        const naive = all.filter((lower) => reaches(one.links, lower, upper));
        expect(inOrder(mapOf(one).below(upper))).toEqual(naive);
      }),
      { numRuns: 200 },
    );
  });

  test('a map that was changed is one that was made so at once', () => {
    fc.assert(
      fc.property(graph, graph, fc.array(id), (before, after, forgotten) => {
        const changed = mapOf(before);
        for (const one of all) changed.setMetatags(one, []);
        for (const one of forgotten) changed.forget(one);
        after.synonymOf.forEach((of, at) => changed.put({ id: at + 1, kind: 'fandom', synonymOf: of }));
        for (const one of all) {
          changed.setMetatags(
            one,
            after.links.filter(([lower]) => lower === one).map(([, upper]) => upper),
          );
        }
        const fresh = mapOf(after);
        for (const one of all) {
          expect(changed.closure([one])).toEqual(fresh.closure([one]));
          expect(inOrder(changed.below(one))).toEqual(inOrder(fresh.below(one)));
          expect(changed.standsAlone(one)).toBe(fresh.standsAlone(one));
        }
      }),
      { numRuns: 200 },
    );
  });
});

test('a tag far beyond the others is found, and unknown ones stand for nothing', () => {
  const map = new ConceptMap();
  map.put({ id: 1, kind: 'fandom', synonymOf: null });
  map.put({ id: 300_000, kind: 'character', synonymOf: null });
  expect(map.kindOf(300_000)).toBe('character');
  expect(map.kindOf(1)).toBe('fandom');
  expect(map.kindOf(2)).toBeNull();
  expect(map.conceptOf(999_999_999)).toBeNull();
  expect(map.closure([1, 2, 999_999_999])).toEqual([1]);
});

test('a metatag that is not known yet is no concept until it is', () => {
  const map = new ConceptMap();
  map.put({ id: 1, kind: 'fandom', synonymOf: null });
  map.setMetatags(1, [2]);
  expect(map.closure([1])).toEqual([1]);
  map.put({ id: 2, kind: 'fandom', synonymOf: null });
  expect(map.closure([1])).toEqual([1, 2]);
});

test('a forgotten tag keeps nothing above or for it', () => {
  const map = mapOf({ synonymOf: [null, 1, null], links: [[3, 1]] });
  expect(map.standsAlone(1)).toBe(false);
  map.forget(2);
  map.forget(3);
  map.forget(4);
  expect(map.standsAlone(1)).toBe(true);
  expect(map.below(1)).toEqual([1]);
});
