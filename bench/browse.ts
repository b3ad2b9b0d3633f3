/**
 * What lists cost: eight questions of readers, with total, page and all counts, measured in the thread that answers them;
 * against the same answers from PostgreSQL, and against the bare counting pass; memory, start, growth, writes, type-ahead.
 * Every answer is compared once with plain SQL over the truth and with PostgreSQL; a difference ends the bench with 1.
 *
 *   npm run bench:browse -- --works 100000 --json [--keep FOLDER] [--growth no]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CONCEPT_KINDS, type BrowseAnswer, type SuggestQuery } from '../src/features/browse/browse-query.ts';
import { Engine } from '../src/features/browse/engine/engine.ts';
import type { IndexDocument } from '../src/features/browse/engine/index-document.ts';
import type { Segment } from '../src/features/browse/engine/segment.ts';
import { openFeed } from '../src/features/browse/feed/feed.ts';
import { archiveMark } from '../src/features/browse/keeper/archive-mark.ts';
import { wholeSegment } from '../src/features/browse/keeper/beginnings.ts';
import { gatherBeside } from '../src/features/browse/keeper/gather-beside.ts';
import { indexFolder } from '../src/features/browse/keeper/folder-lock.ts';
import { writeSnapshot } from '../src/features/browse/keeper/snapshot.ts';
import { plainIndex } from '../src/features/browse/plain/plain-index.ts';
import { nameKey } from '../src/platform/db/name-key.ts';
import { openFilledArchive, type FilledArchive } from './browse-archive.ts';
import { AskedThread } from './browse-asking.ts';
import type { TimedQuery } from './browse-asking.worker.ts';
import { inventedSegment } from './browse-documents.ts';
import type { MemoryFigures, MemoryOrder } from './browse-memory.ts';
import { FORMS, openFlatWorks, type FlatWorks } from './browse-postgres.ts';
import {
  countedSets,
  countedTags,
  differenceOf,
  questionsFor,
  TAGS_ASKED,
  type AskedQuestion,
  type CountedTag,
} from './browse-questions.ts';
import { goalsTable, type Line } from './browse-goals.ts';
import { askWhileWriting } from './browse-writes.ts';
import { quantile, rounded } from './figures.ts';
import { randomFrom } from './random.ts';

const SEED = 1;
const IMPORTED = 10_000;
const MERGES = 20;
const POSTGRES_RUNS = 5;
const SUGGESTIONS = 10;
const TYPED = 300;

interface Asked {
  works: number;
  json: boolean;
  keep: string | null;
  growth: boolean;
}

function asked(): Asked {
  const { values } = parseArgs({
    options: {
      works: { type: 'string', default: '1000000' },
      json: { type: 'boolean', default: false },
      keep: { type: 'string' },
      growth: { type: 'string', default: 'yes' },
    },
  });
  const works = Number(values.works);
  if (!Number.isInteger(works) || works < 1_000) throw new Error('--works takes a whole number from 1000.');
  return { works, json: values.json, keep: values.keep ?? null, growth: values.growth !== 'no' };
}

const p50 = (samples: readonly number[]) => rounded(quantile(samples, 0.5), 3);
const p99 = (samples: readonly number[]) => rounded(quantile(samples, 0.99), 3);

/** Says how far the bench is, for whoever waits. */
function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** What is known of an archive once its index is made. */
interface Indexed {
  archive: FilledArchive;
  segment: Segment;
  rebuildMs: number;
  tags: CountedTag[];
  questions: AskedQuestion[];
}

async function indexed(archive: FilledArchive, works: number): Promise<Indexed> {
  const { reads } = archive.ground.db;
  const feed = await openFeed(reads);
  const began = performance.now();
  const segment = await wholeSegment(feed, gatherBeside(archive.ground.config));
  const engine = new Engine(segment);
  const rebuildMs = performance.now() - began;
  const names = new Map((await reads.selectFrom('tags').select(['id', 'name']).execute()).map((t) => [t.id, t.name]));
  const tags = countedTags(engine.search(TAGS_ASKED), (id) => names.get(id) ?? '');
  const place = indexFolder({ dataFolder: archive.folder });
  await writeSnapshot(place, { segment, mark: await archiveMark(reads, segment.version) });
  return { archive, segment, rebuildMs, tags, questions: questionsFor(works, tags) };
}

