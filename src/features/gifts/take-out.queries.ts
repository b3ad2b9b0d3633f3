/** For whom a work is, and what was given to an account, as each takes it out. */
import type { TakenFile } from '../../platform/feature.ts';
import type { Handle } from '../../platform/db/tables.ts';
import { jsonFile, takenRow } from '../../platform/taken-row.ts';
import { listedWorks } from '../works/index.ts';
import './tables.ts';

export async function* takenGiftsOfWork(handle: Handle, workId: number): AsyncGenerator<TakenFile> {
  const rows = await handle
    .selectFrom('gifts')
    .leftJoin('pseuds', 'pseuds.id', 'gifts.pseud_id')
    .select(['gifts.name', 'gifts.state', 'gifts.given_at'])
    .select(['pseuds.name as pseud', 'pseuds.public_id as pseud_public_id'])
    .where('gifts.work_id', '=', workId)
    .orderBy('gifts.id')
    .execute();
  if (rows.length > 0) yield { path: 'gifts.json', content: jsonFile(rows.map((row) => takenRow(row))) };
}

/** Of works that the account still sees; of each its address and title alone, since it is somebody else's. */
export async function* takenGiftsTo(handle: Handle, accountId: number): AsyncGenerator<TakenFile> {
  const rows = await listedWorks(handle, { accountId, roles: new Set(), adult: true })
    .innerJoin('gifts', 'gifts.work_id', 'works.id')
    .innerJoin('pseuds', 'pseuds.id', 'gifts.pseud_id')
    .select(['works.public_id as work', 'works.title', 'gifts.state', 'gifts.given_at', 'pseuds.name as pseud'])
    .where('pseuds.account_id', '=', accountId)
    .orderBy('gifts.id')
    .execute();
  if (rows.length > 0) yield { path: 'gifts.json', content: jsonFile(rows.map((row) => takenRow(row))) };
}
