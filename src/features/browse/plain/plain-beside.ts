/**
 * Plain SQL answers that hold nobody up: in a thread of their own where the archive is large and SQLite would answer in the
 * server's. PostgreSQL is another process as it is.
 */
import type { Reads } from '../../../platform/db/tables.ts';
import { startBench } from '../../../platform/threads/bench.ts';
import type { Asker } from '../../../platform/threads/fair-queue.ts';
import { inTurns } from '../../../platform/threads/in-turns.ts';
import type { BrowseAnswer, BrowseIndex, Suggestion } from '../browse-query.ts';
import { NotAnswered } from './not-answered.ts';
import { plainIndex } from './plain-index.ts';
import type { PlainOrder } from './plain.worker.ts';

export interface PlainBeside extends BrowseIndex {
  /** The same for somebody: questions that wait are answered in turns by asker. */
  askedBy(asker: Asker): BrowseIndex;
  close(): Promise<void>;
}

export interface PlainBesideOptions {
  /** Works from which on answers are made beside the server; 20,000 when not said. A smaller archive takes some 30 ms. */
  from?: number;
  /** Seconds that one answer may take; 20 when not said. */
  secondsEach?: number;
}

const FROM = 20_000;
const SECONDS_EACH = 20;
/** Questions that wait for the one thread, and those of one person. */
const MOST_WAITING = { most: 20, mostOfOne: 8 };
const THREAD_FILE = new URL(
  `./plain.worker${import.meta.url.slice(import.meta.url.lastIndexOf('.'))}`,
  import.meta.url,
);

/** Answers without counts of values. @throws NotAnswered where too many ask, or an answer takes too long. */
export function plainBeside(
  reads: Reads,
  place: { dataFolder: string; databaseUrl: string | null },
  options: PlainBesideOptions = {},
): PlainBeside {
  const here = plainIndex(reads, { facets: false });
  if (place.databaseUrl !== null) return { ...here, askedBy: () => here, close: async () => undefined };
  const bench = startBench<PlainOrder, BrowseAnswer | Suggestion[]>({
    file: THREAD_FILE,
    workers: 1,
    secondsEach: options.secondsEach ?? SECONDS_EACH,
  });
  const { dataFolder } = place;
  const inTurn = inTurns((order: PlainOrder) => bench.do(order), {
    ...MOST_WAITING,
    busy: () => new NotAnswered('busy'),
  });
  const ask = async (order: PlainOrder, asker: Asker | null): Promise<BrowseAnswer | Suggestion[]> => {
    const done = await inTurn(order, asker);
    if ('overran' in done) throw new NotAnswered('slow');
    return done.answer;
  };
  const isLarge = async () => {
    const { last } = await reads
      .selectFrom('works')
      .select((works) => works.fn.max<number | null>('id').as('last'))
      .executeTakeFirstOrThrow();
    return (last ?? 0) >= (options.from ?? FROM);
  };
  const askedBy = (asker: Asker | null): BrowseIndex => ({
    search: async (search) =>
      (await isLarge()) ? ((await ask({ dataFolder, search }, asker)) as BrowseAnswer) : here.search(search),
    suggest: async (suggest) =>
      (await isLarge()) ? ((await ask({ dataFolder, suggest }, asker)) as Suggestion[]) : here.suggest(suggest),
  });
  return { ...askedBy(null), askedBy, close: () => bench.close() };
}
