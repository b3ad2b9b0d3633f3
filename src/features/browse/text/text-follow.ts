/**
 * Brings the file of full text search to what the truth says, in steps that can be cut short anywhere: events first, so
 * that new works are found at once, then a piece of the walk through all works. Reads the truth and writes the file alone.
 */
import { eventsAfter, logHead, prunedTo, type LoggedEvent } from '../../../platform/events/log.ts';
import type { Handle } from '../../../platform/db/tables.ts';
import {
  countTextWorks,
  pseudsInBylines,
  textChapterHeads,
  textChapters,
  textWorkIds,
  textWorks,
  textWorksNamed,
  type TextChapterHead,
} from '../../works/index.ts';
import { archiveMark } from '../keeper/archive-mark.ts';
import { chapterRow, workRow } from './index-row.ts';
import { readState, writeState, type TextFile, type TextFileState } from './text-file.ts';
import { textWriter, type TextWriter } from './text-writer.ts';

export interface TextFollower {
  /** Does one bounded piece of what there is to do. @returns whether there is more. */
  step(): Promise<boolean>;
  /** Begins anew from the truth. */
  rebuild(): Promise<void>;
}

/** Events read at once. */
const EVENTS = 100;
/** Works whose own rows are read at once. */
const WORKS = 50;
/** Chapters read at once, and characters of their rows that are written in one transaction. */
const CHAPTERS = 8;
const CHARACTERS = 2_000_000;
/** Words of erased works are found no more at once, and are written out of the file within a day. */
const CLEAR_MS = 24 * 3_600_000;

export function textFollower(reads: Handle, file: TextFile, clearMs: number = CLEAR_MS): TextFollower {
  const writer = textWriter(file);
  let clearing = false;

  const begin = async (): Promise<void> => {
    // The head is read before the works: what happens meanwhile is an event after it.
    const version = await logHead(reads);
    const mark = await archiveMark(reads, version);
    const of = await countTextWorks(reads);
    writer.transaction(() => {
      writer.empty();
      writeState(file, { ...readState(file), mark, version, walked: 0, of });
    });
  };

  return {
    async step() {
      const { mark, version } = readState(file);
      // A restored copy gives ids to other texts. And behind a pruned log nobody says which works have become anonymous
      // since: nothing is kept, so that no byline of theirs is found until all have been read.
      const isLost = version < (await prunedTo(reads)) || version > (await logHead(reads));
      if (isLost || mark !== (await archiveMark(reads, version))) await begin();
      const more = await applyEvents(reads, file, writer);
      if (more) return true;
      if (readState(file).walked !== null) return walk(reads, file, writer);
      return clear();
    },
    rebuild: begin,
  };

  function clear(): boolean {
    const state = readState(file);
    if (state.erasedAt === null || Date.now() - state.clearedAt < clearMs) return false;
    const done = writer.clear(!clearing);
    clearing = !done;
    if (done) {
      changeState(file, { erasedAt: null, clearedAt: Date.now() });
      file.pragma('wal_checkpoint(truncate)');
    }
    return !done;
  }
}

function changeState(file: TextFile, change: Partial<TextFileState>): void {
  writeState(file, { ...readState(file), ...change });
}

/** Takes the next events. @returns whether there were any. */
async function applyEvents(reads: Handle, file: TextFile, writer: TextWriter): Promise<boolean> {
  const from = readState(file).version;
  const events = await eventsAfter(reads, from, EVENTS);
  const last = events.at(-1);
  if (last === undefined) return false;
  // Figures are no words: every kudos would have a work read anew.
  const works = new Set(events.flatMap((event) => (event.kind === 'work.counted' ? [] : (event.workId ?? []))));
  await refresh(reads, writer, [...works]);
  for (const event of events) await refreshNames(reads, writer, event);
  const erased = events.some((event) => event.kind === 'work.erased');
  const mark = await archiveMark(reads, last.id);
  writer.transaction(() => {
    // Somebody else may have followed meanwhile; then these events are behind us.
    if (readState(file).version === from) changeState(file, { version: last.id, mark });
    if (erased) changeState(file, { erasedAt: readState(file).erasedAt ?? Date.now() });
  });
  return true;
}

/**
 * Names that an event changed on works that it does not name. Metatags stand on no work, so a new link changes nothing; nor
 * does `works.restricted`: what only accounts may read is searched too, and narrowed by whoever asks.
 */
