/** What waits for somebody's answer, counted over all features. Only for their own pages: a page of a work counts nothing. */
import type { Handle } from '../platform/db/tables.ts';
import { isHeld, viewerOf, type ChosenAbout, type Viewer } from '../features/accounts/index.ts';
import { countGiftsWaiting } from '../features/gifts/index.ts';
import { countReportsWaiting } from '../features/moderation/index.ts';
import { countRelationsWaiting } from '../features/related-works/index.ts';
import { countAskedOf } from '../features/works/index.ts';
import type { WaitingView } from '../ui/site-view.ts';

const OWN_PAGES = /^\/(?:account|drafts|imports|invitations|moderation|settings)(?:$|\/)/;

type Count = (handle: Handle, viewer: Viewer) => Promise<number>;

const KINDS: readonly { href: string; one: string; many: string; count: Count }[] = [
  { href: '/account/co-creation', one: 'question about a work', many: 'questions about works', count: countAskedOf },
  { href: '/account/gifts', one: 'gift', many: 'gifts', count: countGiftsWaiting },
  {
    href: '/account/related-works',
    one: 'work that goes back to yours',
    many: 'works that go back to yours',
    count: countRelationsWaiting,
  },
  { href: '/moderation', one: 'report', many: 'reports', count: countReportsWaiting },
];

/** What letters tell of that waits for an answer; the answer to a report waits for none. */
const TOLD: Readonly<Record<ChosenAbout, Count | null>> = {
  'co-creation': countAskedOf,
  gift: countGiftsWaiting,
  'related-work': countRelationsWaiting,
  report: null,
};

/** Whether there is still what a letter of this sort is to tell an account of. */
export async function stillWaits(handle: Handle, accountId: number, about: ChosenAbout): Promise<boolean> {
  const count = TOLD[about];
  if (count === null) return true;
  const viewer = await viewerOf(handle, accountId);
  return viewer !== null && !isHeld(viewer) && (await count(handle, viewer)) > 0;
}

/**
 * @returns what waits, where the page is one of the viewer's own; null on every other page, which asks nothing, and for who is
 * suspended or banned: they can answer nothing until that ends.
 */
export async function waitingAt(path: string, handle: Handle, viewer: Viewer): Promise<WaitingView[] | null> {
  if (viewer.accountId === null || isHeld(viewer) || !OWN_PAGES.test(path)) return null;
  const counts = await Promise.all(KINDS.map((kind) => kind.count(handle, viewer)));
  return KINDS.flatMap(({ href, one, many }, at) => {
    const count = counts[at] ?? 0;
    return count === 0 ? [] : [{ href, count, words: count === 1 ? one : many }];
  });
}
