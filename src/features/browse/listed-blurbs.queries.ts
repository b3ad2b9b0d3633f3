/**
 * The blurbs of a page of works: rendered once for each version of a work and kept. Before a kept one is shown, the truth
 * is asked whether the work still stands in the viewer's lists; what has happened since is followed in the event log.
 */
import { turn } from '../../platform/threads/turns.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { eventsAfter, logHead } from '../../platform/events/log.ts';
import type { SiteView } from '../../ui/site-view.ts';
import type { Viewer } from '../accounts/index.ts';
import { seriesOfWorks, type Series } from '../series/index.ts';
import { audienceOf, listedStandings, workCards, type ListedStanding } from '../works/index.ts';
import { blurbHtml } from './blurb-html-view.tsx';
import { blurbView } from './blurb-view.ts';
import { keptBlurbs, type KeptBlurb, type KeptBlurbs } from './kept-blurbs.ts';
import { archiveWords } from './queries.ts';

export interface ListedBlurbs {
  /** In the order of the ids; works that do not stand in the viewer's lists now are left out, and nothing says so. */
  of(viewer: Viewer, site: SiteView, ids: readonly number[]): Promise<(KeptBlurb & { id: number })[]>;
}

/** So many events at once are not looked through: everything is rendered afresh. */
const FLOOD = 500;
const DAY_MS = 86_400_000;

type Places = readonly { series: Series; position: number }[];

export function listedBlurbs(handle: Handle, kept: KeptBlurbs = keptBlurbs()): ListedBlurbs {
  let seen: number | null = null;

  /** Takes away what no longer holds. A blurb says nothing of other works, so an event of one touches no other. */
  const follow = async () => {
    const from = seen ?? (await logHead(handle));
    const events = await eventsAfter(handle, from, FLOOD + 1);
    // Somebody else may have followed further while the question was on its way.
    if (seen !== null && seen > from) return;
    const others = events.some((event) => event.subject !== 'work' || event.workId === null);
    if (others || events.length > FLOOD) kept.clear();
    for (const { workId } of events) if (workId !== null) kept.forget(workId);
    seen = events.length > FLOOD ? await logHead(handle) : (events.at(-1)?.id ?? from);
  };

  return {
    async of(viewer, site, ids) {
      await follow();
      const place = seen;
      const [standings, series] = await Promise.all([
        listedStandings(handle, viewer, ids),
        seriesOfWorks(handle, viewer, ids),
      ]);
      const look = `${audienceOf(viewer)} ${site.locale} ${Math.floor(site.now / DAY_MS)}`;
      const found = new Map<number, KeptBlurb>();
      const missing = new Map<number, string>();
      for (const standing of standings.values()) {
        const key = `${look} ${keyOf(standing, series.get(standing.id) ?? [])}`;
        const blurb = kept.find(standing.id, key);
        if (blurb) found.set(standing.id, blurb);
        else missing.set(standing.id, key);
      }
      if (missing.size > 0) {
        const words = await archiveWords(handle);
        const cards = await workCards(handle, viewer, [...missing.keys()]);
        await turn();
        for (const card of cards) {
          const props = blurbView({ card, series: series.get(card.id) ?? [] }, words);
          const blurb = { html: blurbHtml(site, props), noindex: card.noindex };
          found.set(card.id, blurb);
          // Who wrote an anonymous work depends on who looks. And what was read before somebody heard of a change is not kept.
          const forAll = viewer.accountId === null || !card.anonymous;
          if (forAll && seen === place) kept.keep(card.id, missing.get(card.id) ?? '', blurb);
        }
      }
      return ids.flatMap((id) => {
        const blurb = found.get(id);
        return blurb ? [{ id, ...blurb }] : [];
      });
    },
  };
}

function keyOf({ version, kudos, comments, bookmarks }: ListedStanding, places: Places): string {
  const series = places.map((place) => `${place.series.publicId} ${place.position} ${place.series.title}`);
  return [version, kudos, comments, bookmarks, ...series].join(' ');
}
