/**
 * Fifty readers at once: the real server over a large archive, asked over loopback by another process for a mix of real
 * pages, while works change so that the index merges now and then. What the whole page takes, what of it is processor time
 * of the server, how late its event loop is, and what its memory does.
 *
 *   npm run bench:readers -- --works 1000000 --minutes 10 --json [--keep FOLDER] [--readers 50] [--merges 20]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { askKeeper } from '../src/features/browse/keeper/asks.ts';
import type { IndexState } from '../src/features/browse/keeper/finder.ts';
import { indexFolder } from '../src/features/browse/keeper/folder-lock.ts';
import type { Database } from '../src/platform/db/database.ts';
import { openFilledArchive } from './browse-archive.ts';
import { findingsTable, quantile, rounded, type Finding } from './figures.ts';
import { memoryOf, processorSecondsOf, startServer, type Program } from './programs.ts';
import type { ReadersFigures, ReadersOrder } from './readers-asking.ts';
import { pagesToAsk } from './readers-pages.ts';

const SEED = 1;
const PAGES = 4_000;
const DELAY_MS = 20;
const FLAT = 1.1;
const WARM_UP_MS = 5_000;
const LOOK_EVERY_MS = 1_000;
const CHANGE_EVERY_MS = 500;
const MERGES_A_MINUTE = 2;
/** How long the index may take until it is ready, and the words of the works until they are read. */
const READY_MS = 120_000;
const WORDS_MS = 1_800_000;

function asked() {
  const { values } = parseArgs({
    options: {
      works: { type: 'string', default: '1000000' },
      minutes: { type: 'string', default: '1' },
      readers: { type: 'string', default: '50' },
      merges: { type: 'string' },
      json: { type: 'boolean', default: false },
      keep: { type: 'string' },
      words: { type: 'string', default: 'wait' },
    },
  });
  const [works, minutes, readers] = [Number(values.works), Number(values.minutes), Number(values.readers)];
  if (!Number.isInteger(works) || works < 1_000) throw new Error('--works takes a whole number from 1000.');
  if (!(minutes > 0)) throw new Error('--minutes takes a number above 0.');
  if (!Number.isInteger(readers) || readers < 1) throw new Error('--readers takes a whole number from 1.');
  const merges = values.merges === undefined ? Math.round(minutes * MERGES_A_MINUTE) : Number(values.merges);
  const waitForWords = values.words !== 'no';
  return { works, minutes, readers, merges, json: values.json, keep: values.keep ?? null, waitForWords };
}
type Asked = ReturnType<typeof asked>;

/** Waits for what a server says of its index. @returns the last it said, when it is not so in time. */
async function waitFor(folder: string, patienceMs: number, isSo: (state: IndexState) => boolean): Promise<IndexState> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const state = (await askKeeper(folder, 'status', () => undefined)) as IndexState | null;
    if (state !== null && (isSo(state) || Date.now() > until)) return state;
    if (Date.now() > until) throw new Error('The server says nothing of its index.');
    await sleep(500);
  }
}

async function readersOf(order: ReadersOrder): Promise<ReadersFigures> {
  const child = fork(join(import.meta.dirname, 'readers-asking.ts'), { serialization: 'advanced' });
  const told = once(child, 'message') as Promise<[ReadersFigures]>;
  child.send(order);
  const ended = once(child, 'exit').then((): never => {
    throw new Error('The process of the readers ended before its time.');
  });
  ended.catch(() => undefined);
  const [figures] = await Promise.race([told, ended]);
  return figures;
}

interface Delay {
  p50: number;
  p99: number;
  max: number;
}

async function delaySince(program: Program, file: string): Promise<Delay> {
  rmSync(file, { force: true });
  program.process.kill('SIGUSR2');
  while (!existsSync(file)) await sleep(20);
  return JSON.parse(readFileSync(file, 'utf8')) as Delay;
}

/** Has works counted anew, a few at a time, so many that the index merges so often. @returns a function that ends it. */
function changeWorks(db: Database, works: number, merges: number, minutes: number): () => Promise<void> {
  const aMerge = Math.max(2_000, Math.min(20_000, works / 50)) * 1.05;
  const atOnce = Math.ceil((aMerge * merges * CHANGE_EVERY_MS) / (minutes * 60_000));
  let next = 1;
  const until = new AbortController();
  if (merges === 0) until.abort();
  const changing = (async () => {
    while (!until.signal.aborted) {
      const began = performance.now();
      const to = next + atOnce;
      await db.write(async (tx) => {
        await sql`update works set kudos = kudos + 1 where id >= ${next} and id < ${to}`.execute(tx);
        await sql`insert into events (kind, subject, subject_id, work_id, version, at)
          select 'work.counted', 'work', id, id, 0, ${Date.now()} from works where id >= ${next} and id < ${to}`.execute(
          tx,
        );
      });
      next = to > works ? 1 : to;
      await sleep(Math.max(0, CHANGE_EVERY_MS - (performance.now() - began)));
    }
  })();
  return async () => {
    until.abort();
    await changing;
  };
}

