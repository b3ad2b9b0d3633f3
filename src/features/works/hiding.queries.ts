/** A work as moderators meet it before they have given a reason to look inside. */
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { may, type Viewer } from '../accounts/index.ts';
import { visibleWorks } from './visible.ts';
import './tables.ts';

export interface ModeratedWork {
  id: number;
  publicId: string;
  hidden: boolean;
  anonymous: boolean;
  /** Null while the work is hidden and the viewer has not given a reason to look at it. */
  title: string | null;
  version: number;
}

/**
 * A work that the viewer may read, or could read with a reason; null for everything else: a draft is its creators’
 * alone, hidden or not.
 */
export async function findModeratedWork(
  handle: Handle,
  viewer: Viewer,
  publicId: string,
): Promise<ModeratedWork | null> {
  if (!isPublicId(publicId) || !may(viewer, 'see-hidden-works')) return null;
  const named = await handle.selectFrom('works').select('id').where('public_id', '=', publicId).executeTakeFirst();
  if (!named) return null;
  const readable = (asked: Viewer) => visibleWorks(handle, asked).where('works.id', '=', named.id);
  const row = await readable({ ...viewer, looks: new Set([named.id]) })
    .select(['works.id', 'works.hidden', 'works.anonymous', 'works.title', 'works.version'])
    .executeTakeFirst();
  if (!row) return null;
  const open = row.hidden === 0 || (await readable(viewer).select('works.id').executeTakeFirst()) !== undefined;
  return {
    id: row.id,
    publicId,
    hidden: row.hidden === 1,
    anonymous: row.anonymous === 1,
    title: open ? row.title : null,
    version: row.version,
  };
}