async function refreshNames(reads: Handle, writer: TextWriter, event: LoggedEvent): Promise<void> {
  if (event.kind === 'account.erased') return forgetErased(reads, writer);
  const isTag = event.subject === 'tag' && event.kind !== 'tag.linked';
  if (!isTag && event.subject !== 'pseud') return;
  const by = isTag ? { tagId: event.subjectId } : { pseudId: event.subjectId };
  for (let after = 0; ;) {
    const ids = await textWorksNamed(reads, by, after, WORKS);
    after = ids.at(-1) ?? 0;
    if (after === 0) return;
    await refreshWorks(reads, writer, ids);
  }
}

/** Bylines in which somebody stands who is in no byline any more. */
async function forgetErased(reads: Handle, writer: TextWriter): Promise<void> {
  for (let after = 0; ;) {
    const known = writer.pseuds(after, 500);
    after = known.at(-1) ?? 0;
    if (after === 0) return;
    const there = await pseudsInBylines(reads, known);
    const works = known.filter((id) => !there.has(id)).flatMap((id) => writer.worksBy(id));
    for (let at = 0; at < works.length; at += WORKS) await refreshWorks(reads, writer, works.slice(at, at + WORKS));
  }
}

/** Takes the next works in the order of their ids. @returns whether there may be more to do. */
async function walk(reads: Handle, file: TextFile, writer: TextWriter): Promise<boolean> {
  const walked = readState(file).walked ?? 0;
  const ids = await textWorkIds(reads, walked, WORKS);
  const last = ids.at(-1) ?? null;
  await refresh(reads, writer, ids);
  // What the file has in between stands in no lists any more.
  const gone = writer.worksBetween(walked, last ?? Infinity).filter((id) => !ids.includes(id));
  for (let at = 0; at < gone.length; at += WORKS) await refresh(reads, writer, gone.slice(at, at + WORKS));
  const of = last === null ? await countTextWorks(reads) : null;
  writer.transaction(() => {
    if ((readState(file).walked ?? -1) === walked) changeState(file, { walked: last, ...(of === null ? {} : { of }) });
  });
  return true;
}

/** Indexes works as they are now, with those of their chapters that say something else; takes out what is in no lists. */
async function refresh(reads: Handle, writer: TextWriter, ids: readonly number[]): Promise<void> {
  for (let at = 0; at < ids.length; at += WORKS) {
    const piece = ids.slice(at, at + WORKS);
    await refreshWorks(reads, writer, piece);
    await refreshChapters(reads, writer, piece);
  }
}

async function refreshWorks(reads: Handle, writer: TextWriter, ids: readonly number[]): Promise<void> {
  const works = new Map((await textWorks(reads, ids)).map((work) => [work.id, { work, row: workRow(work) }]));
  writer.transaction(() => {
    for (const id of ids) {
      const found = works.get(id);
      if (found) writer.putWork(id, found.row, found.work.pseudIds);
      else writer.removeWork(id);
    }
  });
}

async function refreshChapters(reads: Handle, writer: TextWriter, workIds: readonly number[]): Promise<void> {
  const heads = await textChapterHeads(reads, workIds);
  const there = Map.groupBy(heads, (head) => head.workId);
  const changed: TextChapterHead[] = [];
  writer.transaction(() => {
    for (const workId of workIds) {
      const said = writer.said(workId);
      const posted = there.get(workId) ?? [];
      changed.push(...posted.filter((head) => said.get(head.id) !== head.revisionId));
      const staying = new Set(posted.map((head) => head.id));
      for (const chapterId of said.keys()) {
        if (chapterId !== 0 && !staying.has(chapterId)) writer.removeChapter(workId, chapterId);
      }
    }
  });
  await indexChapters(reads, writer, changed);
}

/** Reads chapters a few at a time and writes them in transactions of bounded size. */
async function indexChapters(reads: Handle, writer: TextWriter, heads: readonly TextChapterHead[]): Promise<void> {
  let rows: { head: TextChapterHead; row: readonly string[] }[] = [];
  let characters = 0;
  const flush = (): void => {
    const written = rows;
    rows = [];
    characters = 0;
    writer.transaction(() => {
      for (const { head, row } of written) writer.putChapter(head.workId, head.id, head.revisionId, row);
    });
  };
  for (let at = 0; at < heads.length; at += CHAPTERS) {
    const ids = heads.slice(at, at + CHAPTERS).map((head) => head.id);
    for (const chapter of await textChapters(reads, ids)) {
      const row = chapterRow(chapter);
      rows.push({ head: chapter, row });
      for (const column of row) characters += column.length;
      if (characters > CHARACTERS) flush();
    }
  }
  if (rows.length > 0) flush();
}
