/**
 * An import from the first file to the last. Files are prepared a few at a time and kept in transactions of at most
 * 50 ms with time between them, so that a server beside it goes on answering; a file is reported once it is safe. What
 * became of it is recorded in the same transaction, so that an import that was cut short goes on where it was.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { isRefusal } from '../../../platform/db/database.ts';
import { boundedKey } from '../../../platform/db/name-key.ts';
import type { Handle, Tx } from '../../../platform/db/tables.ts';
import type { Ground } from '../../../platform/ground.ts';
import type { Viewer } from '../../accounts/index.ts';
import {
  draftOutcome,
  keepImport,
  outcomeOfKnown,
  proposeUpdate,
  removeOriginal,
  sourceNames,
  type KeptImport,
} from '../actions.ts';
import { countGuesses } from '../guesses.ts';
import { PART_OF, type FileReport, type ImportOptions, type Total } from '../import-options.ts';
import { findKnownOriginals, findKnownSource, mayBeNamed, reasonWithoutName } from '../queries.ts';
import { countImport, endImport, recordFiles, touchImport, type RecordedFile } from '../runs.actions.ts';
import { recordedStamps } from '../runs.queries.ts';
import { bundle, type Bundle } from './bundles.ts';
import { weightOf, type Found, type NotFound } from './found-file.ts';
import { preparationFor } from './preparation.ts';
import { nearDuplicate, prepareBundle, type Preparation, type Prepared } from './prepare.ts';
import { startReading, type Reading } from './reading.ts';

/** Works kept in one transaction, if they fit into its time: each transaction costs a wait for the disk. */
const BATCH_WORKS = 12;
/** Works in preparation at once, and their bytes: enough to hide the wait for the disk, few enough to keep memory flat. */
const UNDER_WAY = 24;
const UNDER_WAY_BYTES = 16 * 1024 * 1024;
/** A transaction takes no further work after this long, in milliseconds. */
const BATCH_MS = 35;
/** Pause between the transactions of one batch, in which others may write, in milliseconds. */
const PAUSE_MS = 2;

export interface ImportRun {
  ground: Ground;
  /** The account that imports. */
  viewer: Viewer & { accountId: number };
  options: ImportOptions;
  /** Where the import is recorded; absent for what nobody looks through or undoes: a dry run, the samples. */
  importId?: number;
  /** Reads the files; threads of its own when there are none. */
  reading?: Reading;
  /** Ends the import after the files in hand. */
  signal?: AbortSignal;
  /** Whether an import that the signal has ended is left as one that goes on by itself later. */
  leaveOpen?: () => boolean;
  /** Called before the first file: how many there are, and how many of them were done when it was cut short. */
  onBegin?: (total: Total, done: Total) => void;
  /** Called for every file once its outcome is final: written and safe, or refused. `weight`: how much of the whole it was. */
  onFile: (report: FileReport, weight: number) => void;
}

/** Imports the files. @returns `stopped` when it was ended before its last file, once what was in hand is reported. */
export async function runImport(found: readonly Found[], run: ImportRun): Promise<'done' | 'stopped'> {
  const { ground, viewer, options, importId } = run;
  const handle = ground.db.reads;
  const bundles = await bundle(found, { joinNumbered: options.join });
  const before = importId === undefined ? new Map<string, string>() : await recordedStamps(handle, importId);
  const open = bundles.filter((one) => !isRecorded(one, before));
  const total = totalOf(bundles);
  const left = totalOf(open);
  const done = { files: total.files - left.files, weight: total.weight - left.weight };
  if (importId !== undefined)
    await ground.db.write((tx) => countImport(tx, ground.now(), importId, { ...total, weightDone: done.weight }));
  run.onBegin?.(total, done);
  const reading = run.reading ?? startReading();
  try {
    const how = await preparationFor(ground, reading, viewer, options);
    const beat = importId === undefined ? undefined : setInterval(() => void sayAlive(ground, importId), ALIVE_MS);
    beat?.unref();
    const ended = await keepAll(open, how, run).finally(() => clearInterval(beat));
    if (importId !== undefined && !(ended === 'stopped' && run.leaveOpen?.()))
      await ground.db.write((tx) => endImport(tx, ground.now(), importId, ended));
    return ended;
  } finally {
    if (run.reading === undefined) await reading.close();
  }
}

/** Says now and then that an import goes on, while a large file is read: one that is silent counts as cut short. */
async function sayAlive(ground: Ground, importId: number): Promise<void> {
  await ground.db.write((tx) => touchImport(tx, ground.now(), importId)).catch(() => undefined);
}

