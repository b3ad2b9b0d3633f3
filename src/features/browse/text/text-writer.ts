/** Writes to the file of full text search: rows of works and chapters, and their removal. All of it inside a transaction. */
import { createHash } from 'node:crypto';
import { COLUMNS, type IndexRowText } from './index-row.ts';
import { PLACES, workOfRow, type TextFile } from './text-file.ts';

export interface TextWriter {
  /** Runs a piece of work in one transaction. */
  transaction(work: () => void): void;
  /** What the file has of a work: by chapter, 0 for the work itself, what was said when it was indexed. */
  said(workId: number): Map<number, number>;
  /** Puts the work's own row, or passes over it when it says the same. */
  putWork(workId: number, row: IndexRowText, pseudIds: readonly number[]): void;
  putChapter(workId: number, chapterId: number, revisionId: number, row: IndexRowText): void;
  removeChapter(workId: number, chapterId: number): void;
  removeWork(workId: number): void;
  /** The works of the file with ids after `after` and up to `to`, ascending. */
  worksBetween(after: number, to: number): number[];
  /** Pseuds of bylines, so many after an id. */
  pseuds(after: number, limit: number): number[];
  worksBy(pseudId: number): number[];
  /** Takes everything out. */
  empty(): void;
  /** Does a piece of the work of writing all words anew without those that are gone. @returns whether that is done. */
  clear(begin: boolean): boolean;
}

/** Ids beyond it could not be packed into a row's number below 2^53. */
const LAST_WORK = 2 ** 32 - 1;
/** Pages of words written in one step of clearing. */
const CLEARED_PAGES = 500;

export function textWriter(file: TextFile): TextWriter {
  const statement = (sql: string) => file.prepare(sql);
  const rowsOfWork = statement('select id, chapter, said from text_rows where id >= ? and id < ? order by id');
  const putWords = statement(
    `replace into text_words (rowid, ${COLUMNS.join(', ')}) values (cast(? as integer), ${COLUMNS.map(() => '?').join(', ')})`,
  );
  const removeWords = statement('delete from text_words where rowid = cast(? as integer)');
  const putRow = statement('replace into text_rows (id, chapter, said) values (?, ?, ?)');
  const removeRow = statement('delete from text_rows where id = ?');
  const works = statement('select id from text_rows where chapter = 0 and id >= ? and id < ? order by id').pluck();
  const putByline = statement('insert or ignore into text_bylines (pseud, work) values (?, ?)');
  const removeBylines = statement('delete from text_bylines where work = ?');
  const bylines = statement('select distinct pseud from text_bylines where pseud > ? order by pseud limit ?').pluck();
  const bylineWorks = statement('select work from text_bylines where pseud = ? order by work').pluck();
  // A number of JavaScript arrives as a real one, which FTS5 does not take for an integer.
  const tune = statement('insert into text_words (text_words, rank) values (?, cast(? as integer))');
  const changes = statement('select total_changes()').pluck();
  // Some megabytes of words are gathered before they are written.
  tune.run('hashsize', 16 * 1024 * 1024);
  tune.run('usermerge', 2);

  const rowsOf = (workId: number) =>
    rowsOfWork.all(workId * PLACES, (workId + 1) * PLACES) as { id: number; chapter: number; said: number }[];

  const put = (workId: number, chapter: number, said: number, row: IndexRowText): void => {
    if (workId > LAST_WORK) throw new RangeError(`The work ${workId} is beyond what full text search can hold.`);
    const rows = rowsOf(workId);
    const there = rows.find((one) => one.chapter === chapter);
    if (there?.said === said) return;
    const place = chapter === 0 ? 0 : freePlace(rows.map((one) => one.id % PLACES));
    if (place === null) return;
    const id = there?.id ?? workId * PLACES + place;
    putWords.run(id, ...row);
    putRow.run(id, chapter, said);
  };
  const remove = (id: number): void => {
    removeWords.run(id);
    removeRow.run(id);
  };

  return {
    transaction: (work) => file.transaction(work).immediate(),
    said: (workId) => new Map(rowsOf(workId).map((row) => [row.chapter, row.said])),
    putWork(workId, row, pseudIds) {
      put(workId, 0, hashOf(row), row);
      removeBylines.run(workId);
      for (const pseudId of pseudIds) putByline.run(pseudId, workId);
    },
    putChapter: put,
    removeChapter(workId, chapterId) {
      for (const row of rowsOf(workId)) if (row.chapter === chapterId) remove(row.id);
    },
    removeWork(workId) {
      for (const row of rowsOf(workId)) remove(row.id);
      removeBylines.run(workId);
    },
    worksBetween: (after, to) =>
      (works.all((after + 1) * PLACES, (Math.min(to, LAST_WORK) + 1) * PLACES) as number[]).map(workOfRow),
    pseuds: (after, limit) => bylines.all(after, limit) as number[],
    worksBy: (pseudId) => bylineWorks.all(pseudId) as number[],
    empty() {
      tune.run('delete-all', null);
      file.exec('delete from text_rows; delete from text_bylines');
    },
    clear(begin) {
      const before = Number(changes.get());
      tune.run('merge', begin ? -CLEARED_PAGES : CLEARED_PAGES);
      // A step that does nothing counts one change, that of the order itself.
      return !begin && Number(changes.get()) - before < 2;
    },
  };
}

/** The place after the last one; a free one before it when there is none; null for more chapters than places. */
function freePlace(taken: readonly number[]): number | null {
  const next = Math.max(0, ...taken) + 1;
  if (next < PLACES) return next;
  const used = new Set(taken);
  for (let place = 1; place < PLACES; place += 1) if (!used.has(place)) return place;
  return null;
}

/** 48 bits: enough to tell a row from what it was before. */
function hashOf(row: IndexRowText): number {
  return createHash('sha256').update(row.join('\n')).digest().readUIntBE(0, 6);
}
