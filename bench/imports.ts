/**
 * What an import costs, and what a server notices of it. Writes a folder of stories, starts a server, runs the real
 * `./fanfold import` beside it on the same data folder, and asks the server for pages all the while. A dry run of the
 * same files on an empty archive, alone, says how much of the time is reading and cleaning.
 *
 *   npm run bench:imports -- --works 10000 --json
 */
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asked, findingsTable, quantile, rounded, type Finding } from './figures.ts';
import { memoryOf, processorSecondsOf, waitedSecondsOf, startProgram, startServer, type Program } from './programs.ts';
import { corpusFile, writeStoryFiles } from './story-files.ts';

const SEED = 1;
const WORKS_A_SECOND = 150;
const MEMORY_MB = 400;
const DELAY_MS = 50;
const SAMPLE_EVERY_MS = 200;
const REQUEST_EVERY_MS = 50;

interface Imported {
  seconds: number;
  processorSeconds: number;
  /** Seconds in which it could have worked and no processor was free. */
  waitedSeconds: number;
  outcomes: Record<string, number>;
  /** Megabytes at each sample, with how many files were done then. */
  memory: { done: number; megabytes: number }[];
  /** Public ids of works posted so far. */
  posted: string[];
}

/** Runs an import to its end and watches it. `posted` grows while it runs. */
async function runImport(folder: string, data: string, dryRun: boolean, posted: string[] = []): Promise<Imported> {
  const began = performance.now();
  const program = startProgram(['import', folder, '--post', '--public', ...(dryRun ? ['--dry-run'] : [])], data);
  const outcomes: Record<string, number> = {};
  let done = 0;
  let processorSeconds = 0;
  let waitedSeconds = 0;
  const memory: Imported['memory'] = [];
  program.onLine((line) => {
    const [, outcome, id] = /^(posted|draft|unchanged|update|refused) +(\S+) +\S*story-/.exec(line) ?? [];
    if (outcome === undefined || id === undefined) return;
    done += 1;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (outcome === 'posted') posted.push(id);
  });
  const look = () => {
    const megabytes = memoryOf(program);
    if (megabytes !== null) memory.push({ done, megabytes });
    // The reading process ends before the program does, and is then no longer counted.
    processorSeconds = Math.max(processorSecondsOf(program) ?? 0, processorSeconds);
    waitedSeconds = waitedSecondsOf(program) ?? waitedSeconds;
  };
  const timer = setInterval(look, SAMPLE_EVERY_MS);
  const code = await program.ended;
  clearInterval(timer);
  if (code !== 0) throw new Error(`The import ended with ${code}.`);
  return { seconds: (performance.now() - began) / 1000, processorSeconds, waitedSeconds, outcomes, memory, posted };
}

/** Asks for the list and for works posted meanwhile, one request every 50 ms whether the last was answered or not. */
function askOften(
  address: string,
  posted: readonly string[],
): { milliseconds: number[]; failures: number; stop: () => Promise<void> } {
  const seen = { milliseconds: [] as number[], failures: 0 };
  const open = new Set<Promise<void>>();
  let turn = 0;
  const ask = async () => {
    turn += 1;
    const work = posted[Math.floor(posted.length * 0.9)];
    const path = turn % 2 === 0 && work !== undefined ? `/works/${work}` : '/works';
    const began = performance.now();
    try {
      const response = await fetch(address + path);
      await response.arrayBuffer();
      if (response.status >= 500) seen.failures += 1;
    } catch {
      seen.failures += 1;
    }
    seen.milliseconds.push(performance.now() - began);
  };
  const timer = setInterval(() => {
    const asking = ask().finally(() => open.delete(asking));
    open.add(asking);
  }, REQUEST_EVERY_MS);
  return Object.assign(seen, {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(open);
    },
  });
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