const ALIVE_MS = 30_000;

async function keepAll(
  open: readonly (Bundle | NotFound)[],
  how: Preparation,
  run: ImportRun,
): Promise<'done' | 'stopped'> {
  const seen = new Set<string>();
  for await (const batch of preparedBatches(open, how, run.signal)) {
    if (run.options.dryRun) {
      const kept: Kept[] = [];
      for (const one of batch) {
        const foreseen = foresee(one.prepared, run, seen);
        kept.push({ one, kept: await asTheViewerMayKnow(run.ground.db.reads, run.viewer, foreseen) });
      }
      if (run.importId !== undefined) await run.ground.db.write((tx) => record(kept, run, tx));
      for (const { one, kept: outcome } of kept) report(one, outcome, run);
    } else if (!(await keepBatch(batch, how, run))) return 'stopped';
  }
  return run.signal?.aborted ? 'stopped' : 'done';
}

/** Whether all files of a bundle were done, and are as they were then. */
function isRecorded(one: Bundle | NotFound, before: ReadonlyMap<string, string>): boolean {
  if ('problem' in one) return before.has(boundedKey(one.path));
  return one.parts.every(({ file }) => before.get(boundedKey(file.path)) === file.stamp);
}

function totalOf(bundles: readonly (Bundle | NotFound)[]): Total {
  const total = { files: 0, weight: 0 };
  for (const one of bundles) {
    total.files += 'problem' in one ? 1 : one.parts.length;
    total.weight += weightOfBundle(one);
  }
  return total;
}

function weightOfBundle(one: Bundle | NotFound): number {
  return 'problem' in one ? weightOf(one) : one.parts.reduce((sum, { file }) => sum + weightOf(file), 0);
}

interface InHand {
  source: Bundle | NotFound;
  prepared: Prepared;
  /** It was refused for what may be over by the time the import is taken up. */
  again?: true;
}

/**
 * Prepares works in order and hands them over a few at a time. The next ones are under way meanwhile, so that nobody
 * waits for the disk.
 */
async function* preparedBatches(
  open: readonly (Bundle | NotFound)[],
  how: Preparation,
  signal: AbortSignal | undefined,
): AsyncGenerator<InHand[]> {
  const underWay: { bytes: number; ready: Promise<InHand> }[] = [];
  let bytes = 0;
  let next = 0;
  const begin = () => {
    if (signal?.aborted) return;
    for (let one = open[next]; one && underWay.length < UNDER_WAY; one = open[next]) {
      const size = 'problem' in one ? 0 : one.parts.reduce((sum, { file }) => sum + file.bytes, 0);
      if (underWay.length > 0 && bytes + size > UNDER_WAY_BYTES) return;
      underWay.push({ bytes: size, ready: prepare(one, how) });
      bytes += size;
      next += 1;
    }
  };
  for (begin(); underWay.length > 0; begin()) {
    const batch = await unlessAborted(Promise.all(underWay.slice(0, BATCH_WORKS).map((one) => one.ready)), signal);
    // What is not kept yet is read again when the import is taken up.
    if (batch === null) return;
    for (const one of underWay.splice(0, batch.length)) bytes -= one.bytes;
    begin();
    yield batch;
  }
}

/** Waits for something, but no longer than until the import is ended: then null. */
async function unlessAborted<T>(waited: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  if (signal === undefined) return waited;
  if (signal.aborted) return null;
  let forget = () => {};
  const aborted = new Promise<null>((resolve) => {
    const end = () => resolve(null);
    signal.addEventListener('abort', end, { once: true });
    forget = () => signal.removeEventListener('abort', end);
  });
  return Promise.race([waited, aborted]).finally(forget);
}

