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
import { asked, findingsTable, quantile, rounded } from './figures.ts';
import {
  memoryOf,
  processorSecondsOf,
  waitedSecondsOf,
  startProgram,
  startServer,
  type Program,
} from './programs.ts';
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
    processorSeconds = processorSecondsOf(program) ?? processorSeconds;
  };
  const timer = setInterval(look, SAMPLE_EVERY_MS);
  const code = await program.ended;
  clearInterval(timer);
  if (code !== 0) throw new Error(`The import ended with ${code}.`);
  return { seconds: (performance.now() - began) / 1000, processorSeconds, outcomes, memory, posted };
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

async function main(): Promise<void> {
  const { works, json } = asked(10_000);
  if (!existsSync(corpusFile())) {
    process.stderr.write('The corpora are not here; name their folder in FANFOLD_CORPORA.\n');
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-bench-'));
  const [stories, data, aside, delayFile] = ['stories', 'data', 'aside', 'delay.json'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  try {
    const words = writeStoryFiles(stories, works, SEED);
    const { program: server, address } = await startServer(data, delayFile);
    const idle = askOften(address, []);
    await sleep(2_000);
    await idle.stop();
    const delayIdle = await delaySince(server, delayFile);
    const posted: string[] = [];
    const requests = askOften(address, posted);
    const serverBefore = processorSecondsOf(server) ?? 0;
    const [busyBefore, began] = [busySecondsOfMachine(), performance.now()];
    const imported = await runImport(stories, data, false, posted);
    const serverSeconds = (processorSecondsOf(server) ?? 0) - serverBefore;
    const others =
      (busySecondsOfMachine() -
        busyBefore -
        serverSeconds -
        imported.processorSeconds -
        process.cpuUsage().user / 1e6) /
      ((performance.now() - began) / 1000);
    const delay = await delaySince(server, delayFile);
    await requests.stop();
    server.process.kill('SIGTERM');
    await server.ended;
    const dry = await runImport(stories, aside, true);

    const memoryAt = (share: number) =>
      imported.memory.find((sample) => sample.done >= works * share)?.megabytes ?? Number.NaN;
    const result = {
      works,
      wordsAWork: Math.round(words / works),
      outcomes: imported.outcomes,
      worksASecond: rounded(works / imported.seconds),
      processorMsAWork: rounded((imported.processorSeconds * 1000) / works, 2),
      dryRunWorksASecond: rounded(works / dry.seconds),
      importToDryRun: rounded(dry.processorSeconds / imported.processorSeconds, 2),
      memoryMb: {
        at10: rounded(memoryAt(0.1)),
        at50: rounded(memoryAt(0.5)),
        at90: rounded(memoryAt(0.9)),
        most: rounded(Math.max(...imported.memory.map((sample) => sample.megabytes))),
      },
      serverDelayMs: { p50: rounded(delay.p50), p99: rounded(delay.p99), max: rounded(delay.max) },
      serverDelayAloneMs: { p50: rounded(delayIdle.p50), p99: rounded(delayIdle.p99), max: rounded(delayIdle.max) },
      serverProcessorShare: rounded(serverSeconds / imported.seconds, 2),
      requests: {
        count: requests.milliseconds.length,
        failures: requests.failures,
        p50Ms: rounded(quantile(requests.milliseconds, 0.5)),
        p99Ms: rounded(quantile(requests.milliseconds, 0.99)),
      },
      otherProcessorsBusy: rounded(Math.max(0, others), 2),
    };
    if (json) return void process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    const { memoryMb, serverDelayMs, requests: answered } = result;
    process.stdout.write(
      findingsTable([
        {
          what: `works a second (${works} of ${result.wordsAWork} words)`,
          found: `${result.worksASecond}`,
          goal: `≥ ${WORKS_A_SECOND}`,
          met: result.worksASecond >= WORKS_A_SECOND,
        },
        {
          what: 'most memory of the importer',
          found: `${memoryMb.most} MB (10 %: ${memoryMb.at10}, 50 %: ${memoryMb.at50}, 90 %: ${memoryMb.at90})`,
          goal: `< ${MEMORY_MB} MB`,
          met: memoryMb.most < MEMORY_MB,
        },
        {
          what: 'delay of the server’s event loop, p99',
          found: `${serverDelayMs.p99} ms (p50 ${serverDelayMs.p50}, max ${serverDelayMs.max})`,
          goal: `< ${DELAY_MS} ms`,
          met: serverDelayMs.p99 < DELAY_MS,
        },
        { what: 'the same before the import', found: `${result.serverDelayAloneMs.p99} ms`, goal: '', met: null },
        {
          what: 'answers of the server, p50 / p99',
          found: `${answered.p50Ms} / ${answered.p99Ms} ms of ${answered.count}, ${answered.failures} failed`,
          goal: 'none failed',
          met: answered.failures === 0,
        },
        { what: 'processor time a work', found: `${result.processorMsAWork} ms`, goal: '', met: null },
        {
          what: 'of it for reading and cleaning',
          found: `${Math.round(result.importToDryRun * 100)} %`,
          goal: '',
          met: null,
        },
        {
          what: 'server’s processor time meanwhile',
          found: `${Math.round(result.serverProcessorShare * 100)} % of one`,
          goal: '',
          met: null,
        },
        { what: 'processors busy with other programs', found: `${result.otherProcessorsBusy}`, goal: '', met: null },
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
