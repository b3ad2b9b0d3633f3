/** Who stands behind the address of a creator, for those who may know. */
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import { listedWorks } from './visible.ts';
import type { Creator } from './work.ts';

export interface CreatorPageOf extends Creator {
  id: number;
  /** Where an imported name comes from: a host, or '' when unknown. */
  site: string;
}

/** Somebody's page, if a work by them stands in the viewer's lists; nobody's otherwise, so that no name is given away. */
export async function findCreator(handle: Handle, viewer: Viewer, publicId: string): Promise<CreatorPageOf | null> {
  if (!isPublicId(publicId)) return null;
  const pseud = await handle
    .selectFrom('pseuds')
    .select(['id', 'name', 'account_id'])
    .where('public_id', '=', publicId)
    .executeTakeFirst();
  const imported = pseud
    ? undefined
    : await handle
        .selectFrom('imported_creators')
        .select(['id', 'name', 'site'])
        .where('public_id', '=', publicId)
        .executeTakeFirst();
  const found = pseud ?? imported;
  if (!found) return null;
  const creator: CreatorPageOf = {
    kind: pseud ? 'pseud' : 'imported',
    id: found.id,
    publicId,
    name: found.name,
    site: imported?.site ?? '',
  };
  const own = pseud !== undefined && pseud.account_id === viewer.accountId;
  return own || (await isNamedInLists(handle, viewer, creator)) ? creator : null;
}

/** Whether a public byline in the viewer's lists names somebody. An anonymous work names nobody, not even to its creator. */
async function isNamedInLists(handle: Handle, viewer: Viewer, { kind, id }: CreatorPageOf): Promise<boolean> {
  const column = kind === 'pseud' ? 'work_creators.pseud_id' : 'work_creators.imported_creator_id';
  const row = await listedWorks(handle, viewer)
    .innerJoin('work_creators', 'work_creators.work_id', 'works.id')
    .where(column, '=', id)
    .where('work_creators.state', '=', 'accepted')
    .where('works.anonymous', '=', 0)
    .select('works.id')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
