import { expect, test } from 'vitest';
import type { IndexBatch, IndexDocument } from '../engine/index-document.ts';
import { HeldCounters, isEmptyBatch, NO_CHANGES } from './held-counters.ts';

const counted = (id: number, kudos: number) => ({ id, kudos, comments: 0, bookmarks: 0, hits: 0 });
const batch = (version: number, changes: Partial<IndexBatch>): IndexBatch => ({ ...NO_CHANGES, version, ...changes });
const documentOf = (id: number): IndexDocument => ({
  id,
  audiences: 3,
  terms: [],
  postedAt: 0,
  updatedAt: 0,
  words: 1,
  chapters: 1,
  kudos: 9,
  comments: 0,
  bookmarks: 0,
  hits: 0,
  counts: { fandoms: 0, relationships: 0, characters: 0, tags: 0 },
  titleKey: '',
  creatorKey: '',
});

test('counters are held back and given out together, the newest of each work', () => {
  const held = new HeldCounters();
  expect(isEmptyBatch(held.holdBack(batch(5, { counters: [counted(1, 1), counted(2, 1)] })))).toBe(true);
  expect(held.holdBack(batch(6, { counters: [counted(1, 2)], removedTags: [3] }))).toEqual(
    batch(6, { removedTags: [3] }),
  );
  expect(held.size).toBe(2);
  expect(held.release(6)).toEqual(batch(6, { counters: [counted(1, 2), counted(2, 1)] }));
  expect(held.size).toBe(0);
});

test('what is said of a whole work later is newer than what was held of it', () => {
  const held = new HeldCounters();
  held.holdBack(batch(1, { counters: [counted(1, 1), counted(2, 1), counted(3, 1)] }));
  held.holdBack(batch(2, { removals: [1], documents: [documentOf(2)] }));
  expect(held.release(2).counters).toEqual([counted(3, 1)]);
});

test('counters that come with a whole work come after it', () => {
  const held = new HeldCounters();
  held.holdBack(batch(1, { documents: [documentOf(4)], counters: [counted(4, 12)] }));
  expect(held.release(1).counters).toEqual([counted(4, 12)]);
});
