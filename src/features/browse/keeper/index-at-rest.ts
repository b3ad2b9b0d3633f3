/** The index while no server keeps it: a command that has the folder's lock looks at it, makes it anew, or compares it. */
import type { Reads } from '../../../platform/db/tables.ts';
import { logHead } from '../../../platform/events/log.ts';
import { Engine } from '../engine/engine.ts';
import { openFeed } from '../feed/feed.ts';
import { inlineTextSearch, textPath } from '../text/text-search.ts';
import { archiveMark } from './archive-mark.ts';
import type { Progress } from './asks.ts';
import { loadSnapshot, wholeSegment } from './beginnings.ts';
import { gatherBeside } from './gather-beside.ts';
import type { IndexState } from './finder.ts';
import { indexFolder } from './folder-lock.ts';
import { removeSnapshot, snapshotBytes, sweepUnfinished, writeSnapshot } from './snapshot.ts';
import { verifyIndex, type Verified } from './verify.ts';

/** What is needed of the archive. */
export interface Rested {
  config: { dataFolder: string; databaseUrl: string | null };
  db: { reads: Reads };
}

/** @returns what lies on the disk. An index that would not be used counts as none. */
export async function restingState({ config, db }: Rested): Promise<IndexState> {
  const folder = indexFolder(config);
  const found = await loadSnapshot(folder, db.reads);
  const figures = 'engine' in found ? found.engine.figures() : null;
  const version = 'engine' in found ? found.segment.version : 0;
  const text = inlineTextSearch(db, textPath(config.dataFolder));
  try {
    return {
      from: 'sql',
      state: 'resting',
      version,
      behind: (await logHead(db.reads)) - version,
      works: figures?.works ?? 0,
      tags: figures?.tags ?? 0,
      changed: 0,
      memory: { segment: 0, changes: 0 },
      lastMerge: null,
      lastRebuild: null,
      snapshot: 'engine' in found ? { at: found.at, version, bytes: await snapshotBytes(folder) } : null,
      threads: { threads: 0, ready: 0, waiting: 0 },
      text: await text.status(),
    };
  } finally {
    text.close();
  }
}

/** Makes the index and full text anew from the truth. */
export async function rebuildResting(rested: Rested): Promise<IndexState> {
  const { config, db } = rested;
  const folder = indexFolder(config);
  await removeSnapshot(folder);
  await sweepUnfinished(folder);
  const segment = await wholeSegment(await openFeed(db.reads), gatherBeside(config));
  await writeSnapshot(folder, { segment, mark: await archiveMark(db.reads, segment.version) });
  const text = inlineTextSearch(db, textPath(config.dataFolder));
  try {
    await text.rebuild();
    await text.refresh();
  } finally {
    text.close();
  }
  return restingState(rested);
}

/** Compares what a server would answer from if it started now: the snapshot and the log after it, or the truth. */
export async function verifyResting({ config, db }: Rested, progress: (progress: Progress) => void): Promise<Verified> {
  const feed = await openFeed(db.reads);
  const gather = gatherBeside(config);
  const found = await loadSnapshot(indexFolder(config), db.reads);
  let engine = 'engine' in found ? found.engine : new Engine(await wholeSegment(feed, gather));
  return verifyIndex({
    handle: db.reads,
    search: (query) => engine.search(query),
    catchUp: async () => {
      for (;;) {
        const next = await feed.next(engine.version, { worksUnder: (term) => engine.worksUnder(term) });
        if (next === null) return;
        if (next === 'lost') engine = new Engine(await wholeSegment(feed, gather));
        else engine.apply(next);
      }
    },
    progress,
  });
}
