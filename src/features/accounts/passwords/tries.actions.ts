/**
 * Tries are rows: whoever gets the archive to start anew gets no new ones. What is tried at stands there as a mark made with the
 * archive's own secret, for people type passwords into the field of the name.
 */
import type { Database } from '../../../platform/db/database.ts';
import { lockNames } from '../../../platform/db/locks.ts';
import type { Tx } from '../../../platform/db/tables.ts';
import type { Seal } from '../../../platform/files/seal.ts';
import { FORGOTTEN_AFTER_MS, oneMoreTry, type Tries } from './tries.ts';
import '../safety.tables.ts';

/** Tries kept in the database. The same is written whether there is such a name or not. */
export function keptTries(db: Database, now: () => number, seal: Seal): Tries {
  const markOf = (name: string) => seal.mark(`tries at ${name}`);
  return {
    async take(name) {
      const mark = await markOf(name);
      return db.write((tx) => takeTry(tx, now(), mark));
    },
    async forget(name) {
      const mark = await markOf(name);
      await db.write((tx) => tx.deleteFrom('sign_in_tries').where('tried_hash', '=', mark).execute());
    },
  };
}

/** Counts one try. @returns seconds to wait when it must not be made, else null. */
async function takeTry(tx: Tx, now: number, mark: string): Promise<number | null> {
  await lockNames(tx, [`tries ${mark}`]);
  const row = await tx
    .selectFrom('sign_in_tries')
    .select(['count', 'last_at', 'until_at'])
    .where('tried_hash', '=', mark)
    .executeTakeFirst();
  const next = oneMoreTry(row ? { count: row.count, last: row.last_at, until: row.until_at } : null, now);
  if ('wait' in next) return next.wait;
  const { count, last, until } = next.tried;
  const kept = { count, last_at: last, until_at: until };
  await tx
    .insertInto('sign_in_tries')
    .values({ tried_hash: mark, ...kept })
    .onConflict((conflict) => conflict.column('tried_hash').doUpdateSet(kept))
    .execute();
  return null;
}

/** Removes tries that count no more. */
export async function forgetOldTries(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('sign_in_tries')
    .where('last_at', '<=', now - FORGOTTEN_AFTER_MS)
    .execute();
}
