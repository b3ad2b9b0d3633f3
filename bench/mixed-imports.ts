/**
 * What an import of everything costs: a folder of files in every format, brought in by the real `./fanfold import`; once
 * more when it is all there; and once with Ctrl-C at 30 % and `kill -9` at 60 %, taken up each time. Each kind alone says
 * which of them is slow.
 *
 *   npm run bench:mixed -- --files 10000 --each 400 --json
 *   npm run bench:mixed -- --kind flattened --files 500
 *
 * `--kind` (several times): these kinds alone. `--each N`: also N files of each kind by itself. `--apart`: each kind in a
 * folder of its own, which is harder for a progress that is to be true. `--short`: the first run only.
 */
import SQLite from 'better-sqlite3';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findingsTable, rounded, type Finding } from './figures.ts';
import { familyOf, KIND_NAMES, writeMixedFiles, type KindName, type MixedFolder } from './mixed-files.ts';
import { busiestThreadSecondsOf, memoryOf, processorSecondsOf, startProgram } from './programs.ts';
import { corpusFile } from './story-files.ts';

const SEED = 1;
const SAMPLE_EVERY_MS = 250;
const GOALS = { text: 100, epub: 30, memoryMb: 500, progress: 0.1 };
/** What a program that Ctrl-C has ended says to its shell. */
const STOPPED = 130;

interface Asked {
  files: number;
  kinds: readonly KindName[];
  each: number;
  apart: boolean;
  short: boolean;
  json: boolean;
}

