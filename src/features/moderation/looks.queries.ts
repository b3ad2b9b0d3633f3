/** What a session has given a reason to look at, and for how long still. */
import { isPublicId } from '../../platform/db/public-id.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { hashOfSecret, may, type Viewer } from '../accounts/index.ts';
import { findModeratedWork } from '../works/index.ts';
import type { ModeratorLooksTable } from './tables.ts';
import './tables.ts';

/** The viewer with the hidden works that this session may look at now. Nobody but moderators is asked about. */
export async function withLooks(handle: Handle, viewer: Viewer, sessionToken: string, now: number): Promise<Viewer> {
  if (!may(viewer, 'see-hidden-works')) return viewer;
  const rows = await handle
    .selectFrom('moderator_looks')
    .select('subject_id')
    .where('session_hash', '=', hashOfSecret(sessionToken))
    .where('kind', '=', 'hidden-work')
    .where('ends_at', '>', now)
    .execute();
  return rows.length === 0 ? viewer : { ...viewer, looks: new Set(rows.map((row) => row.subject_id)) };
}

/** Until when a session may look at something; null when it has given no reason, or too long ago. */
export async function lookUntil(
  handle: Handle,
  sessionToken: string | null,
  kind: ModeratorLooksTable['kind'],
  subjectId: number,
  now: number,
): Promise<number | null> {
  if (sessionToken === null) return null;
  const row = await handle
    .selectFrom('moderator_looks')
    .select('ends_at')
    .where('session_hash', '=', hashOfSecret(sessionToken))
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .where('ends_at', '>', now)
    .executeTakeFirst();
  return row?.ends_at ?? null;
}

/** Where a moderator is asked for a reason to look at a work that is hidden from them; null for everybody and all else. */
export async function askForReason(handle: Handle, viewer: Viewer, workPublicId: string): Promise<string | null> {
  if (!isPublicId(workPublicId)) return null;
  const work = await findModeratedWork(handle, viewer, workPublicId);
  return work?.hidden && work.title === null ? moderatedWorkPath(work) : null;
}

/** A work’s page for moderators. */
export function moderatedWorkPath(work: { publicId: string }): string {
  return `/moderation/works/${work.publicId}`;
}