/** The questions in the thread, beside the bare pass over the same works. */
async function measureQueries(thread: AskedThread, { segment, questions }: Indexed) {
  const answers = await thread.answers(questions.map(({ query }) => query));
  const { timed } = await thread.time(timedQueries(questions, answers), { isAlone: true });
  const undivided = await thread.time(timedQueries(questions, answers), { isAlone: false });
  const floor = await thread.floor(
    segment,
    questions.map(({ query }) => countedSets(query)),
  );
  return { answers, timed, undivided, floor };
}

function timedQueries(questions: readonly AskedQuestion[], answers: readonly BrowseAnswer[]): TimedQuery[] {
  return questions.map(({ query }, at) => ({ query, total: answers[at]?.total ?? 0 }));
}

/** Milliseconds of the fastest way PostgreSQL has for each question, after its answer was compared. */
async function measurePostgres(
  flat: FlatWorks,
  questions: readonly AskedQuestion[],
  answers: readonly BrowseAnswer[],
  differences: string[],
): Promise<number[]> {
  const fastest: number[] = [];
  for (const [at, { name, query }] of questions.entries()) {
    const forms: number[] = [];
    for (const form of FORMS) {
      const answer = answers[at];
      const differs = answer && differenceOf(answer, await flat.answer(query, form));
      if (differs) differences.push(`${name}, the engine and PostgreSQL (${form}): ${differs}`);
      const runs: number[] = [];
      for (let run = 0; run < POSTGRES_RUNS; run += 1) {
        const began = performance.now();
        await flat.answer(query, form);
        runs.push(performance.now() - began);
      }
      forms.push(quantile(runs, 0.5));
    }
    fastest.push(Math.min(...forms));
  }
  return fastest;
}

/** Reads all documents once more: for PostgreSQL, and the last of them for what is to come in. */
async function readDocuments({ archive, segment }: Indexed, works: number, flat: FlatWorks | null) {
  const imported = Math.min(IMPORTED, Math.floor(works / 10));
  const last: IndexDocument[] = [];
  const waiting: IndexDocument[][] = [];
  const feed = await openFeed(archive.ground.db.reads);
  await feed.whole({
    tags: () => undefined,
    documents: (documents) => {
      if (flat !== null) waiting.push(documents);
      for (const document of documents) if (document.id > works - imported) last.push(document);
    },
  });
  if (flat === null) return last;
  for (const documents of waiting) await flat.add(documents);
  await flat.ready();
  say(`PostgreSQL holds the ${works} works of the segment of ${Math.round(segment.buffer.byteLength / 1e6)} MB`);
  return last;
}

async function comparedWithPlainSql(
  { archive, questions }: Indexed,
  answers: readonly BrowseAnswer[],
  when: string,
  differences: string[],
): Promise<void> {
  const plain = plainIndex(archive.ground.db.reads);
  for (const [at, { name, query }] of questions.entries()) {
    const answer = answers[at];
    const differs = answer && differenceOf(answer, await plain.search(query));
    if (differs) differences.push(`${name}, the engine ${when} and plain SQL: ${differs}`);
  }
}

/** Beginnings of names as they are typed, and pieces from inside of them. */
function typed(tags: readonly CountedTag[]): Record<'prefix' | 'infix', SuggestQuery[]> {
  const random = randomFrom(SEED);
  const queryFor = (text: string): SuggestQuery => ({
    audience: 'guest',
    kinds: CONCEPT_KINDS,
    text,
    limit: SUGGESTIONS,
  });
  const keys = Array.from({ length: TYPED }, () => nameKey(random.pick(tags).name));
  return {
    prefix: keys.map((key) => queryFor(key.slice(0, 1 + random.below(8)).trim() || 'a')),
    infix: keys.map((key) =>
      queryFor(
        key
          .slice(1 + random.below(4))
          .slice(0, 2 + random.below(5))
          .trim() || 'a',
      ),
    ),
  };
}