function asked(): Asked {
  const { values } = parseArgs({
    options: {
      files: { type: 'string', default: '10000' },
      kind: { type: 'string', multiple: true, default: [] },
      each: { type: 'string', default: '0' },
      apart: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const [files, each] = [Number(values.files), Number(values.each)];
  if (!Number.isInteger(files) || files < 1) throw new Error('--files takes a whole number from 1.');
  if (!Number.isInteger(each) || each < 0) throw new Error('--each takes a whole number.');
  const kinds = values.kind.map((name) => {
    const kind = KIND_NAMES.find((one) => one === name);
    if (!kind) throw new Error(`--kind takes one of ${KIND_NAMES.join(', ')}.`);
    return kind;
  });
  return { ...values, files, each, kinds: kinds.length > 0 ? kinds : KIND_NAMES };
}

interface Ran {
  code: number | null;
  /** From the command to its end. */
  seconds: number;
  processorSeconds: number;
  /** Of the busiest thread: what the run would take at least, had it the machine to itself. */
  busiestSeconds: number;
  firstReportSeconds: number;
  outcomes: Record<string, number>;
  reported: number;
  samples: Sample[];
}

interface Sample {
  seconds: number;
  reported: number;
  megabytes: number;
  processorSeconds: number;
  /** What the program says is done, 0 to 1; null before it knows how much there is. */
  share: number | null;
}

/** Runs the import to its end, or sends `signal` once so many files are reported. */
async function runImport(stories: string, data: string, end?: { after: number; signal: NodeJS.Signals }): Promise<Ran> {
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  const program = startProgram(['import', stories, '--post'], data);
  const ran: Ran = {
    code: null,
    seconds: 0,
    processorSeconds: 0,
    busiestSeconds: 0,
    firstReportSeconds: Number.NaN,
    outcomes: {},
    reported: 0,
    samples: [],
  };
  const archive = watchArchive(data);
  program.onLine((line) => {
    const outcome = /^(posted|draft|unchanged|update|refused) +\S+ +\S/.exec(line)?.[1];
    if (outcome === undefined) return;
    if (ran.reported === 0) ran.firstReportSeconds = since();
    ran.reported += 1;
    ran.outcomes[outcome] = (ran.outcomes[outcome] ?? 0) + 1;
    if (ran.reported === end?.after) program.process.kill(end.signal);
  });
  const timer = setInterval(() => {
    const megabytes = memoryOf(program);
    // The reading process ends before the program does, and is then no longer counted.
    ran.processorSeconds = Math.max(processorSecondsOf(program) ?? 0, ran.processorSeconds);
    const { reported, processorSeconds } = ran;
    if (megabytes !== null)
      ran.samples.push({ seconds: since(), reported, megabytes, processorSeconds, share: archive.shareDone() });
    ran.busiestSeconds = Math.max(busiestThreadSecondsOf(program) ?? 0, ran.busiestSeconds);
  }, SAMPLE_EVERY_MS);
  ran.code = await program.ended;
  clearInterval(timer);
  archive.close();
  ran.seconds = since();
  return ran;
}

/** Reads beside the running import what its record says is done: the share that the bar and the page show. */
function watchArchive(data: string): { shareDone(): number | null; close(): void } {
  let file: SQLite.Database | null = null;
  return {
    shareDone() {
      try {
        file ??= new SQLite(join(data, 'fanfold.db'), { readonly: true, fileMustExist: true });
        const row = file.prepare('select weight, weight_done as done from imports order by id desc limit 1').get();
        const { weight, done } = row as { weight: number; done: number };
        return weight > 0 ? done / weight : null;
      } catch {
        return null;
      }
    },
    close: () => file?.close(),
  };
}

/**
 * The largest difference between the share said to be done and the share of the time gone, from when it is first said; and
 * the same against processor time, which other programs on the machine do not slow.
 */
function progressError(ran: Ran): { off: number; said: number; time: number; offByProcessor: number } {
  const said = ran.samples.flatMap((sample) => (sample.share === null ? [] : [{ ...sample, share: sample.share }]));
  const [first] = said;
  const shareOf = (now: number, from = 0, to = 0) => (now - from) / (to - from);
  const worst = { off: 0, said: 0, time: 0, offByProcessor: 0 };
  for (const { seconds, processorSeconds, share } of said) {
    const time = shareOf(seconds, first?.seconds, ran.seconds);
    const off = Math.abs(share - time);
    if (off > worst.off) Object.assign(worst, { off, said: share, time });
    const processor = shareOf(processorSeconds, first?.processorSeconds, ran.processorSeconds);
    worst.offByProcessor = Math.max(worst.offByProcessor, Math.abs(share - processor));
  }
  return worst;
}

interface Holds {
  /** What became of each file, and of which work it is a part. */
  files: { path: string; outcome: string; work: number | null; format: string | null }[];
  works: number;
  originals: string[];
  blobs: string[];
}

/** What an archive holds of an import once it has ended. */
function holdingsOf(data: string): Holds {
  const file = new SQLite(join(data, 'fanfold.db'), { readonly: true, fileMustExist: true });
  try {
    const all = <Row>(sql: string): Row[] => file.prepare(sql).all() as Row[];
    return {
      files: all('select path, outcome, work_id as work, format from import_files order by path'),
      works: all<{ works: number }>('select count(*) as works from works')[0]?.works ?? 0,
      originals: all<{ blob: string }>('select distinct blob from import_originals order by blob').map(
        ({ blob }) => blob,
      ),
      // Where every file was refused there is no folder of originals.
      blobs: (existsSync(join(data, 'files'))
        ? readdirSync(join(data, 'files'), { recursive: true, withFileTypes: true })
        : []
      )
        .filter((entry) => entry.isFile() && !entry.name.endsWith('.part'))
        .map((entry) => entry.name)
        .toSorted(),
    };
  } finally {
    file.close();
  }
}

/** What is twice, lost or different in an archive whose import was interrupted, in words. */
function differences(whole: Holds, interrupted: Holds): string[] {
  const wrong: string[] = [];
  const say = (what: string, a: unknown, b: unknown) => {
    if (JSON.stringify(a) !== JSON.stringify(b)) wrong.push(what);
  };
  const became = ({ files }: Holds) => files.map(({ path, outcome, format }) => [path, outcome, format]);
  say('what became of files', became(whole), became(interrupted));
  say(`works: ${whole.works} and ${interrupted.works}`, whole.works, interrupted.works);
  say('originals named', whole.originals, interrupted.originals);
  say('originals kept', whole.blobs, interrupted.blobs);
  const brought = interrupted.files.filter(({ outcome }) => outcome === 'posted' || outcome === 'draft');
  if (brought.some(({ work }) => work === null)) wrong.push('files without their work');
  if (new Set(brought.map(({ work }) => work)).size !== interrupted.works) wrong.push('works without their files');
  return wrong;
}

async function measureInterrupted(
  stories: string,
  data: string,
  files: number,
  whole: { seconds: number; holds: Holds },
) {
  const first = await runImport(stories, data, { after: Math.floor(files * 0.3), signal: 'SIGINT' });
  const second = await runImport(stories, data, { after: Math.floor(files * 0.3), signal: 'SIGKILL' });
  const third = await runImport(stories, data);
  const seconds = first.seconds + second.seconds + third.seconds;
  return {
    stoppedWith: first.code,
    killed: second.code === null,
    reported: [first.reported, second.reported, third.reported],
    secondsToGoOn: [rounded(second.firstReportSeconds, 2), rounded(third.firstReportSeconds, 2)],
    seconds: rounded(seconds),
    timesTheWhole: rounded(seconds / whole.seconds, 2),
    wrong: differences(whole.holds, holdingsOf(data)),
  };
}

function memory(ran: Ran, files: number) {
  const at = (share: number) =>
    rounded(ran.samples.find((sample) => sample.reported >= files * share)?.megabytes ?? Number.NaN, 0);
  const most = rounded(Math.max(...ran.samples.map((sample) => sample.megabytes)), 0);
  return { at10: at(0.1), at50: at(0.5), at90: at(0.9), most };
}

function speed(ran: Ran, files: number) {
  return {
    filesASecond: rounded(files / ran.seconds),
    /** Without the start of the program: from the first report on. */
    filesASecondOnceBegun: rounded((files - 1) / (ran.seconds - ran.firstReportSeconds)),
    processorMsAFile: rounded((ran.processorSeconds * 1000) / files, 2),
    /** What two processors of its own would allow: no faster than the busiest thread, nor than both together. */
    filesASecondUndisturbed: rounded(files / Math.max(ran.busiestSeconds, ran.processorSeconds / 2)),
    firstReportSeconds: rounded(ran.firstReportSeconds, 2),
    outcomes: ran.outcomes,
  };
}

async function measureKind(kind: KindName, folder: string, count: number) {
  const stories = join(folder, `only-${kind}`);
  const { files, bytes } = writeMixedFiles(stories, count, SEED, { kinds: [kind] });
  const data = join(folder, `data-${kind}`);
  const ran = await runImport(stories, data);
  const formats = [...new Set(holdingsOf(data).files.map(({ format }) => format ?? 'none'))];
  for (const gone of [stories, data]) rmSync(gone, { recursive: true, force: true });
  return {
    kind,
    family: familyOf(kind),
    formats,
    ...speed(ran, files),
    kilobytesAFile: rounded(bytes / files / 1024),
    mostMemoryMb: memory(ran, files).most,
    load: rounded(loadavg()[0] ?? 0),
  };
}

async function measure(folder: string, options: Asked) {
  const at = (name: string) => join(folder, name);
  const wrote: MixedFolder = writeMixedFiles(at('stories'), options.files, SEED, options);
  const loadBefore = loadavg()[0] ?? 0;
  const ran = await runImport(at('stories'), at('whole'));
  const load = { before: rounded(loadBefore), after: rounded(loadavg()[0] ?? 0) };
  const holds = holdingsOf(at('whole'));
  const formats: Record<string, number> = {};
  for (const { format } of holds.files) formats[format ?? 'none'] = (formats[format ?? 'none'] ?? 0) + 1;
  const progress = progressError(ran);
  const again = options.short ? null : await runImport(at('stories'), at('whole'));
  const interrupted = options.short
    ? null
    : await measureInterrupted(at('stories'), at('interrupted'), wrote.files, { seconds: ran.seconds, holds });
  for (const name of ['stories', 'whole', 'interrupted']) rmSync(at(name), { recursive: true, force: true });
  const kinds = [];
  if (options.each > 0) for (const kind of options.kinds) kinds.push(await measureKind(kind, folder, options.each));
  return {
    ...wrote,
    load,
    seconds: rounded(ran.seconds),
    ...speed(ran, wrote.files),
    formats,
    recorded: holds.files.length,
    memoryMb: memory(ran, wrote.files),
    progress: {
      off: rounded(progress.off, 3),
      said: rounded(progress.said, 2),
      time: rounded(progress.time, 2),
      offByProcessor: rounded(progress.offByProcessor, 3),
    },
    again: again && speed(again, wrote.files),
    interrupted,
    kinds,
  };
}

type Result = Awaited<ReturnType<typeof measure>>;

const percent = (share: number) => `${rounded(share * 100)} %`;

function findings(result: Result, options: Asked): Finding[] {
  const { memoryMb, progress, again, interrupted } = result;
  const about = (what: string, found: string): Finding => ({ what, found, goal: '', met: null });
  const families = new Set(options.kinds.map(familyOf));
  const [only] = families.size === 1 ? [...families] : [];
  const goal = only === 'text' || only === 'epub' ? GOALS[only] : null;
  return [
    {
      what: `files a second (${result.files} files, load ${result.load.before} to ${result.load.after})`,
      found: `${result.filesASecond} (at most ${result.filesASecondUndisturbed} undisturbed), ${result.processorMsAFile} ms of a processor each`,
      goal: goal === null ? '' : `≥ ${goal}`,
      met: goal === null ? null : result.filesASecond >= goal,
    },
    about('what became of them', outcomesSaid(result.outcomes)),
    about('first report', `${result.firstReportSeconds} s`),
    {
      what: 'most memory',
      found: `${memoryMb.most} MB (10 %: ${memoryMb.at10}, 50 %: ${memoryMb.at50}, 90 %: ${memoryMb.at90})`,
      goal: `< ${GOALS.memoryMb} MB`,
      met: memoryMb.most < GOALS.memoryMb,
    },
    {
      what: 'progress is off by at most',
      found: `${percent(progress.off)} (said ${percent(progress.said)} at ${percent(progress.time)} of the time); of processor time ${percent(progress.offByProcessor)}`,
      goal: `≤ ${percent(GOALS.progress)}`,
      met: progress.off <= GOALS.progress,
    },
    ...(again === null
      ? []
      : [about('the same again', `${again.filesASecond} a second, ${outcomesSaid(again.outcomes)}`)]),
    ...(interrupted === null ? [] : interruptedFindings(interrupted)),
    ...result.kinds.map((kind): Finding => {
      const least = kind.family === 'text' || kind.family === 'epub' ? GOALS[kind.family] : null;
      return {
        what: `${kind.kind} alone (load ${kind.load})`,
        found: `${kind.filesASecondOnceBegun} a second (at most ${kind.filesASecondUndisturbed}), ${kind.processorMsAFile} ms each, ${kind.mostMemoryMb} MB, read as ${kind.formats.join(', ')}`,
        goal: least === null ? '' : `≥ ${least}`,
        met: least === null ? null : kind.filesASecondOnceBegun >= least,
      };
    }),
  ];
}

function outcomesSaid(outcomes: Record<string, number>): string {
  return Object.entries(outcomes)
    .map(([outcome, count]) => `${count} ${outcome}`)
    .join(', ');
}

function interruptedFindings(interrupted: NonNullable<Result['interrupted']>): Finding[] {
  const { stoppedWith, killed, reported, seconds, timesTheWhole, secondsToGoOn, wrong } = interrupted;
  return [
    {
      what: 'stopped at 30 %, killed at 60 %, taken up',
      found: wrong.length === 0 ? `the same archive; reported ${reported.join(' + ')}` : wrong.join('; '),
      goal: 'nothing twice or lost',
      met: wrong.length === 0 && stoppedWith === STOPPED && killed,
    },
    {
      what: 'time of it',
      found: `${seconds} s, ${timesTheWhole} times the undisturbed one; went on after ${secondsToGoOn.join(' and ')} s`,
      goal: '',
      met: null,
    },
  ];
}

async function main(): Promise<void> {
  const options = asked();
  if (!existsSync(corpusFile())) {
    process.stderr.write('The corpora are not here; name their folder in FANFOLD_CORPORA.\n');
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'fanfold-bench-'));
  try {
    const result = await measure(folder, options);
    process.stdout.write(
      options.json ? `${JSON.stringify(result, null, 2)}\n` : findingsTable(findings(result, options)),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
