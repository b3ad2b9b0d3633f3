/** From what a person does with a rescued text to the texts it makes: read the original, act, compose, clean. Writes nothing. */
import type { Ground } from '../../../platform/ground.ts';
import { withoutBlockIds } from '../../../platform/html/ids.ts';
import {
  currentChapters,
  type ChapterInPlace,
  type ChapterRevision,
  type CleanText,
  type NewChapter,
  type WorkWhole,
} from '../../works/index.ts';
import { decodeText } from '../decode.ts';
import { actOn, type ReviewAct } from '../guesses.ts';
import type { Rescue } from '../imported-work.ts';
import { compose } from '../restore/compose.ts';
import { chapterParts, type KeptRescue } from '../review.queries.ts';
import type { ReviewedRescue } from '../review.actions.ts';

/** The source of a rescue: the piece of the decoded original that its places are counted in; null when it is gone. */
export async function sourceOfRescue(ground: Ground, { blob, rescue }: KeptRescue): Promise<string | null> {
  const bytes = await ground.files.get(blob);
  return bytes ? decodeText(bytes).raw.slice(rescue.from, rescue.to) : null;
}

/** What a person did in, the texts it makes out; or one sentence why it cannot be done. */
export async function reviewed(
  ground: Ground,
  work: WorkWhole,
  kept: KeptRescue,
  acts: readonly ReviewAct[],
): Promise<ReviewedRescue | { problem: string }> {
  const source = await sourceOfRescue(ground, kept);
  if (source === null) return { problem: 'The original file is not here any more.' };
  let rescue: Rescue = kept.rescue;
  for (const act of acts) {
    const next = actOn(source, rescue, act);
    if (next === null) return { problem: 'There is nothing there to do this with. Look at the page again.' };
    rescue = next;
  }
  const handle = ground.db.reads;
  const current = await currentChapters(handle, work);
  const parts = await chapterParts(handle, work.id);
  const mine = current.filter((chapter) => parts.get(chapter.id)?.part === kept.position);
  const edited = mine.find((chapter) => parts.get(chapter.id)?.revision !== chapter.revision);
  if (edited)
    return {
      problem: `Chapter ${edited.position} was edited since it came in, so its repairs cannot be changed here.`,
    };
  const composed = compose(source, rescue);
  const texts: ChapterInPlace[] = [];
  for (const [i, chapter] of composed.chapters.entries()) {
    const text = await cleaned(ground, chapter, mine[i] ?? null);
    if (typeof text === 'string') return { problem: text };
    texts.push(text);
  }
  if (work.state !== 'draft' && texts.length < mine.length)
    return { problem: 'A posted work cannot lose a chapter here.' };
  // The story as the value of a label would be kept nowhere but in the original.
  if (texts.length === 0) return { problem: 'That would leave no story, so it was not done.' };
  const endNotes = await changedNotes(ground, compose(source, kept.rescue).endNotes, composed.endNotes, work);
  if (typeof endNotes === 'string') return { problem: endNotes };
  return { before: kept, rescue, ...inPlace(current, mine, texts, parts, kept.position), endNotes };
}

/** The chapters of the work in order, those of this original with their new texts. */
function inPlace(
  current: readonly ChapterRevision[],
  mine: readonly ChapterRevision[],
  texts: readonly ChapterInPlace[],
  parts: ReadonlyMap<number, { part: number }>,
  position: number,
): Pick<ReviewedRescue, 'chapters' | 'chapterParts' | 'madeFrom'> {
  const at = mine[0] ? current.indexOf(mine[0]) : current.length;
  const others = (piece: readonly ChapterRevision[]) =>
    piece.filter((chapter) => !mine.includes(chapter)).map((chapter) => ({ id: chapter.id, text: null }));
  const before = others(current.slice(0, at));
  const after = others(current.slice(at));
  const partOf = (id: number) => parts.get(id)?.part ?? 1;
  return {
    chapters: [...before, ...texts, ...after],
    chapterParts: [
      ...before.map((one) => partOf(one.id)),
      ...texts.map(() => position),
      ...after.map((one) => partOf(one.id)),
    ],
    madeFrom: new Map(mine.map((chapter) => [chapter.id, chapter.revision])),
  };
}

/** A composed chapter in the place of one that is there, or a new one; unchanged ones get no revision. */
async function cleaned(
  ground: Ground,
  chapter: { title?: string; html: string },
  current: ChapterRevision | null,
): Promise<ChapterInPlace | string> {
  const result = await ground.cleaner.clean(chapter.html, 'html', current ? { previous: current.html } : {});
  if (!result.ok) return 'The text that this would make cannot be cleaned.';
  const title = chapter.title ?? current?.title ?? '';
  if (current && title === current.title && withoutBlockIds(result.html) === withoutBlockIds(current.html))
    return { id: current.id, text: null };
  const none: CleanText = { source: '', html: '' };
  const keep = (html: string | undefined): CleanText => (html ? { source: html, html } : none);
  const text: NewChapter = {
    title,
    format: 'html',
    summary: keep(current?.summaryHtml),
    notes: keep(current?.notesHtml),
    endNotes: keep(current?.endNotesHtml),
    text: { source: chapter.html, html: result.html },
    rules: result.rules,
    words: result.words,
    postedAt: current?.postedAt ?? null,
  };
  return current ? { id: current.id, text } : { id: null, text };
}

/**
 * The work's end notes with those of this text in the place of what they were; null where they stay as they are. What a
 * person wrote there, and what came from other files, stays: where the notes of this text are not to be found among it
 * any more, one sentence says so.
 */
async function changedNotes(
  ground: Ground,
  before: string | null,
  after: string | null,
  work: WorkWhole,
): Promise<CleanText | null | string> {
  if (before === after) return null;
  const old = await cleanNotes(ground, before);
  const made = await cleanNotes(ground, after);
  if (old === null || made === null) return 'The notes that this would make cannot be cleaned.';
  if (old === made) return null;
  const here = work.endNotesHtml;
  const isFree = work.endNotesSource === '' || work.format === 'html';
  if (!isFree || (old !== '' && !here.includes(old)))
    return 'The end notes were edited since they came in, so this cannot be changed here.';
  const html = old === '' ? [here, made].filter((one) => one !== '').join('\n') : here.replace(old, () => made).trim();
  return { source: html, html };
}

async function cleanNotes(ground: Ground, html: string | null): Promise<string | null> {
  if (html === null) return '';
  const result = await ground.cleaner.clean(html, 'html');
  return result.ok ? withoutBlockIds(result.html) : null;
}
