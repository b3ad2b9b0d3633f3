/**
 * A changed source beside the work it belongs to: which chapters are new, which read otherwise, which a person has edited
 * since they came in. Reads the originals again; nothing is written.
 */
import { plainText } from '../../../platform/html/text.ts';
import { alignBlocks } from '../../../platform/html/block-difference.ts';
import { withoutBlockIds } from '../../../platform/html/ids.ts';
import type { Ground } from '../../../platform/ground.ts';
import {
  chaptersAt,
  currentChapters,
  type ChapterRevision,
  type NewChapter,
  type WorkWhole,
} from '../../works/index.ts';
import { NO_OPTIONS } from '../import-options.ts';
import { importedRevisions, type FoundUpdate } from '../updates.queries.ts';
import { cleanTexts, type CleanedWork } from './clean-texts.ts';
import { knownNow } from './preparation.ts';
import { readParts, type ReadParts } from './prepare.ts';
import type { Reading } from './reading.ts';
import { settle, settleDay, type SettledWork } from './settle.ts';

/** A chapter of the work, of the changed source, or of both. */
export interface ComparedChapter {
  /** Stands for the chapter in a form: its place in the source (`n3`), or in the work where the source has it no more (`o2`). */
  key: string;
  title: string;
  state: 'same' | 'changed' | 'new' | 'gone';
  /** A person has edited it since it came in. */
  edited: boolean;
  /** As the source had it when it came in, as it stands here, as the source has it now: clean HTML, '' where there is none. */
  before: string;
  here: string;
  there: string;
  current: ChapterRevision | null;
  next: NewChapter | null;
}

export interface ComparedUpdate {
  read: ReadParts;
  settled: SettledWork;
  cleaned: CleanedWork;
  chapters: ComparedChapter[];
}

/** @returns the comparison, or one sentence why the source cannot be read again. */
export async function compareUpdate(
  ground: Ground,
  reading: Reading,
  work: WorkWhole,
  update: FoundUpdate,
): Promise<ComparedUpdate | { problem: string }> {
  const bytes: Uint8Array[] = [];
  for (const { blob } of update.originals) {
    const found = await ground.files.get(blob);
    if (!found) return { problem: 'The changed file is not here any more. Import it again.' };
    bytes.push(found);
  }
  const parts = update.originals.map((one) => ({ name: one.fileName, said: null }));
  const read = await readParts(parts, bytes, reading);
  if (!read.ok) return { problem: read.reason };
  const known = await knownNow(ground);
  const settled = settle(read.work, NO_OPTIONS, known, read.work.title ?? '');
  const cleaned = await cleanTexts(settled, ground.cleaner);
  if ('refusal' in cleaned) return { problem: cleaned.refusal };
  const next = cleaned.chapters.map((chapter, i) => ({
    ...chapter,
    postedAt: settleDay(settled.chapters[i]?.published, known.now) ?? null,
  }));
  return { read, settled, cleaned, chapters: await compareChapters(ground, work, next) };
}

/** So much of a chapter tells which of the others it is. */
const TELLING = 4_000;

async function compareChapters(
  ground: Ground,
  work: WorkWhole,
  next: readonly NewChapter[],
): Promise<ComparedChapter[]> {
  const handle = ground.db.reads;
  const current = await currentChapters(handle, work);
  const imported = await importedRevisions(handle, work.id);
  const before = new Map((await chaptersAt(handle, work, imported)).map((chapter) => [chapter.id, chapter]));
  const keyOf = (title: string, html: string) => `${title} ${plainText(html).slice(0, TELLING)}`;
  const partner = alignBlocks(
    current.map((chapter) => keyOf(chapter.title, before.get(chapter.id)?.html ?? chapter.html)),
    next.map((chapter) => keyOf(chapter.title, chapter.text.html)),
  );
  const compared: ComparedChapter[] = next.map((chapter, i) => {
    const here = current[partner[i] ?? -1] ?? null;
    const base = here ? (before.get(here.id) ?? null) : null;
    return {
      key: `n${i + 1}`,
      title: chapter.title || here?.title || '',
      state: here === null ? 'new' : isSame(base ?? here, chapter) ? 'same' : 'changed',
      edited: here !== null && imported.get(here.id) !== here.revision,
      before: base?.html ?? '',
      here: here?.html ?? '',
      there: chapter.text.html,
      current: here,
      next: chapter,
    };
  });
  const matched = new Set(partner);
  for (const [i, here] of current.entries()) {
    if (matched.has(i)) continue;
    const base = before.get(here.id)?.html ?? '';
    compared.push({
      key: `o${i + 1}`,
      title: here.title,
      state: 'gone',
      edited: imported.get(here.id) !== here.revision,
      before: base,
      here: here.html,
      there: '',
      current: here,
      next: null,
    });
  }
  return compared;
}

/** Whether two chapters say the same, whatever ids their blocks have. */
function isSame(old: ChapterRevision, now: NewChapter): boolean {
  return (
    withoutBlockIds(old.html) === withoutBlockIds(now.text.html) &&
    old.title === now.title &&
    old.summaryHtml === now.summary.html &&
    old.notesHtml === now.notes.html &&
    old.endNotesHtml === now.endNotes.html
  );
}
