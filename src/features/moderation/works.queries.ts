/** Works as moderators meet them, and what those who keep a hidden work are told. */
import type { Handle } from '../../platform/db/tables.ts';
import { may, type Viewer } from '../accounts/index.ts';
import './tables.ts';

/** Why a work is hidden, and since when; null where nobody has said. For those who may read the work. */
export async function whyHidden(handle: Handle, workId: number): Promise<{ reason: string; at: number } | null> {
  const row = await handle
    .selectFrom('work_hidings')
    .select(['reason', 'at'])
    .where('work_id', '=', workId)
    .executeTakeFirst();
  return row ?? null;
}

/** Who wrote a work, whatever its byline says: for who has given a reason to know, and nobody without the right. */
export async function creatorsBehind(
  handle: Handle,
  viewer: Viewer,
  workId: number,
): Promise<{ publicId: string; name: string; outside: boolean }[]> {
  if (!may(viewer, 'reveal-creators')) return [];
  const rows = await handle
    .selectFrom('work_creators')
    .leftJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .leftJoin('imported_creators', 'imported_creators.id', 'work_creators.imported_creator_id')
    .select([
      'pseuds.public_id as pseudPublicId',
      'pseuds.name as pseud',
      'imported_creators.public_id as outsidePublicId',
      'imported_creators.name as outside',
    ])
    .where('work_creators.work_id', '=', workId)
    .where('work_creators.state', '=', 'accepted')
    .orderBy('work_creators.position')
    .execute();
  return rows.map((row) => ({
    publicId: row.pseudPublicId ?? row.outsidePublicId ?? '',
    name: row.pseud ?? row.outside ?? '',
    outside: row.pseud === null,
  }));
}
