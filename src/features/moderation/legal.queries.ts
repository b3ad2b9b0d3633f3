/** Reads of legal notices: all of one for who decides on it, and for everybody else its receipt. */
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { may, type Viewer } from '../accounts/index.ts';
import type { LegalNoticesTable } from './tables.ts';
import type { Selectable } from 'kysely';

export type LegalNotice = Selectable<LegalNoticesTable>;

/** When a notice came in and whether it is decided: nothing else of it. Null for an id that no notice has. */
export async function noticeReceipt(
  handle: Handle,
  publicId: string,
): Promise<{ publicId: string; createdAt: number; closedAt: number | null } | null> {
  if (!isPublicId(publicId)) return null;
  const row = await handle
    .selectFrom('legal_notices')
    .select(['public_id as publicId', 'created_at as createdAt', 'closed_at as closedAt'])
    .where('public_id', '=', publicId)
    .executeTakeFirst();
  return row ?? null;
}

/** Notices for who decides on them, those that wait first; none for anybody else. */
export async function legalNotices(handle: Handle, viewer: Viewer): Promise<LegalNotice[]> {
  if (!may(viewer, 'answer-legal-notices')) return [];
  return handle
    .selectFrom('legal_notices')
    .selectAll()
    .orderBy('state', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
}

/** One whole notice; null for who does not decide on it. */
export async function findNotice(handle: Handle, viewer: Viewer, publicId: string): Promise<LegalNotice | null> {
  if (!isPublicId(publicId) || !may(viewer, 'answer-legal-notices')) return null;
  const row = await handle.selectFrom('legal_notices').selectAll().where('public_id', '=', publicId).executeTakeFirst();
  return row ?? null;
}
