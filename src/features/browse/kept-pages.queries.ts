/**
 * Whole lists as guests are shown them: made once and sent again for as long as nothing at all was written to the truth,
 * which is asked each time. A guest's page depends on its address, on how it is packed, on how numbers and dates are written, on the day, and
 * on how the guest likes to read; on nothing else, and what says more than that is not kept.
 */
import { committedState } from '../../platform/db/committed.ts';
import type { Reads } from '../../platform/db/tables.ts';
import { logHead } from '../../platform/events/log.ts';
import type { Packing } from '../../platform/http/answer-bytes.ts';
import type { PackedPage } from '../../ui/show.ts';
import type { SiteView } from '../../ui/site-view.ts';
import type { Viewer } from '../accounts/index.ts';

export interface FoundPage {
  page: PackedPage;
  /** The place in the event log that the page is true of; null when it depends on more than the truth. */
  version: number | null;
}

export interface KeptPages {
  /**
   * The page kept for who looks, or the one that `make` makes, which is kept when it may be. `address`: path and query;
   * `packing`: how it is to be packed. An answer that is no page, null, is for the caller to give.
   */
  find(
    viewer: Viewer,
    site: SiteView,
    address: string,
    packing: Packing | null,
    make: () => Promise<FoundPage | null>,
  ): Promise<PackedPage | null>;
}

/** A page takes about 20 KB. */
const BYTES = 32 * 1024 * 1024;
/** Longer addresses are nobody's twice. */
const ADDRESS_CHARACTERS = 1_000;
const DAY_MS = 86_400_000;

export function keptPages(reads: Reads): KeptPages {
  /** In the order in which they were asked for. */
  const pages = new Map<string, PackedPage>();
  let bytes = 0;
  let state = '';

  const drop = (key: string, page: PackedPage) => {
    bytes -= sizeOf(key, page);
    pages.delete(key);
  };
  const keep = (key: string, page: PackedPage) => {
    const before = pages.get(key);
    if (before) drop(key, before);
    pages.set(key, page);
    bytes += sizeOf(key, page);
    for (const [oldest, one] of pages) {
      if (bytes <= BYTES) break;
      drop(oldest, one);
    }
  };

  return {
    async find(viewer, site, address, packing, make) {
      const key = keyFor(viewer, site, address, packing);
      if (key === null) return (await make())?.page ?? null;
      const asked = await committedState(reads);
      if (asked !== state) {
        pages.clear();
        [bytes, state] = [0, asked];
      }
      const kept = pages.get(key);
      if (kept) {
        pages.delete(key);
        pages.set(key, kept);
        return kept;
      }
      const made = await make();
      if (made === null) return null;
      // An index that lags finds more once it has caught up. And nobody may have written while the page was made.
      const lasts = made.version !== null && made.version >= (await logHead(reads));
      if (lasts && (await committedState(reads)) === asked && state === asked) keep(key, made.page);
      return made.page;
    },
  };
}

/** Null for who is signed in, and for a page that tells something once. */
function keyFor(viewer: Viewer, site: SiteView, address: string, packing: Packing | null): string | null {
  if (viewer.accountId !== null || site.viewer !== null || site.notice || address.length > ADDRESS_CHARACTERS)
    return null;
  const { locale, now, preferences, origin } = site;
  return JSON.stringify([address, packing, locale, Math.floor(now / DAY_MS), viewer.adult, preferences, origin]);
}

function sizeOf(key: string, page: PackedPage): number {
  return key.length * 2 + page.body.length;
}
