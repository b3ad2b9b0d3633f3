/** The pseuds that an account can sign a work with, and the works that they sign. */
import { chunks } from '../../platform/db/chunks.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { Viewer } from '../accounts/index.ts';
import './tables.ts';

export interface SigningPseud {
  id: number;
  publicId: string;
  name: string;
  isDefault: boolean;
}

/** The viewer's own pseuds, the default one first, then by name. */
export async function signingPseuds(handle: Handle, viewer: Viewer): Promise<SigningPseud[]> {
  if (viewer.accountId === null) return [];
  const rows = await handle
    .selectFrom('pseuds')
    .select(['id', 'public_id', 'name', 'is_default'])
    .where('account_id', '=', viewer.accountId)
    .orderBy('is_default', 'desc')
    .orderBy('name_key')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    publicId: row.public_id,
    name: row.name,
    isDefault: row.is_default === 1,
  }));
}

/** Those of the viewer's own pseuds that stand in a work's byline, in its order. Other creators are not asked about. */
export async function ownSigners(handle: Handle, viewer: Viewer, workId: number): Promise<string[]> {
  if (viewer.accountId === null) return [];
  const rows = await handle
    .selectFrom('work_creators')
    .innerJoin('pseuds', 'pseuds.id', 'work_creators.pseud_id')
    .select('pseuds.public_id')
    .where('work_creators.work_id', '=', workId)
    .where('work_creators.state', '=', 'accepted')
    .where('pseuds.account_id', '=', viewer.accountId)
    .orderBy('work_creators.position')
    .execute();
  return rows.map((row) => row.public_id);
}

/** How many works each of these pseuds signs, is invited to or keeps; drafts and deleted works too. For their own account. */
export async function countSigned(handle: Handle, pseudIds: readonly number[]): Promise<Map<number, number>> {
  const counts = new Map<number, number>();
  const add = (id: number | null, works: number) => {
    if (id !== null) counts.set(id, (counts.get(id) ?? 0) + works);
  };
  for (const piece of chunks(pseudIds)) {
    const signed = await handle
      .selectFrom('work_creators')
      .select((select) => ['pseud_id', select.fn.countAll<number>().as('works')])
      .where('pseud_id', 'in', piece)
      .groupBy('pseud_id')
      .execute();
    for (const row of signed) add(row.pseud_id, Number(row.works));
    const kept = await handle
      .selectFrom('works')
      .select((select) => ['archived_by', select.fn.countAll<number>().as('works')])
      .where('archived_by', 'in', piece)
      .groupBy('archived_by')
      .execute();
    for (const row of kept) add(row.archived_by, Number(row.works));
  }
  return counts;
}
