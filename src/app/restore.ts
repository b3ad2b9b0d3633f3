/** `fanfold restore`: a backup becomes an archive again, without what was erased since. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { distinct, erasedList, parseErased, readErased, type Erased } from '../platform/backup/erased-list.ts';
import type { Manifest } from '../platform/backup/manifest.ts';
import { restoreBackup, type RestoreOrder } from '../platform/backup/restore.ts';
import { writeWhole } from '../platform/backup/stored-file.ts';
import type { Config } from '../platform/config/config.ts';
import { chunks } from '../platform/db/chunks.ts';
import { checkSqlite, renewEpoch, sayFinished } from '../platform/db/restored.ts';
import type { Feature } from '../platform/feature.ts';
import type { Ground } from '../platform/ground.ts';
import { rememberSpent, type ArchiveEnv } from '../features/accounts/index.ts';
import { eraseRevisionAgain } from '../features/works/index.ts';
import { migrations } from '../../migrations/index.ts';
import { BESIDE, countOf, held, seconds } from './backup.ts';
import { eraseAccountIn, eraseWork } from './erase.ts';
import { ERASED_LIST, erasedListPath } from './erased.ts';
import { archiveFeatures } from './features.ts';
import { openGround } from './ground.ts';
import { NONE_UNTIED, sayTiesUnknown, sayUntied, untieAgain, type Untied } from './untie-again.ts';

/**
 * Restores a backup into an empty archive and says what is there now. `lists`: files that say what was erased; the one that
 * lies in the data folder and the one in the backup are read by themselves.
 */
export async function restoreCommand(
  config: Config,
  path: string,
  lists: readonly string[],
  say: (line: string) => void,
  progress: RestoreOrder['progress'],
): Promise<void> {
  const began = performance.now();
  const erased: Erased[] = [];
  for (const list of lists) erased.push(...(await readErased(list, false)));
  erased.push(...(await readErased(join(config.dataFolder, ERASED_LIST), true)));
  let again = { erased: 0, untied: NONE_UNTIED };
  const manifest = await restoreBackup({
    place: { dataFolder: config.dataFolder, databaseUrl: config.databaseUrl },
    path,
    migrations,
    stays: BESIDE,
    beside: async (name, bytes) => {
      if (name === ERASED_LIST) erased.push(...parseErased(bytes.toString(), 'the list in this backup'));
      else await writeWhole(join(config.dataFolder, name), bytes.toString());
    },
    finish: async () => {
      again = await finish(config, distinct(erased));
    },
    progress,
  });
  say(`Restored ${held(manifest)}, as of ${new Date(manifest.at).toISOString()}, in ${seconds(began)}.`);
  if (again.erased > 0)
    say(`${countOf(again.erased, 'work')}, accounts and revisions that were erased since then have been erased again.`);
  sayUntied(again.untied, say);
  sayTiesUnknown(manifest, erased, say);
  say('Everybody has to sign in again; ./fanfold owner-link makes a link for the owner.');
  sayLost(manifest, say);
}

function sayLost({ missing, damaged }: Manifest, say: (line: string) => void): void {
  const lost = missing.length + damaged.length;
  if (lost > 0) say(`${countOf(lost, 'file')} had been lost before the backup was made, and are not here.`);
}

/** Brings the rows up to this program, forgets what was erased, and makes the archive one of its own. @returns how much was erased, and what became of ties. */
async function finish(config: Config, erased: readonly Erased[]): Promise<{ erased: number; untied: Untied }> {
  const ground = await openGround({ ...config, samples: false }, { restoring: true });
  const features = archiveFeatures(ground);
  try {
    const worksErased = await eraseWorksAgain(ground, features, erased);
    // While the accounts are there: what tied them says which works were theirs.
    const accounts = await accountsErased(ground, erased);
    const untied = await untieAgain(ground, features, erased, accounts);
    const again =
      worksErased +
      (await eraseAccountsAgain(ground, features, accounts)) +
      (await eraseRevisionsAgain(ground, erased));
    await ground.db.write(async (tx) => {
      await rememberSpent(
        tx,
        ground.now(),
        erased.flatMap((entry) => ('spent' in entry ? [entry.spent] : [])),
      );
      for (const feature of features) await feature.restored?.(tx, ground.now());
      await renewEpoch(tx);
    });
    if (ground.db.kind === 'sqlite') await checkSqlite(ground.db.reads);
    await erasedList(erasedListPath(ground)).add(erased);
    await ground.db.write(sayFinished);
    ground.db.checkpoint();
    return { erased: again, untied };
  } finally {
    for (const feature of features) await feature.stop?.();
    await ground.close();
    // Nothing has read it yet, but opening may have made it.
    await rm(join(config.dataFolder, 'index'), { recursive: true, force: true });
  }
}

async function eraseWorksAgain(
  ground: Ground,
  features: readonly Feature<ArchiveEnv>[],
  erased: readonly Erased[],
): Promise<number> {
  const publicIds = erased.flatMap((entry) => ('work' in entry ? [entry.work] : []));
  let again = 0;
  for (const chunk of chunks(publicIds)) {
    const there = await ground.db.reads.selectFrom('works').select('id').where('public_id', 'in', chunk).execute();
    for (const { id } of there) await eraseWork(ground, features, id);
    again += there.length;
  }
  return again;
}

async function eraseRevisionsAgain(ground: Ground, erased: readonly Erased[]): Promise<number> {
  let again = 0;
  for (const entry of erased) {
    if (!('chapter' in entry)) continue;
    if (await ground.db.write((tx) => eraseRevisionAgain(tx, ground.now(), entry))) again += 1;
  }
  return again;
}

async function eraseAccountsAgain(
  ground: Ground,
  features: readonly Feature<ArchiveEnv>[],
  accounts: ReadonlySet<number>,
): Promise<number> {
  for (const id of accounts) await ground.db.write((tx) => eraseAccountIn(tx, ground.now(), features, id));
  return accounts.size;
}

/** A number may have been given again by a copy that was restored before: the account of the list is the one that was there. */
async function accountsErased(ground: Ground, erased: readonly Erased[]): Promise<Set<number>> {
  const erasedAt = new Map<number, number>();
  for (const entry of erased)
    if ('account' in entry) erasedAt.set(entry.account, Math.max(entry.at, erasedAt.get(entry.account) ?? 0));
  const accounts = new Set<number>();
  for (const chunk of chunks([...erasedAt.keys()])) {
    const there = await ground.db.reads
      .selectFrom('accounts')
      .select(['id', 'created_at'])
      .where('id', 'in', chunk)
      .execute();
    for (const { id, created_at: made } of there) if (made <= (erasedAt.get(id) ?? 0)) accounts.add(id);
  }
  return accounts;
}