async function measureMemory(order: MemoryOrder): Promise<MemoryFigures> {
  const child = fork(join(import.meta.dirname, 'browse-memory.ts'), { serialization: 'advanced' });
  const told = once(child, 'message') as Promise<[MemoryFigures]>;
  const ended = once(child, 'exit').then(([code]): never => {
    throw new Error(`The process that holds an index ended with ${String(code)}.`);
  });
  child.send(order);
  ended.catch(() => undefined);
  const [figures] = await Promise.race([told, ended]);
  return figures;
}

/** The eight questions over documents of the same kind, at one size. */
async function measureInvented(works: number): Promise<number[]> {
  const { segment, names } = inventedSegment(works, SEED);
  const thread = new AskedThread();
  try {
    await thread.feed(segment);
    const [all] = await thread.answers([TAGS_ASKED]);
    if (all === undefined) throw new Error('The thread does not answer.');
    const questions = questionsFor(
      works,
      countedTags(all, (id) => names.get(id) ?? ''),
    );
    const answers = await thread.answers(questions.map(({ query }) => query));
    const { timed } = await thread.time(timedQueries(questions, answers), { isAlone: true, rounds: 60, warmUp: 15 });
    return timed.map((runs) => p50(runs));
  } finally {
    await thread.close();
  }
}

async function measureGrowth(works: number, questions: readonly AskedQuestion[]): Promise<Line> {
  const once = await measureInvented(works);
  say(`${works} works measured in memory`);
  const fourfold = await measureInvented(works * 4);
  const slopes = questions.map(
    (_, at) => Math.log((fourfold[at] ?? Number.NaN) / (once[at] ?? Number.NaN)) / Math.log(4),
  );
  const byName = (values: readonly number[]) => Object.fromEntries(questions.map(({ name }, at) => [name, values[at]]));
  return {
    measure: 'growth',
    works: [works, works * 4],
    p50_ms: byName(once),
    p50_ms_fourfold: byName(fourfold),
    slope: byName(slopes.map((slope) => rounded(slope, 2))),
  };
}

async function measure({ works, keep, growth }: Asked, tell: (line: Line) => void): Promise<string[]> {
  const differences: string[] = [];
  const archive = await openFilledArchive(works, SEED, keep);
  say(`${works} works ${archive.seconds === 0 ? 'were there' : `filled in after ${Math.round(archive.seconds)} s`}`);
  const flat = await openFlatWorks();
  if (flat === null) say('PostgreSQL is not here: no ratios.');
  const thread = new AskedThread();
  try {
    const all = await indexed(archive, works);
    const { questions, segment, tags } = all;
    say(`index made in ${Math.round(all.rebuildMs)} ms`);
    const last = await readDocuments(all, works, flat);
    await thread.feed(segment);
    const { answers, timed, undivided, floor } = await measureQueries(thread, all);
    const postgres = flat && (await measurePostgres(flat, questions, answers, differences));
    await comparedWithPlainSql(all, answers, 'at rest', differences);
    for (const [at, { name }] of questions.entries()) {
      const total = answers[at]?.total ?? Number.NaN;
      if (floor.matches[at] !== total)
        differences.push(`${name}: ${total} matches, looked at one by one ${floor.matches[at]}`);
      const own = quantile(timed[at] ?? [], 0.5);
      const inOneThread = quantile(undivided.timed[at] ?? [], 0.5);
      const theirs = postgres?.[at];
      tell({
        query: name,
        matches: total,
        p50_ms: p50(timed[at] ?? []),
        p99_ms: p99(timed[at] ?? []),
        ratio: theirs === undefined ? null : rounded(theirs / own),
        // The bare pass is one thread's, so what is held against it is one thread's too.
        floor_ratio: rounded(inOneThread / quantile(floor.timed[at] ?? [], 0.5), 2),
        one_thread_p50_ms: rounded(inOneThread, 3),
        processor_ms: rounded(undivided.processorMs[at] ?? Number.NaN, 3),
        postgres_ms: theirs === undefined ? null : rounded(theirs, 1),
        address: `/works?${questions[at]?.address ?? ''}`,
      });
    }
    const { prefix, infix } = typed(tags);
    for (const [kind, queries] of Object.entries({ prefix, infix })) {
      const runs = await thread.suggest(queries);
      tell({ measure: 'suggest', kind, tags: tags.length, p50_ms: p50(runs), p99_ms: p99(runs) });
    }
    const memory = await measureMemory({
      dataFolder: archive.folder,
      queries: questions.map(({ query }) => query),
      documents: last,
      merges: MERGES,
    });
    for (const line of memoryLines(memory, all.rebuildMs)) tell(line);
    tell(await measureWrites(all, last, timedQueries(questions, answers), differences));
    await thread.close();
    if (growth) tell(await measureGrowth(works, questions));
    return differences;
  } finally {
    await thread.close();
    await flat?.close();
    await archive.close();
  }
}

