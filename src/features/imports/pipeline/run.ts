/**
 * An import from the first file to the last. Files are prepared a few at a time and kept in transactions of at most
 * 50 ms with time between them, so that a server beside it goes on answering; a file is reported once it is safe.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isRefusal } from '../../../platform/db/database.ts';
import type { Ground } from '../../../platform/ground.ts';
import { defaultPseud, type Viewer } from '../../accounts/index.ts';
import { siteRules } from '../../site/index.ts';
import { languages, vocabulary } from '../../tags/index.ts';
import {
  draftOutcome,
  keepImport,
  outcomeOfKnown,
  sourceNames,
  type KeptImport,
  type PreparedImport,
} from '../actions.ts';
import type { FileReport, ImportOptions } from '../import-options.ts';
import { findKnownSource } from '../queries.ts';
import type { Found } from './collect.ts';
import { guessLanguage } from './guess-language.ts';
import { prepareFile, type Preparation, type Prepared } from './prepare.ts';

/** Files kept in one transaction, if they fit into its time: each transaction costs a wait for the disk. */
const BATCH_FILES = 12;
/** Files in preparation at once, and their bytes: enough to hide the wait for the disk, few enough to keep memory flat. */
const UNDER_WAY = 24;
const UNDER_WAY_BYTES = 16 * 1024 * 1024;
/** A transaction takes no further file after this long, in milliseconds. */
const BATCH_MS = 35;
/** Pause between the transactions of one batch, in which others may write, in milliseconds. */
const PAUSE_MS = 2;

export interface ImportRun {
  ground: Ground;
  /** The account that imports. */
  viewer: Viewer & { accountId: number };
  options: ImportOptions;
  /** Called for every file once its outcome is final: written and safe, or refused. */
  onFile: (report: FileReport) => void;
}

/** Imports the files. @returns when the last of them has been reported. */
export async function runImport(found: readonly Found[], run: ImportRun): Promise<void> {
  const { ground, viewer, options } = run;
  const handle = ground.db.reads;
  const how: Preparation = {
    handle,
    cleaner: ground.cleaner,
    files: ground.files,
    rules: await siteRules(handle),
    known: {
      vocabulary: await vocabulary(handle),
      languages: await languages(handle),
      now: ground.now(),
      guessLanguage,
    },
    options,
    importer: {
      accountId: viewer.accountId,
      pseudId: options.dryRun ? 0 : (await defaultPseud(handle, viewer.accountId)).id,
    },
  };
  const seen = new Set<string>();
  for await (const batch of preparedBatches(found, how)) {
    if (options.dryRun) for (const file of batch) run.onFile(reportOf(file, foresee(file.prepared, run, seen)));
    else await keepBatch(batch, how, run);
  }
}

type InHand = { path: string; prepared: Prepared };

/**
 * Prepares files in order and hands them over a few at a time. The next ones are under way meanwhile, so that nobody
 * waits for the disk.
 */
async function* preparedBatches(found: readonly Found[], how: Preparation): AsyncGenerator<InHand[]> {
  const underWay: { bytes: number; ready: Promise<InHand> }[] = [];
  let bytes = 0;
  let next = 0;
  const begin = () => {
    for (let file = found[next]; file && underWay.length < UNDER_WAY; file = found[next]) {
      const size = 'problem' in file ? 0 : file.bytes;
      if (underWay.length > 0 && bytes + size > UNDER_WAY_BYTES) return;
      underWay.push({ bytes: size, ready: prepared(file, how) });
      bytes += size;
      next += 1;
    }
  };
  for (begin(); underWay.length > 0; begin()) {
    const batch = await Promise.all(underWay.slice(0, BATCH_FILES).map((one) => one.ready));
    for (const one of underWay.splice(0, batch.length)) bytes -= one.bytes;
    begin();
    yield batch;
  }
}