async function prepare(source: Bundle | NotFound, how: Preparation): Promise<InHand> {
  if ('problem' in source) return { source, prepared: refused(source.problem) };
  try {
    return { source, prepared: await prepareBundle(source, how) };
  } catch (error) {
    // One file that trips the program must not keep the others out.
    return { source, prepared: refused(`This file could not be read: ${messageOf(error)}`) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What is said of each file of a work: of the first what became of it, of the others which chapter they are. */
function reportsOf({ source, prepared, again }: InHand, kept: KeptImport): RecordedFile[] {
  const guesses =
    'keep' in prepared ? prepared.keep.rescues.reduce((sum, one) => sum + countGuesses(one.rescue), 0) : 0;
  const whole: RecordedFile = {
    file: source.path,
    outcome: kept.outcome,
    work: kept.work,
    workId: kept.workId,
    reason: kept.reason,
    format: prepared.format,
    repairs: prepared.repairs,
    unmapped: prepared.unmapped,
    guesses,
    stamp: '',
  };
  if ('problem' in source) return [whole];
  return source.parts.map(({ file }, i) => ({
    ...whole,
    file: file.path,
    stamp: again ? '' : file.stamp,
    ...(i === 0
      ? {}
      : {
          reason: `${PART_OF} ${source.parts[0]?.file.name}.`,
          repairs: [],
          unmapped: [],
          guesses: 0,
        }),
  }));
}

function report(one: InHand, kept: KeptImport, run: ImportRun): void {
  const each = reportsOf(one, kept);
  for (const { workId: _workId, stamp: _stamp, ...said } of each)
    run.onFile(said, weightOfBundle(one.source) / each.length);
}

/** What would become of a work, were it kept now. `seen`: the sources of the works before it. */
function foresee(prepared: Prepared, run: ImportRun, seen: Set<string>): KeptImport {
  if ('done' in prepared) return prepared.done;
  if ('update' in prepared) return outcomeOfKnown(prepared.update.known);
  const keys = [...sourceNames(prepared.keep.keys), ...prepared.keep.originals.map((one) => one.blob)];
  const twin = keys.some((key) => seen.has(key));
  for (const key of keys) seen.add(key);
  if (twin)
    return { outcome: 'unchanged', work: null, workId: null, reason: 'It is the same as another of these files.' };
  const draft = draftOutcome(prepared.keep.work);
  if (prepared.keep.holdBack !== null) return { ...draft, reason: prepared.keep.holdBack };
  return run.options.post && draft.reason === null ? { ...draft, outcome: 'posted' } : draft;
}

function refused(reason: string): Prepared {
  return {
    format: null,
    repairs: [],
    unmapped: [],
    done: { outcome: 'refused', work: null, workId: null, reason },
  };
}

type Kept = { one: InHand; kept: KeptImport };
type PreparedKeep = Extract<Prepared, { keep: unknown }>;

/** @returns false when the import was stopped by a person meanwhile. */
async function keepBatch(batch: readonly InHand[], how: Preparation, run: ImportRun): Promise<boolean> {
  const waiting = [...batch];
  let goOn = true;
  while (waiting.length > 0) {
    const ready = await withOriginalsKept(untilTwin(waiting), how);
    const taken = await keepSome(ready, run).catch((error: unknown) => keepOneAtMost(ready, run, error));
    for (const { one, kept } of taken.kept) await settleOriginals(one.prepared, kept, how, run);
    waiting.splice(0, taken.kept.length);
    for (const { one, kept } of taken.kept) report(one, kept, run);
    goOn = taken.goOn;
    // Between two batches others write while the next files are read.
    if (waiting.length > 0) await sleep(PAUSE_MS);
  }
  return goOn;
}

/** Keeps as many of the works, in order, as fit into one transaction. @returns what became of those. */
function keepSome(works: readonly InHand[], run: ImportRun): Promise<{ kept: Kept[]; goOn: boolean }> {
  return run.ground.db.write(async (tx) => {
    const kept: Kept[] = [];
    const until = performance.now() + BATCH_MS;
    for (const one of works) {
      if (kept.length > 0 && performance.now() > until) break;
      const done = await keepOne(one.prepared, run, tx);
      kept.push({ one, kept: await asTheViewerMayKnow(tx, run.viewer, done) });
    }
    return { kept, goOn: await record(kept, run, tx) };
  });
}

async function record(kept: readonly Kept[], run: ImportRun, tx: Tx): Promise<boolean> {
  if (run.importId === undefined) return true;
  const weight = kept.reduce((sum, { one }) => sum + weightOfBundle(one.source), 0);
  const files = kept.flatMap(({ one, kept: outcome }) => reportsOf(one, outcome));
  return recordFiles(tx, run.ground.now(), run.importId, files, weight);
}

/** After a batch that the database refused: the first work alone, which is refused itself if it was the one. */
async function keepOneAtMost(
  works: readonly InHand[],
  run: ImportRun,
  why: unknown,
): Promise<{ kept: Kept[]; goOn: boolean }> {
  const [first] = works;
  if (!first || !isRefusal(why)) throw why;
  try {
    return await keepSome([first], run);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const reason = `The database does not take this file: ${messageOf(error)}`;
    const kept = [{ one: first, kept: { outcome: 'refused' as const, work: null, workId: null, reason } }];
    return { kept, goOn: await run.ground.db.write((tx) => record(kept, run, tx)) };
  }
}

/** The works up to the first whose source is that of another among them: what becomes of it depends on that one. */
function untilTwin(works: readonly InHand[]): readonly InHand[] {
  const seen = new Set<string>();
  const twin = works.findIndex(({ prepared }) => {
    const names = namesOf(prepared);
    if (names.some((name) => seen.has(name))) return true;
    for (const name of names) seen.add(name);
    return false;
  });
  return twin < 0 ? works : works.slice(0, twin);
}

/** By which two works in hand are told to be one, or to bear on each other. */
function namesOf(prepared: Prepared): string[] {
  if (!('keep' in prepared)) return [];
  const { keys } = prepared.keep;
  const more = [keys.nearHash, keys.openingHash].filter((key) => key !== null);
  return [...sourceNames(keys), ...more, ...prepared.keep.originals.map((one) => one.blob)];
}

/** Puts the originals away before a row can name them, but none of a work that has come in meanwhile. */
async function withOriginalsKept(works: readonly InHand[], how: Preparation): Promise<InHand[]> {
  return Promise.all(
    works.map(async (one) => {
      const again = await lookAgain(one, how);
      const { prepared } = again;
      if ('done' in prepared) return again;
      try {
        await putOriginals(prepared, how);
        return again;
      } catch (error) {
        return { ...one, prepared: { ...prepared, ...refused(roomProblem(error)) }, again: true };
      }
    }),
  );
}

/** A work that was new when it was prepared may be here by now: brought in by a file before it, or by somebody else. */
async function lookAgain(one: InHand, how: Preparation): Promise<InHand> {
  const { prepared } = one;
  if (!('keep' in prepared)) return one;
  const blobs = prepared.keep.originals.map((original) => original.blob);
  const known =
    (await findKnownOriginals(how.handle, blobs)) ?? (await findKnownSource(how.handle, prepared.keep.keys));
  if (!known) return withNearDuplicate(one, prepared, how);
  const { keep, originals, ...said } = prepared;
  if (known.same || known.deleted) return { ...one, prepared: { ...said, done: outcomeOfKnown(known) } };
  const update = { known, keys: keep.keys, originals: keep.originals, format: keep.format };
  return { ...one, prepared: { ...said, update, originals } };
}

/** What reads like it may have come in by a file before it. */
async function withNearDuplicate(one: InHand, prepared: PreparedKeep, how: Preparation): Promise<InHand> {
  const { keep } = prepared;
  const near = keep.holdBack === null ? await nearDuplicate(how, keep.keys) : null;
  if (near === null || keep.work.notices.includes(near.sentence)) return one;
  const work = { ...keep.work, notices: [near.sentence, ...keep.work.notices] };
  const holdBack = near.holdsBack ? near.sentence : null;
  return { ...one, prepared: { ...prepared, keep: { ...keep, work, holdBack } } };
}

async function putOriginals(prepared: Prepared, how: Preparation): Promise<void> {
  if ('done' in prepared) return;
  for (const bytes of prepared.originals) await how.files.put(bytes);
}

/**
 * An erasure meanwhile may have taken an original that no row named yet; whoever put it in hand puts it back. Of what was
 * not kept after all no original stays.
 */
async function settleOriginals(prepared: Prepared, kept: KeptImport, how: Preparation, run: ImportRun): Promise<void> {
  if ('done' in prepared) return;
  if (kept.outcome === 'posted' || kept.outcome === 'draft') return putOriginals(prepared, how);
  if (kept.outcome === 'update') await putOriginals(prepared, how);
  const { originals } = 'keep' in prepared ? prepared.keep : prepared.update;
  for (const { blob } of originals) await run.ground.db.write((tx) => removeOriginal(tx, how.files, blob));
}

function roomProblem(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return 'There is no room on the disk to keep this file. Make room and import it again.';
  return `The original of this file could not be kept: ${messageOf(error)}`;
}

/** What became of a file, without the name of a work that is somebody else's and that the importer may not see. */
async function asTheViewerMayKnow(handle: Handle, viewer: Viewer, kept: KeptImport): Promise<KeptImport> {
  const reason = reasonWithoutName(kept.outcome);
  if (reason === null || kept.workId === null || (await mayBeNamed(handle, viewer, kept.workId))) return kept;
  return { outcome: kept.outcome, work: null, workId: null, reason };
}

function keepOne(prepared: Prepared, run: ImportRun, tx: Tx): Promise<KeptImport> {
  const now = run.ground.now();
  if ('done' in prepared) return Promise.resolve(prepared.done);
  if ('update' in prepared) return proposeUpdate(tx, now, run.viewer, prepared.update, run.importId ?? null);
  return keepImport(tx, now, run.viewer, prepared.keep, { post: run.options.post });
}