async function measure(folder: string, works: number) {
  const [stories, data, aside, delayFile] = ['stories', 'data', 'aside', 'delay.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  const words = writeStoryFiles(stories, works, SEED);
  const { program: server, address } = await startServer(data, delayFile);
  const before = askOften(address, []);
  await sleep(2_000);
  await before.stop();
  const delayAlone = await delaySince(server, delayFile);

  const posted: string[] = [];
  const requests = askOften(address, posted);
  const [usedBefore, waitedBefore] = [processorSecondsOf(server) ?? 0, waitedSecondsOf(server) ?? 0];
  const imported = await runImport(stories, data, false, posted);
  const delay = await delaySince(server, delayFile);
  const [used, waited] = [
    (processorSecondsOf(server) ?? 0) - usedBefore,
    (waitedSecondsOf(server) ?? 0) - waitedBefore,
  ];
  await requests.stop();
  server.process.kill('SIGTERM');
  await server.ended;
  const dry = await runImport(stories, aside, true);

  const memoryAt = (share: number) =>
    rounded(imported.memory.find((sample) => sample.done >= works * share)?.megabytes ?? Number.NaN);
  const delayOf = ({ p50, p99, max }: Delay) => ({ p50: rounded(p50), p99: rounded(p99), max: rounded(max) });
  return {
    works,
    wordsAWork: Math.round(words / works),
    outcomes: imported.outcomes,
    worksASecond: rounded(works / imported.seconds),
    /** What this machine's other programs took away is counted out: the time in which no processor was free. */
    worksASecondUndisturbed: rounded(works / (imported.seconds - imported.waitedSeconds)),
    processorMsAWork: rounded((imported.processorSeconds * 1000) / works, 2),
    readingAndCleaningShare: rounded(dry.processorSeconds / imported.processorSeconds, 2),
    memoryMb: {
      at10: memoryAt(0.1),
      at50: memoryAt(0.5),
      at90: memoryAt(0.9),
      most: rounded(Math.max(...imported.memory.map((sample) => sample.megabytes))),
    },
    server: {
      delayMs: delayOf(delay),
      delayAloneMs: delayOf(delayAlone),
      processorShare: rounded(used / imported.seconds, 2),
      answers: requests.milliseconds.length,
      failures: requests.failures,
      answerMs: {
        p50: rounded(quantile(requests.milliseconds, 0.5)),
        p99: rounded(quantile(requests.milliseconds, 0.99)),
      },
    },
    waitedForProcessor: {
      importer: rounded(imported.waitedSeconds / imported.seconds, 2),
      server: rounded(waited / imported.seconds, 2),
    },
  };
}

function findings(result: Awaited<ReturnType<typeof measure>>): Finding[] {
  const { memoryMb, server, waitedForProcessor } = result;
  const share = (value: number) => `${Math.round(value * 100)} %`;
  const forInformation = (what: string, found: string) => ({ what, found, goal: '', met: null });
  return [
    {
      what: `works a second (${result.works} of ${result.wordsAWork} words)`,
      found: `${result.worksASecond} (${result.worksASecondUndisturbed} with a processor to itself)`,
      goal: `≥ ${WORKS_A_SECOND}`,
      met: result.worksASecondUndisturbed >= WORKS_A_SECOND,
    },
    {
      what: 'most memory of the importer',
      found: `${memoryMb.most} MB (10 %: ${memoryMb.at10}, 50 %: ${memoryMb.at50}, 90 %: ${memoryMb.at90})`,
      goal: `< ${MEMORY_MB} MB`,
      met: memoryMb.most < MEMORY_MB,
    },
    {
      what: 'delay of the server’s event loop, p99',
      found: `${server.delayMs.p99} ms (p50 ${server.delayMs.p50}, max ${server.delayMs.max})`,
      goal: `< ${DELAY_MS} ms`,
      met: server.delayMs.p99 < DELAY_MS,
    },
    forInformation('the same before the import', `${server.delayAloneMs.p99} ms`),
    {
      what: 'answers of the server, p50 / p99',
      found: `${server.answerMs.p50} / ${server.answerMs.p99} ms of ${server.answers}, ${server.failures} failed`,
      goal: 'none failed',
      met: server.failures === 0,
    },
    forInformation(
      'processor time a work',
      `${result.processorMsAWork} ms, ${share(result.readingAndCleaningShare)} of it reading and cleaning`,
    ),
    forInformation('processor time of the server meanwhile', `${share(server.processorShare)} of one`),
    forInformation(
      'time waited for a processor',
      `importer ${share(waitedForProcessor.importer)}, server ${share(waitedForProcessor.server)}`,
    ),
  ];
}

async function main(): Promise<void> {
  const { works, json } = asked(10_000);
  if (!existsSync(corpusFile())) {
    process.stderr.write('The corpora are not here; name their folder in FANFOLD_CORPORA.\n');
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-bench-'));
  try {
    const result = await measure(folder, works);
    process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : findingsTable(findings(result)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
