/** Finders without threads, for tests and commands: what was written is found by the next question. */
import type { ReadDatabase } from '../../../platform/db/database.ts';
import { logHead } from '../../../platform/events/log.ts';
import type { BrowseIndex } from '../browse-query.ts';
import { inlineIndex } from '../feed/inline-index.ts';
import { inlineTextSearch, type TextSearch } from '../text/text-search.ts';
import type { Finder } from './finder.ts';

export interface InlineFinderOptions {
  /** Where the file of full text lies; in memory when not said. */
  textPath?: string;
}

/** A finder whose engine and full text are brought up to the truth before each question. */
export function inlineFinder(truth: Pick<ReadDatabase, 'reads'>, options: InlineFinderOptions = {}): Finder {
  const kept = inlineIndex(truth.reads);
  const words = inlineTextSearch(truth, options.textPath ?? ':memory:');
  // One at a time: both remember how far they have read.
  let refreshing: Promise<unknown> = Promise.resolve();
  const after = <Answer>(refresh: () => Promise<void>, ask: () => Promise<Answer>): Promise<Answer> => {
    const answer = refreshing.then(refresh).then(ask);
    refreshing = answer.catch(() => undefined);
    return answer;
  };
  const refreshIndex = () => kept.refresh();
  const refreshWords = () => words.refresh();
  const index: BrowseIndex = {
    search: (query) => after(refreshIndex, () => kept.search(query)),
    suggest: (query) => after(refreshIndex, () => kept.suggest(query)),
  };
  const text: TextSearch = {
    match: (leaves, inText) => after(refreshWords, () => words.match(leaves, inText)),
    rank: (leaves, inText) => after(refreshWords, () => words.rank(leaves, inText)),
    places: (leaves, works) => after(refreshWords, () => words.places(leaves, works)),
    snippets: (leaves, texts) => after(refreshWords, () => words.snippets(leaves, texts)),
    status: () => after(refreshWords, () => words.status()),
  };
  return {
    index,
    text,
    askedBy() {
      return { index: this.index, text: this.text };
    },
    state: () =>
      after(refreshIndex, async () => {
        const figures = kept.engine.figures();
        return {
          from: 'engine' as const,
          state: 'ready' as const,
          version: kept.engine.version,
          behind: Math.max(0, (await logHead(truth.reads)) - kept.engine.version),
          works: figures.works,
          tags: figures.tags,
          changed: figures.changed,
          memory: { segment: 0, changes: figures.bytes },
          lastMerge: null,
          lastRebuild: null,
          snapshot: null,
          threads: { threads: 0, ready: 0, waiting: 0 },
          text: await words.status(),
        };
      }),
    start: () => undefined,
    stop: async () => {
      await refreshing;
      words.close();
    },
  };
}
