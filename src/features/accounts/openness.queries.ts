/**
 * For what pseuds let others ask them: to co-create, to take gifts. Nothing until their person says so, and each pseud for
 * itself. Whoever is not to be found is answered alike: nobody of that name, somebody who takes nothing, one's own pseud.
 */
import { nameKey } from '../../platform/db/name-key.ts';
import type { Handle } from '../../platform/db/tables.ts';
import type { OwnPseud } from './queries.ts';
import type { Viewer } from './viewer.ts';
import './tables.ts';

/** What a pseud can be open for. */
export type Opening = 'co_creation' | 'gifts';

export interface PseudOpenness {
  publicId: string;
  name: string;
  coCreation: boolean;
  gifts: boolean;
}

/** The account's pseuds, the default one first, each with what it is open for. */
export async function opennessOf(handle: Handle, accountId: number): Promise<PseudOpenness[]> {
  const rows = await handle
    .selectFrom('pseuds')
    .leftJoin('pseud_openness', 'pseud_openness.pseud_id', 'pseuds.id')
    .select(['pseuds.public_id', 'pseuds.name', 'pseud_openness.co_creation', 'pseud_openness.gifts'])
    .where('pseuds.account_id', '=', accountId)
    .orderBy('pseuds.is_default', 'desc')
    .orderBy('pseuds.name_key')
    .execute();
  return rows.map((row) => ({
    publicId: row.public_id,
    name: row.name,
    coCreation: row.co_creation === 1,
    gifts: row.gifts === 1,
  }));
}

/**
 * The pseud of somebody else that was named and is open for it: by its name, or by the address of its page. `several`:
 * more than one such pseud goes by the name; null for everything else, without saying why. Who is blocked belongs among
 * those, by one condition more, once people can block.
 */
export async function findOpenPseud(
  handle: Handle,
  viewer: Viewer,
  named: string,
  to: Opening,
): Promise<OwnPseud | 'several' | null> {
  const id = /\/creators\/([0-9a-z]{10})(?:[/?#]|$)/.exec(named)?.[1];
  const rows = await handle
    .selectFrom('pseuds')
    .innerJoin('pseud_openness', 'pseud_openness.pseud_id', 'pseuds.id')
    .select(['pseuds.id', 'pseuds.public_id', 'pseuds.name'])
    .where(`pseud_openness.${to}`, '=', 1)
    .where('pseuds.account_id', '<>', viewer.accountId ?? 0)
    .$if(id !== undefined, (query) => query.where('pseuds.public_id', '=', id ?? ''))
    .$if(id === undefined, (query) => query.where('pseuds.name_key', '=', nameKey(named)))
    .limit(2)
    .execute();
  const [row] = rows;
  if (!row) return null;
  return rows.length > 1 ? 'several' : { id: row.id, publicId: row.public_id, name: row.name };
}

/** What is said when nobody was found who may be asked. One sentence for all reasons. */
export function notToBeAsked(named: string, what: string): string {
  return `${named} does not take ${what}, or there is nobody of that name.`;
}

export const SEVERAL_OF_THAT_NAME = 'More than one goes by this name. Paste the address of their page here instead.';
