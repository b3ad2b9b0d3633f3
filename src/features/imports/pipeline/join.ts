/** Several drafts of one import that turn out to be chapters of one work: read again together, and kept as that work. */
import type { Ground } from '../../../platform/ground.ts';
import type { Tx } from '../../../platform/db/tables.ts';
import type { Viewer } from '../../accounts/index.ts';
import { findWork } from '../../works/index.ts';
import { keepImport } from '../actions.ts';
import { originalsKept, type Original } from '../queries.ts';
import { recordFiles } from '../runs.actions.ts';
import { filesOfWorks, standingWorks, type ImportCard } from '../runs.queries.ts';
import { preparationFor } from './preparation.ts';
import { prepareParts } from './prepare.ts';
import type { Reading } from './reading.ts';

/** Works joined into one at most; a longer one is joined by metadata beside its files. */
const MOST_PARTS = 500;

/**
 * Makes one work of drafts, in the order given. They are erased in the transaction that keeps the whole. @returns its
 * public id, or one sentence why it is not made; then nothing has changed.
 */
export async function joinDrafts(
  ground: Ground,
  reading: Reading,
  viewer: Viewer & { accountId: number },
  run: ImportCard,
  publicIds: readonly string[],
  eraseIn: (tx: Tx, workId: number) => Promise<void>,
): Promise<{ work: string } | { problem: string }> {
  if (publicIds.length < 2 || publicIds.length > MOST_PARTS)
    return { problem: 'These are not drafts that can be joined.' };
  const handle = ground.db.reads;
  const cameWithIt = new Set((await standingWorks(handle, run.id)).map((work) => work.publicId));
  const originals: Original[] = [];
  const works: { id: number; version: number; publicId: string }[] = [];
  for (const publicId of publicIds) {
    const work = await findWork(handle, viewer, publicId);
    if (!work || work.state !== 'draft')
      return { problem: 'One of these is no draft any more, so nothing was joined.' };
    const own = await originalsKept(handle, work.id);
    if (own.length === 0) return { problem: 'One of these did not come from a file, so nothing was joined.' };
    if (!cameWithIt.has(publicId))
      return { problem: 'One of these did not come in with this import, so nothing was joined.' };
    if (work.version > 1)
      return { problem: 'One of these was edited since it came in. Joining would lose that, so nothing was joined.' };
    originals.push(...own);
    works.push(work);
  }
  const bytes: Uint8Array[] = [];
  for (const { blob } of originals) {
    const found = await ground.files.get(blob);
    if (!found) return { problem: 'An original of these is not here any more. Import them again.' };
    bytes.push(found);
  }
  const how = await preparationFor(ground, reading, viewer, { ...run.options, post: false, dryRun: false });
  const parts = originals.map((one) => ({ name: one.fileName, said: null }));
  const prepared = await prepareParts(parts, bytes, originals, how, { isNew: true });
  if ('done' in prepared) return { problem: prepared.done.reason ?? 'These cannot be joined.' };
  if (!('keep' in prepared)) return { problem: 'These cannot be joined.' };
  const joined = await ground.db.writeUnlessRefused(async (tx) => {
    const files = await filesOfWorks(
      tx,
      run.id,
      works.map((work) => work.id),
    );
    for (const work of works) {
      const now = await findWork(tx, viewer, work.publicId);
      if (now?.version !== work.version || now.state !== 'draft') return CHANGED;
      await eraseIn(tx, work.id);
    }
    const kept = await keepImport(tx, ground.now(), viewer, prepared.keep, { post: false });
    if (kept.workId === null || kept.work === null || kept.outcome !== 'draft') return CHANGED;
    await recordFiles(
      tx,
      ground.now(),
      run.id,
      files.map((file) => ({ ...file, ...kept, format: prepared.format, repairs: [], unmapped: [], guesses: 0 })),
      0,
    );
    return { work: kept.work };
  });
  return 'refusal' in joined ? { problem: 'One of these changed meanwhile, so nothing was joined.' } : joined;
}

const CHANGED = { refusal: 'changed-meanwhile' } as const;
