/** Passes divided between two threads: whatever becomes of the helper, the counts are those of one thread. */
import fc from 'fast-check';
import type { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { EVERYTHING, FACET_KINDS, type BrowseQuery, type Term } from '../browse-query.ts';
import { countBits, setBit } from '../engine/bits.ts';
import { countSet, setToCount } from '../engine/counting.ts';
import { Engine } from '../engine/engine.ts';
import type { IndexDocument } from '../engine/index-document.ts';
import { openSegment } from '../engine/segment.ts';
import { SegmentBuilder } from '../engine/segment-builder.ts';
import {
  closePass,
  helpPass,
  leadPass,
  makeSharedPass,
  openPass,
  type PassOrder,
  type SharedPass,
} from '../engine/shared-pass.ts';
import { DividedPass } from './divided-pass.ts';

const WORKS = 5_000;

function invented(id: number): IndexDocument {
  const own = Array.from({ length: 15 }, (_, place): Term => ({ kind: 'freeform', id: id * 20 + place }));
  const common = Array.from({ length: 10 }, (_, place): Term => ({
    kind: 'character',
    id: place * 30 + (id % (place + 2)),
  }));
  return {
    id,
    audiences: 3,
    terms: [...own, ...common, { kind: 'fandom', id: 1 + (id % 40) }, { kind: 'pseud', id: 1 + (id % 977) }],
    postedAt: id,
    updatedAt: id,
    words: id,
    chapters: 1,
    kudos: 0,
    comments: 0,
    bookmarks: 0,
    hits: 0,
    counts: { fandoms: 1, relationships: 0, characters: 10, tags: 11 },
    titleKey: `work ${id}`,
    creatorKey: 'somebody',
  };
}

const builder = new SegmentBuilder();
for (let id = 1; id <= WORKS; id += 1) builder.add(invented(id));
const built = builder.build(1);
const segment = openSegment(built.buffer);
const EVERYONE = segment.guest.slice();

/** Sets of every density, all over the segment or in one stretch of it. */
const sets = fc
  .record({
    from: fc.integer({ min: 0, max: WORKS - 1 }),
    to: fc.integer({ min: 0, max: WORKS }),
    step: fc.constantFrom(1, 2, 3, 40, 700),
  })
  .map(({ from, to, step }) => {
    const bits = new Uint32Array(segment.width);
    for (let document = Math.min(from, to); document < Math.max(from, to); document += step) setBit(bits, document);
    return bits;
  });

function countedAlone(bits: Uint32Array): Uint32Array {
  const counts = new Uint32Array(segment.facetTerms);
  countSet(segment, bits, countBits(bits), counts);
  return counts;
}

/** One pass in one thread: what `help` is told of, it does before the other pieces are counted. */
function countedWith(bits: Uint32Array, help: (shared: SharedPass, order: PassOrder) => void) {
  const shared = makeSharedPass(segment);
  shared.bits.set(bits);
  const set = setToCount(segment, shared.bits, countBits(bits), shared.filled);
  const counts = new Uint32Array(segment.facetTerms);
  openPass(shared, 7);
  help(shared, { pass: 7, filled: set.filled.length, apart: set.apart });
  leadPass(segment, shared, set, counts);
  return { end: closePass(segment, shared, set, counts, 20), counts, helped: shared.helped };
}

/** Many numbers are compared faster so than one by one. */
function areSame(one: Uint32Array, other: Uint32Array): boolean {
  return Buffer.from(one.buffer).equals(Buffer.from(other.buffer));
}

function divided(options: { patienceMs?: number; onThread?: (thread: Worker) => void } = {}): DividedPass {
  const threads: Worker[] = [];
  const pass = new DividedPass({
    ...options,
    worthDividing: 1,
    onThread: (thread) => {
      threads.push(thread);
      options.onThread?.(thread);
    },
  });
  pass.isHelpWanted = true;
  onTestFinished(async () => void (await Promise.all(threads.map((thread) => thread.terminate()))));
  return pass;
}

function countedBy(pass: DividedPass, bits: Uint32Array): Uint32Array {
  const counts = new Uint32Array(segment.facetTerms);
  pass.countSet(segment, bits, countBits(bits), counts);
  return counts;
}

const WAYS: readonly (readonly [string, 'alone' | 'helped', Parameters<typeof countedWith>[1]])[] = [
  ['nobody', 'alone', () => undefined],
  ['one who takes every piece', 'helped', (shared, order) => helpPass(segment, shared, order)],
  ['one who comes for an earlier pass', 'alone', (shared, order) => helpPass(segment, shared, { ...order, pass: 6 })],
];

test.each(WAYS)('a pass helped by %s', (_, end, help) => {
  fc.assert(
    fc.property(sets, (bits) => {
      const done = countedWith(bits, help);
      expect(done.end).toBe(end);
      expect(areSame(done.counts, countedAlone(bits))).toBe(true);
      // The next pass begins with nothing.
      expect(done.helped.every((count) => count === 0)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('what a helper had taken when it broke is counted by the other one', () => {
  const broken = new Proxy(segment, {
    get: (target, name) => {
      if (name === 'forwardStarts') throw new Error('It broke.');
      return Reflect.get(target, name) as unknown;
    },
  });
  const done = countedWith(EVERYONE, (shared, order) => {
    expect(() => helpPass(broken, shared, order)).toThrow('It broke.');
  });
  expect(done.end).toBe('lost');
  expect(areSame(done.counts, countedAlone(EVERYONE))).toBe(true);
});

test('a real helper helps, and is let go of with its segment', { timeout: 60_000 }, async () => {
  const pass = divided();
  const alone = countedAlone(EVERYONE);
  for (let tries = 0; tries < 20_000 && pass.figures.divided < 20; tries += 1) {
    expect(areSame(countedBy(pass, EVERYONE), alone)).toBe(true);
    if (tries % 200 === 100) pass.forget();
    // The thread has to come up first.
    if (tries % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(pass.figures).toEqual({ divided: 20, losses: 0 });
});

test('a helper that ends at any moment costs no count, and is not replaced for ever', { timeout: 60_000 }, async () => {
  const threads: Worker[] = [];
  const pass = divided({ patienceMs: 30, onThread: (thread) => threads.push(thread) });
  const alone = countedAlone(EVERYONE);
  for (let helper = 0; helper < 3; helper += 1) {
    const before = pass.figures.divided;
    // A machine with much else to do brings the next one up late.
    for (let tries = 0; tries < 5_000 && pass.figures.divided === before; tries += 1) {
      expect(areSame(countedBy(pass, EVERYONE), alone)).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const ended = threads.at(-1)?.terminate();
    for (let turn = 0; turn < 20; turn += 1) expect(areSame(countedBy(pass, EVERYONE), alone)).toBe(true);
    await ended;
    await expect.poll(() => pass.figures.losses).toBe(helper + 1);
  }
  expect(areSame(countedBy(pass, EVERYONE), alone)).toBe(true);
  expect(threads).toHaveLength(3);
});

test('where no thread can be started, sets are counted alone', () => {
  let tries = 0;
  const pass = divided({
    onThread: () => {
      tries += 1;
      throw new Error('ERR_WORKER_INIT_FAILED: EAGAIN');
    },
  });
  for (let time = 0; time < 10; time += 1) {
    expect(areSame(countedBy(pass, EVERYONE), countedAlone(EVERYONE))).toBe(true);
    if (time % 2 === 1) pass.forget();
  }
  expect([tries, pass.figures]).toEqual([3, { divided: 0, losses: 3 }]);
});

test('an engine with a helper answers what one alone does', async () => {
  const pass = divided();
  const [one, two] = [new Engine(built), new Engine(built, pass.countSet)];
  const query: BrowseQuery = {
    audience: 'guest',
    where: EVERYTHING,
    hide: null,
    sort: { by: 'updated', reversed: false },
    offset: 0,
    limit: 20,
    facets: { kinds: FACET_KINDS, top: 7, also: [{ kind: 'fandom', id: 12 }], without: [] },
  };
  for (let fandom = 1; fandom <= 40; fandom += 1) {
    for (const where of [
      { term: { kind: 'character', id: fandom % 12 } as const },
      { not: { term: { kind: 'fandom', id: fandom } as const } },
    ]) {
      expect(two.search({ ...query, where })).toEqual(one.search({ ...query, where }));
    }
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  expect(pass.figures.losses).toBe(0);
});