async function prepared(file: Found, how: Preparation): Promise<InHand> {
  if ('problem' in file) return { path: file.path, prepared: absent(file.problem) };
  try {
    return { path: file.path, prepared: await prepareFile(file.path, file.bytes, how) };
  } catch (error) {
    // One file that trips the program must not keep the others out.
    return { path: file.path, prepared: absent(`This file could not be read: ${messageOf(error)}`) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function reportOf({ path, prepared }: InHand, kept: KeptImport): FileReport {
  return { file: path, ...kept, format: prepared.format, repairs: prepared.repairs, unmapped: prepared.unmapped };
}

/** What would become of a file, were it kept now. `seen`: the sources of the files before it. */
function foresee(prepared: Prepared, run: ImportRun, seen: Set<string>): KeptImport {
  if ('done' in prepared) return prepared.done;
  const keys = sourceNames(prepared.keep.keys);
  const twin = keys.some((key) => seen.has(key));
  for (const key of keys) seen.add(key);
  if (twin) return { outcome: 'unchanged', work: null, reason: 'It is the same as another of these files.' };
  const draft = draftOutcome(prepared.keep.work);
  return run.options.post && draft.reason === null ? { outcome: 'posted', work: null, reason: null } : draft;
}

function absent(reason: string): Prepared {
  return { format: null, repairs: [], unmapped: [], done: { outcome: 'refused', work: null, reason } };
}

async function keepBatch(batch: readonly InHand[], how: Preparation, run: ImportRun): Promise<void> {
  const waiting = [...batch];
  while (waiting.length > 0) {
    const ready = await withOriginalsKept(untilTwin(waiting), how);
    const taken = await keepSome(ready, run).catch((error: unknown) => keepOneAtMost(ready, run, error));
    // An erasure meanwhile may have taken an original that no row named yet; whoever put it in hand puts it back.
    for (const [index, { outcome }] of taken.entries()) {
      const prepared = ready[index]?.prepared;
      const isNew = outcome === 'posted' || outcome === 'draft';
      if (isNew && prepared && 'keep' in prepared) await how.files.put(prepared.original);
    }
    waiting.splice(0, taken.length);
    for (const report of taken) run.onFile(report);
    // Between two batches others write while the next files are read.
    if (waiting.length > 0) await sleep(PAUSE_MS);
  }
}

/** Keeps as many of the files, in order, as fit into one transaction. @returns what became of those. */
function keepSome(files: readonly InHand[], run: ImportRun): Promise<FileReport[]> {
  return run.ground.db.write(async (tx) => {
    const reports: FileReport[] = [];
    const until = performance.now() + BATCH_MS;
    for (const file of files) {
      const { prepared } = file;
      if (reports.length > 0 && performance.now() > until) break;
      const kept = 'done' in prepared ? prepared.done : await keep(prepared.keep, run, tx);
      reports.push(reportOf(file, kept));
    }
    return reports;
  });
}

/** After a batch that the database refused: the first file alone, which is refused itself if it was the one. */
async function keepOneAtMost(files: readonly InHand[], run: ImportRun, why: unknown): Promise<FileReport[]> {
  const [first] = files;
  if (!first || !isRefusal(why)) throw why;
  try {
    return await keepSome([first], run);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const reason = `The database does not take this file: ${messageOf(error)}`;
    return [reportOf(first, { outcome: 'refused', work: null, reason })];
  }
}

/** The files up to the first whose source is that of another among them: what becomes of it depends on that one. */
function untilTwin(files: readonly InHand[]): readonly InHand[] {
  const seen = new Set<string>();
  const twin = files.findIndex(({ prepared }) => {
    if ('done' in prepared) return false;
    const keys = sourceNames(prepared.keep.keys);
    if (keys.some((key) => seen.has(key))) return true;
    for (const key of keys) seen.add(key);
    return false;
  });
  return twin < 0 ? files : files.slice(0, twin);
}

/** Puts the originals away before a row can name them, but none of a work that has come in meanwhile. */
async function withOriginalsKept(files: readonly InHand[], how: Preparation): Promise<InHand[]> {
  return Promise.all(
    files.map(async (file) => {
      const { prepared } = file;
      if ('done' in prepared) return file;
      const known = await findKnownSource(how.handle, prepared.keep.keys);
      if (known) return { ...file, prepared: { ...prepared, done: outcomeOfKnown(known) } };
      await how.files.put(prepared.original);
      return file;
    }),
  );
}

function keep(prepared: PreparedImport, run: ImportRun, tx: Parameters<typeof keepImport>[0]) {
  return keepImport(tx, run.ground.now(), run.viewer, prepared, { post: run.options.post });
}
