/**
 * A thread that answers as those of the server do, with an engine fed through a port, and says how long it took: no time
 * of messages is in it.
 */
import { parentPort, type MessagePort } from 'node:worker_threads';
import type { BrowseAnswer, BrowseQuery, SuggestQuery, Where } from '../src/features/browse/browse-query.ts';
import { barePass } from '../src/features/browse/engine/floor.ts';
import type { EngineFigures } from '../src/features/browse/engine/engine.ts';
import type { Segment } from '../src/features/browse/engine/segment.ts';
import { DividedPass } from '../src/features/browse/keeper/divided-pass.ts';
import { fedEngine, type FedEngine } from '../src/features/browse/keeper/fed-engine.ts';
import type { Audience } from '../src/features/works/index.ts';
import { matchesOf } from './browse-matches.ts';
import { randomFrom } from './random.ts';

/** One question and where its pages may begin. */
export interface TimedQuery {
  query: BrowseQuery;
  /** Works that match: pages are asked for within these. */
  total: number;
}

export type Order =
  | { ask: 'feed'; port: MessagePort }
  | { ask: 'answers'; queries: readonly BrowseQuery[] }
  /**
   * Each question in turn, `rounds` times after `warmUp` times, or until `stop` is posted. `isAlone`: with the help that a
   * question has when nothing else is to do.
   */
  | { ask: 'time'; queries: readonly TimedQuery[]; warmUp: number; rounds: number | null; isAlone: boolean }
  | { ask: 'stop' }
  | { ask: 'floor'; segment: Segment; sets: readonly (readonly Where[])[]; audience: Audience; rounds: number }
  | { ask: 'suggest'; queries: readonly SuggestQuery[]; warmUp: number }
  | { ask: 'figures' };

/** Milliseconds of each run, by question. */
export type Timed = number[][];
/** Beside it the mean of the processor's milliseconds, which other programs do not lengthen. */
export interface TimedAnswers {
  timed: Timed;
  processorMs: number[];
}
export type Told = BrowseAnswer[] | Timed | TimedAnswers | EngineFigures | { matches: number[]; timed: Timed } | null;

let fed: FedEngine | null = null;
const pass = new DividedPass();
let stopped = false;

parentPort?.on('message', (order: Order) => {
  if (order.ask === 'stop') stopped = true;
  else void answer(order);
});

async function answer(order: Exclude<Order, { ask: 'stop' }>): Promise<void> {
  parentPort?.postMessage(await obey(order));
}

async function obey(order: Exclude<Order, { ask: 'stop' }>): Promise<Told> {
  switch (order.ask) {
    case 'feed':
      fed?.close();
      await new Promise<void>((resolve) => (fed = fedEngine(order.port, resolve, pass)));
      return null;
    case 'answers':
      return order.queries.map((query) => engine().search(query));
    case 'time':
      return time(order);
    case 'floor':
      return floor(order);
    case 'suggest':
      return suggest(order);
    case 'figures':
      return engine().figures();
  }
}

/** With all that it has been told so far. */
function engine() {
  const now = fed?.now() ?? null;
  if (now === null) throw new Error('This thread has no index yet.');
  return now.engine;
}

/** Most readers look at the first pages, and some anywhere. */
function offsetOf({ query, total }: TimedQuery, chance: number): number {
  const pages = Math.max(1, Math.floor(total / Math.max(1, query.limit)));
  return Math.floor(pages * chance ** 4) * query.limit;
}

async function time({ queries, warmUp, rounds, isAlone }: Extract<Order, { ask: 'time' }>): Promise<TimedAnswers> {
  const random = randomFrom(7);
  const timed: Timed = queries.map(() => []);
  const used = queries.map(() => 0);
  stopped = false;
  pass.isHelpWanted = isAlone;
  for (let round = -warmUp; rounds === null ? !stopped : round < rounds; round += 1) {
    for (const [at, one] of queries.entries()) {
      const query = { ...one.query, offset: offsetOf(one, random.next()) };
      const usedBefore = process.threadCpuUsage();
      const began = performance.now();
      engine().search(query);
      if (round < 0) continue;
      timed[at]?.push(performance.now() - began);
      const { user, system } = process.threadCpuUsage(usedBefore);
      used[at] = (used[at] ?? 0) + (user + system) / 1000;
    }
    // A look at the messages, as between two questions of readers.
    await new Promise(setImmediate);
  }
  return { timed, processorMs: used.map((ms, at) => ms / (timed[at]?.length ?? 1)) };
}

function floor({ segment, sets, audience, rounds }: Extract<Order, { ask: 'floor' }>): {
  matches: number[];
  timed: Timed;
} {
  const documents = sets.map((some) => some.map((where) => matchesOf(segment, where, audience)));
  const passes = documents.map((some) => some.map((one) => barePass(segment, one)));
  const timed: Timed = sets.map(() => []);
  for (let round = -20; round < rounds; round += 1) {
    for (const [at, some] of passes.entries()) {
      const began = performance.now();
      for (const pass of some) pass();
      if (round >= 0) timed[at]?.push(performance.now() - began);
    }
  }
  return { matches: documents.map((some) => some[0]?.length ?? 0), timed };
}

function suggest({ queries, warmUp }: Extract<Order, { ask: 'suggest' }>): Timed {
  const runs: number[] = [];
  for (let round = 0; round < 2; round += 1) {
    for (const [at, query] of queries.entries()) {
      const began = performance.now();
      engine().suggest(query);
      if (round > 0 || at >= warmUp) runs.push(performance.now() - began);
    }
  }
  return [runs];
}
