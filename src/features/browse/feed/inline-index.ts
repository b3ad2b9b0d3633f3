/** The browse engine in this very thread, fed from the truth when it is told to look: for tests and for commands. */
import type { Handle } from '../../../platform/db/tables.ts';
import type { BrowseIndex } from '../browse-query.ts';
import { Engine, isMergeDue } from '../engine/engine.ts';
import { mergeSegment } from '../engine/merge.ts';
import { SegmentBuilder } from '../engine/segment-builder.ts';
import { openFeed, type Feed } from './feed.ts';

export interface InlineIndex extends BrowseIndex {
  /** Brings the engine up to the end of the log: made anew at first and when it has lost its way. One at a time. */
  refresh(): Promise<void>;
  /** The engine as it is now; another one once everything has been made anew. Empty before the first `refresh`. */
  readonly engine: Engine;
}

/** An index of the archive behind a handle. It answers what it was last brought up to. */
export function inlineIndex(handle: Handle): InlineIndex {
  let feed: Feed | null = null;
  let engine: Engine | null = null;
  const empty = new Engine();
  return {
    async refresh() {
      feed ??= await openFeed(handle);
      engine ??= await engineFrom(feed);
      for (;;) {
        const batch = await feed.next(engine.version, engine);
        if (batch === null) return;
        if (batch === 'lost') engine = await engineFrom(feed);
        else engine.apply(batch);
        if (isMergeDue(engine.figures())) engine.swap(mergeSegment(engine.mergeInput()));
      }
    },
    search: async (query) => (engine ?? empty).search(query),
    suggest: async (query) => (engine ?? empty).suggest(query),
    get engine() {
      return engine ?? empty;
    },
  };
}

async function engineFrom(feed: Feed): Promise<Engine> {
  const builder = new SegmentBuilder();
  const version = await feed.whole({
    tags: (tags) => builder.addTags(tags),
    documents: (documents) => documents.forEach((document) => builder.add(document)),
  });
  return new Engine(builder.build(version));
}
