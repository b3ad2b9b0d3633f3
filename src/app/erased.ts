/** The list of what was erased for good, kept beside the database so that a restored copy can forget it again. */
import { join } from 'node:path';
import { distinct, erasedList, readErased, type Erased, type ErasedList } from '../platform/backup/erased-list.ts';
import type { Handle } from '../platform/db/tables.ts';
import type { Ground } from '../platform/ground.ts';
import { spentSince } from '../features/accounts/index.ts';
import { erasedRevisions, erasedWorks, tiesCutSince } from '../features/works/index.ts';

/** In the data folder. */
export const ERASED_LIST = 'erased.jsonl';

/** Clocks of several processes differ, and a long transaction commits late. */
const LATE_MS = 3_600_000;

interface Noted {
  list: ErasedList;
  /** Up to when the database has been asked. */
  until: number;
}

const notedBy = new WeakMap<Ground, Noted>();

/** Brings the list up to the database: what has been erased is in it afterwards, safe on the disk. */
export async function noteErased(ground: Ground): Promise<void> {
  const noted = notedBy.get(ground) ?? { list: erasedList(erasedListPath(ground)), until: 0 };
  notedBy.set(ground, noted);
  const until = ground.now();
  const since = Math.max(noted.until, await noted.list.newest()) - LATE_MS;
  await noted.list.add(await erasedSince(ground.db.reads, since));
  noted.until = until;
}

/** Everything that was erased, as far as the database and the list remember. */
export async function allErased(ground: Ground): Promise<Erased[]> {
  return distinct([...(await readErased(erasedListPath(ground), true)), ...(await erasedSince(ground.db.reads, 0))]);
}

export function erasedListPath(ground: Pick<Ground, 'config'>): string {
  return join(ground.config.dataFolder, ERASED_LIST);
}

/** Works are remembered by a table, accounts, cut ties and what is spent for some weeks: until then they have long been noted. */
async function erasedSince(handle: Handle, since: number): Promise<Erased[]> {
  const works = await erasedWorks(handle, since);
  const accounts = await handle
    .selectFrom('events')
    .select(['subject_id', 'at'])
    .where('at', '>=', since)
    .where('kind', '=', 'account.erased')
    .orderBy('id')
    .execute();
  const spent = await spentSince(handle, since);
  return [
    ...works.map(({ publicId, at }) => ({ work: publicId, at })),
    ...accounts.map((event) => ({ account: event.subject_id, at: event.at })),
    ...(await erasedRevisions(handle, since)),
    ...spent.map(({ hash, at }) => ({ spent: hash, at })),
    ...(await marksSince(handle, since)),
  ];
}

/** What is known of ties that were cut since, as the list says it. */
export async function marksSince(handle: Handle, since: number): Promise<Erased[]> {
  return (await tiesCutSince(handle, since)).map(({ mark, at, ...cut }) =>
    'how' in cut ? { tie: mark, name: cut.how.keepsName, others: cut.how.others, at } : { again: mark, at },
  );
}
