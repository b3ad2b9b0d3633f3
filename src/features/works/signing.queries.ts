/** The pseuds that an account can sign a work with. */
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
