/** The little of a listed work that says whether what was made of it before still holds. */
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { listedWorks } from './visible.ts';
import './tables.ts';

/** What changes in a blurb without the work's version, and whether the byline depends on who looks. */
export interface ListedStanding {
  id: number;
  version: number;
  anonymous: boolean;
  kudos: number;
  comments: number;
  bookmarks: number;
}

/** Those of the works that stand in the viewer's lists now, by id. */
export async function listedStandings(
  handle: Handle,
  viewer: Viewer,
  ids: readonly number[],
): Promise<Map<number, ListedStanding>> {
  const found = new Map<number, ListedStanding>();
  for (const piece of chunks([...new Set(ids)])) {
    const rows = await listedWorks(handle, viewer)
      .select(['works.id', 'version', 'anonymous', 'kudos', 'comments', 'bookmarks'])
      .where('works.id', 'in', piece)
      .execute();
    for (const row of rows) found.set(row.id, { ...row, anonymous: row.anonymous === 1 });
  }
  return found;
}