async function measure({ works, minutes, readers, merges, keep, waitForWords }: Asked) {
  const archive = await openFilledArchive(works, SEED, keep);
  const { reads } = archive.ground.db;
  const pages = await pagesToAsk(reads, works, PAGES, SEED);
  const folder = indexFolder({ dataFolder: archive.folder });
  const delayFile = join(archive.folder, 'delay.json');
  const began = performance.now();
  const { program: server, address } = await startServer(archive.folder, delayFile);
  process.once('exit', () => server.process.kill('SIGTERM'));
  try {
    const ready = await waitFor(folder, READY_MS, ({ from }) => from === 'engine');
    const readyMs = performance.now() - began;
    const before = waitForWords ? await waitFor(folder, WORDS_MS, ({ text }) => text.state === 'ready') : ready;
    await readersOf({ address, readers, pages, ms: WARM_UP_MS });
    await delaySince(server, delayFile);

    const memory: number[] = [];
    const seenMerges = new Set<number>();
    const looking = new AbortController();
    const looks = (async () => {
      while (!looking.signal.aborted) {
        const megabytes = memoryOf(server);
        if (megabytes !== null) memory.push(megabytes);
        const state = (await askKeeper(folder, 'status', () => undefined)) as IndexState | null;
        if (state?.lastMerge && state.lastMerge.at !== before.lastMerge?.at) seenMerges.add(state.lastMerge.at);
        await sleep(LOOK_EVERY_MS);
      }
    })();
    const stopChanging = changeWorks(archive.ground.db, works, merges, minutes);
    const used = processorSecondsOf(server) ?? 0;
    const figures = await readersOf({ address, readers, pages, ms: minutes * 60_000 });
    const processorSeconds = (processorSecondsOf(server) ?? 0) - used;
    await stopChanging();
    const delay = await delaySince(server, delayFile);
    looking.abort();
    await looks;
    return summary(figures, {
      works,
      readers,
      readyMs,
      processorSeconds,
      delay,
      memory,
      merges: seenMerges.size,
      text: before.text.state,
    });
  } finally {
    server.process.kill('SIGTERM');
    await server.ended;
    await archive.close();
  }
}

interface Seen {
  works: number;
  readers: number;
  readyMs: number;
  processorSeconds: number;
  delay: Delay;
  memory: readonly number[];
  merges: number;
  text: string;
}

function summary({ pages, failures, seconds }: ReadersFigures, seen: Seen) {
  const timesOf = (some: typeof pages) => ({
    pages: some.length,
    p50_ms: rounded(
      quantile(
        some.map(({ ms }) => ms),
        0.5,
      ),
    ),
    p99_ms: rounded(
      quantile(
        some.map(({ ms }) => ms),
        0.99,
      ),
    ),
    bytes: Math.round(some.reduce((sum, { bytes }) => sum + bytes, 0) / some.length),
  });
  const kinds = [...new Set(pages.map(({ kind }) => kind))].toSorted();
  const tenth = Math.ceil(seen.memory.length / 10);
  const mean = (some: readonly number[]) => rounded(some.reduce((sum, one) => sum + one, 0) / some.length);
  return {
    works: seen.works,
    readers: seen.readers,
    seconds: rounded(seconds),
    requests_a_second: rounded(pages.length / seconds),
    ...timesOf(pages),
    processor_ms_a_page: rounded((seen.processorSeconds * 1000) / pages.length, 2),
    processors: rounded(seen.processorSeconds / seconds, 2),
    event_loop_delay_ms: { p50: rounded(seen.delay.p50), p99: rounded(seen.delay.p99), max: rounded(seen.delay.max) },
    ready_ms: Math.round(seen.readyMs),
    words: seen.text,
    merges: seen.merges,
    memory_mb: {
      // The first tenth is the time in which what is kept fills and the first merge comes.
      beginning: mean(seen.memory.slice(0, tenth)),
      first: mean(seen.memory.slice(tenth, tenth * 2)),
      last: mean(seen.memory.slice(-tenth)),
      most: rounded(Math.max(...seen.memory)),
    },
    failures,
    statuses: Object.fromEntries(
      Object.entries(Object.groupBy(pages, ({ status }) => status)).map(([status, some]) => [
        status,
        some?.length ?? 0,
      ]),
    ),
    by_kind: Object.fromEntries(kinds.map((kind) => [kind, timesOf(pages.filter((page) => page.kind === kind))])),
  };
}

function findings(result: ReturnType<typeof summary>): Finding[] {
  const { event_loop_delay_ms: delay, memory_mb: memory } = result;
  const refused = result.pages - (result.statuses['200'] ?? 0);
  const told = (what: string, found: string) => ({ what, found, goal: '', met: null });
  return [
    told(`${result.readers} readers at once, ${result.works} works`, `${result.requests_a_second} pages a second`),
    told('whole page, p50 / p99', `${result.p50_ms} / ${result.p99_ms} ms`),
    told(
      'processor time of the server a page',
      `${result.processor_ms_a_page} ms, ${result.processors} processors busy`,
    ),
    {
      what: 'delay of the event loop, p99',
      found: `${delay.p99} ms (p50 ${delay.p50}, max ${delay.max})`,
      goal: `< ${DELAY_MS} ms`,
      met: delay.p99 < DELAY_MS,
    },
    {
      what: `memory over ${result.merges} merges`,
      found: `${memory.beginning} MB while it fills, ${memory.first} then, ${memory.last} at last, ${memory.most} at most`,
      goal: 'flat',
      met: memory.last <= memory.first * FLAT,
    },
    {
      what: 'pages that failed, or were not found or refused',
      found: `${result.failures}, ${refused}`,
      goal: '0, 0',
      met: result.failures + refused === 0,
    },
    told('ready after the start', `${result.ready_ms} ms; words of the works: ${result.words}`),
    ...Object.entries(result.by_kind).map(([kind, one]) =>
      told(`  ${kind}`, `${one.p50_ms} / ${one.p99_ms} ms, ${one.pages} pages of ${one.bytes} bytes`),
    ),
  ];
}

async function main(): Promise<void> {
  const how = asked();
  const result = await measure(how);
  process.stdout.write(how.json ? `${JSON.stringify(result)}\n` : findingsTable(findings(result)));
  if (result.failures > 0) process.exitCode = 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
await main();
