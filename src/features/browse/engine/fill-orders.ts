/** Fills the orders of a new segment, one after another from the same start: newest id first, which is how ties stand. */
import { sortBy, SortRoom } from './number-sort.ts';
import type { OpenSegment } from './segment.ts';
import { sortStrings } from './unite-names.ts';

export function fillOrders(segment: OpenSegment): void {
  const { byId } = segment;
  for (let document = 0; document < byId.length; document += 1) byId[document] = document;
  const room = new SortRoom();
  sortBy(byId, segment.id, false, room);
  const newest = byId.slice().reverse();
  const falling: readonly [Uint32Array, ArrayLike<number>][] = [
    [segment.byUpdated, segment.updated],
    [segment.byPosted, segment.posted],
    [segment.byWords, segment.words],
    [segment.byKudos, segment.kudos],
    [segment.byComments, segment.comments],
    [segment.byBookmarks, segment.bookmarks],
    [segment.byHits, segment.hits],
  ];
  for (const [order, keys] of falling) {
    order.set(newest);
    sortBy(order, keys, true, room);
  }
  segment.byCreator.set(newest);
  sortBy(segment.byCreator, segment.creatorNames, false, room);
  segment.byTitle.set(newest);
  sortStrings(segment.byTitle, segment.titles, false, room);
}