function memoryLines(memory: MemoryFigures, rebuildMs: number): Line[] {
  const perWork = (bytes: number) => rounded(bytes / memory.works);
  const megabytes = (bytes: number) => rounded(bytes / 1e6);
  return [
    {
      measure: 'memory',
      bytes_a_work: perWork(memory.engineBytes),
      segment_bytes_a_work: perWork(memory.segmentBytes),
      process_bytes_a_work: perWork(memory.restingBytes),
      changed_bytes_a_work: perWork(memory.changedBytes),
      merging_bytes_a_work: perWork(memory.mergingBytes),
    },
    { measure: 'start', snapshot_ms: rounded(memory.startMs), rebuild_ms: rounded(rebuildMs) },
    {
      measure: 'merges',
      merges: memory.afterMerges.length,
      p50_ms: p50(memory.mergeMs),
      first_mb: megabytes(memory.afterMerges[0] ?? Number.NaN),
      last_mb: megabytes(memory.afterMerges.at(-1) ?? Number.NaN),
      most_mb: megabytes(Math.max(...memory.afterMerges)),
    },
  ];
}

async function measureWrites(
  all: Indexed,
  last: readonly IndexDocument[],
  queries: readonly TimedQuery[],
  differences: string[],
): Promise<Line> {
  const { quiet, busy, merges, answers } = await askWhileWriting(all.segment, last, queries);
  const before = differences.length;
  await comparedWithPlainSql(all, answers, 'after an import', differences);
  const times = queries.map((_, at) => quantile(busy[at] ?? [], 0.99) / quantile(quiet[at] ?? [], 0.5));
  return {
    measure: 'writes',
    imported: last.length,
    merges,
    answers: busy.reduce((sum, runs) => sum + runs.length, 0),
    quiet_p50_ms: p50(quiet.flat()),
    quiet_p99_ms: p99(quiet.flat()),
    p50_ms: p50(busy.flat()),
    p99_ms: p99(busy.flat()),
    /** The p99 of all questions together over their quiet p50, and the worst of the same for each question alone. */
    times_quiet: rounded(quantile(busy.flat(), 0.99) / quantile(quiet.flat(), 0.5)),
    times_quiet_worst: rounded(Math.max(...times)),
    times_quiet_each: Object.fromEntries(all.questions.map(({ name }, at) => [name, rounded(times[at] ?? Number.NaN)])),
    wrong: differences.length - before,
  };
}

async function main(): Promise<void> {
  const how = asked();
  const lines: Line[] = [];
  const differences = await measure(how, (line) => {
    lines.push(line);
    if (how.json) process.stdout.write(`${JSON.stringify(line)}\n`);
  });
  if (!how.json) process.stdout.write(goalsTable(lines));
  for (const difference of differences)
    process.stdout.write(how.json ? `${JSON.stringify({ difference })}\n` : `WRONG  ${difference}\n`);
  if (differences.length > 0) process.exitCode = 1;
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
await main();
